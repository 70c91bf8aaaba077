/// An effect on an additive scale, such as the logarithm of a rate ratio, with its error.
public struct RolloutEffect: Equatable, Sendable {
    public let estimate: Double
    public let standardError: Double
    /// Degrees of freedom of its t interval; nil for a normal one.
    public let degrees: Double?

    /// The probability of an effect so large if there were none; nil without an error.
    public var p: Double? {
        guard standardError > 0 else { return nil }
        let t = -abs(estimate / standardError)
        let tail = degrees.map { StudentT.lowerTail(t, degrees: $0) } ?? Normal.lowerTail(t)
        return tail.map { min(1, 2 * $0) }
    }

    /// The interval on the effect's own scale; nil for a level outside (0, 1), or beyond the range of a double.
    public func interval(level: Double = 0.95) -> Interval? {
        guard let tail = Interval.tail(ofLevel: level), let reach = Self.quantile(tail, degrees) else { return nil }
        let half = -reach * standardError
        let (lower, upper) = (estimate - half, estimate + half)
        return lower.isFinite && upper.isFinite ? Interval(lower: lower, upper: upper, level: level) : nil
    }

    /// e^effect: a rate ratio of the effect of a log-linear model; nil beyond the range of a double.
    public var ratio: Double? { Self.ratio(of: estimate) }

    public static func ratio(of logarithm: Double) -> Double? { Double.exp(logarithm).finite }

    /// The interval of the ratio; nil also where an end lies beyond the range of a double.
    public func ratioInterval(level: Double = 0.95) -> Interval? {
        interval(level: level)?.exponentiated
    }

    /// Of Student's t, or of the normal distribution without degrees of freedom.
    static func quantile(_ p: Double, _ degrees: Double?) -> Double? {
        degrees.map { StudentT.quantile(p, degrees: $0) } ?? Normal.quantile(p)
    }
}

extension Interval {
    /// Whether 0 lies outside.
    public var isClear: Bool { lower > 0 || upper < 0 }

    /// Of a ratio, where this is of its logarithm; nil where an end lies beyond the range of a double.
    public var exponentiated: Interval? {
        let (lower, upper) = (Double.exp(lower), Double.exp(upper))
        return upper.isFinite ? Interval(lower: lower, upper: upper, level: level) : nil
    }
}
