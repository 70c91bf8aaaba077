/// How many times the hazard of one is that of another, all else alike.
public struct HazardRatio: Equatable, Sendable {
    public let ratio: Double
    /// exp(β ± z·se), of the errors by cluster where subjects name theirs.
    public let interval: Interval
    /// Of Wald's test that it is 1.
    public let p: Double
}

extension CoxRegression {
    /// Of one covariate, one unit more against less; nil where the error is not positive.
    public func hazardRatio(of covariate: Int, level: Double = 0.95) -> HazardRatio? {
        let variance = (robustCovariance ?? covariance)[covariate, covariate]
        guard variance > 0, let tail = Interval.tail(ofLevel: level), let z = Normal.quantile(tail).map({ -$0 }),
            let p = ChiSquared.upperTail(coefficients[covariate] * coefficients[covariate] / variance, degrees: 1)
        else { return nil }
        let (beta, error) = (coefficients[covariate], variance.squareRoot())
        return HazardRatio(
            ratio: .exp(beta),
            interval: Interval(lower: .exp(beta - z * error), upper: .exp(beta + z * error), level: level), p: p)
    }
}
