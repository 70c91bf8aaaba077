/// An effect with its t interval and the test that it is nothing.
public struct EffectTest: Equatable, Sendable {
    public let estimate: Double
    public let standardError: Double
    /// Degrees of freedom of the t distribution, whole or not.
    public let degrees: Double
    /// estimate / standardError.
    public let statistic: Double
    /// Two-sided.
    public let p: Double
    public let interval: Interval
    /// nil of estimates in closed form.
    public internal(set) var search: SearchEnd?

    /// - Throws: `tooFewClusters` without degrees of freedom, `noVariation` without an error, `invalidLevel`.
    init(estimate: Double, standardError: Double, degrees: Double, level: Double) throws(ClusterFailure) {
        guard degrees > 0 else { throw .tooFewClusters }
        guard standardError > 0 else { throw .noVariation }
        guard let tail = Interval.tail(ofLevel: level) else { throw .invalidLevel }
        let statistic = estimate / standardError
        guard let quantile = StudentT.quantile(tail, degrees: degrees),
            let lower = StudentT.lowerTail(-abs(statistic), degrees: degrees),
            estimate.isFinite, (quantile * standardError).isFinite
        else { throw .notComputable }
        (self.estimate, self.standardError, self.degrees) = (estimate, standardError, degrees)
        (self.statistic, p) = (statistic, 2 * lower)
        interval = Interval(
            lower: estimate + quantile * standardError, upper: estimate - quantile * standardError, level: level)
    }

    /// e to the effect and its limits: the ratio, where the effect is a difference of logarithms; nil beyond doubles.
    public var ratio: (point: Double, interval: Interval)? {
        let limits = Interval(lower: .exp(interval.lower), upper: .exp(interval.upper), level: interval.level)
        return limits.upper.isFinite ? (.exp(estimate), limits) : nil
    }
}
