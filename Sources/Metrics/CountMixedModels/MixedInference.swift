/// A linear combination of coefficients with its error and its test.
public struct ContrastTest: Equatable, Sendable {
    public let estimate: Double
    public let standardError: Double
    /// Of the t distribution; nil where the normal distribution was asked for.
    public let degrees: Double?
    /// estimate/standardError.
    public let statistic: Double
    /// Two-sided.
    public let p: Double
    public let interval: Interval
}

extension CountMixedModel {
    /// Σ weight · coefficient with a t interval, or a normal one where `degrees` is nil.
    ///
    /// A coefficient that does not vary within clusters deserves `clusterDegrees`; a z test of it holds its level with
    /// some forty clusters and more. Nil where the error is 0 or a weight is missing.
    public func contrast(_ weights: [Double], degrees: Double?, level: Double = 0.95) -> ContrastTest? {
        guard weights.count == coefficients.count, let tail = Interval.tail(ofLevel: level) else { return nil }
        let estimate = zip(weights, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        let whole = weights + Array(repeating: 0, count: covariance.order - weights.count)
        let error = max(0, covariance.form(whole)).squareRoot()
        let statistic = estimate / error
        let quantile = degrees.map { StudentT.quantile(1 - tail, degrees: $0) } ?? Normal.quantile(1 - tail)
        let outside =
            degrees.map { StudentT.lowerTail(-abs(statistic), degrees: $0) } ?? Normal.lowerTail(-abs(statistic))
        guard error > 0, statistic.isFinite, let quantile, let outside else { return nil }
        return ContrastTest(
            estimate: estimate, standardError: error, degrees: degrees, statistic: statistic, p: 2 * outside,
            interval: Interval(lower: estimate - quantile * error, upper: estimate + quantile * error, level: level))
    }

    /// Clusters less coefficients that are the same throughout a cluster, the intercept among them (Thompson et al.
    /// 2022); nil where that leaves none.
    public func clusterDegrees(coefficients count: Int) -> Double? {
        clusters > count ? Double(clusters - count) : nil
    }

    /// Whether the columns that a smaller model of the same rows lacks matter. Nil where there are none of them, or
    /// the models are not of one family, way of integration and number of rows and effects.
    public func likelihoodRatio(against smaller: CountMixedModel) -> LikelihoodRatioTest? {
        let degrees = coefficients.count - smaller.coefficients.count
        guard degrees > 0, family == smaller.family, integration == smaller.integration, rows == smaller.rows,
            clusters == smaller.clusters, members == smaller.members
        else { return nil }
        let statistic = max(0, smaller.deviance - deviance)
        return ChiSquared.upperTail(statistic, degrees: Double(degrees)).map {
            LikelihoodRatioTest(statistic: statistic, degrees: degrees, p: $0)
        }
    }

    /// Correlation of two observations' latent scales, the logistic distribution having a variance of π²/3: of one
    /// cluster, or of one member and so of one cluster (Eldridge et al. 2009). Nil for a Poisson model, which has no
    /// such scale, and for members that were not named.
    public func latentCorrelation(_ level: Level) -> Double? {
        guard family == .binomial else { return nil }
        let whole = totalVariance + Double.pi * Double.pi / 3
        switch level {
        case .cluster: return clusterDeviation * clusterDeviation / whole
        case .member: return memberDeviation == nil ? nil : totalVariance / whole
        }
    }
}
