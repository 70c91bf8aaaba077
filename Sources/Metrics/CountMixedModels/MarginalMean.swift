/// What a mixed model says of a population: the probability, or mean count, averaged over the random effects.
///
/// A coefficient compares two observations of the same member; its odds ratio is farther from 1 than a population's.
public struct MarginalMean: Equatable, Sendable {
    public let estimate: Double
    /// By the delta method, deviations' uncertainty included.
    public let standardError: Double
    /// On the scale on which it was made: of a probability the logit, of a mean or a ratio the logarithm, of a
    /// difference the difference itself.
    public let interval: Interval
}

extension CountMixedModel {
    /// A population's covariates: rows as in the fit, each counting the same; several of them are averaged, e.g. the
    /// clients of the trial as if all were in one arm.
    public struct Profile: Sendable {
        public var rows: [[Double]]
        public var logOffset: Double

        public init(_ rows: [[Double]], logOffset: Double = 0) { (self.rows, self.logOffset) = (rows, logOffset) }
    }

    /// The mean of a population. `degrees` as in `contrast`.
    public func marginalMean(_ profile: Profile, degrees: Double? = nil, level: Double = 0.95) -> MarginalMean? {
        guard let mean = marginal(profile) else { return nil }
        let isProbability = family == .binomial
        let (p, scale) = (mean.value, isProbability ? mean.value * (1 - mean.value) : mean.value)
        let center = isProbability ? Double.log(p / (1 - p)) : Double.log(p)
        return delta(mean, degrees, level) { quantile, error in
            let (lower, upper) = (center - quantile * error / scale, center + quantile * error / scale)
            return isProbability ? (1 / (1 + .exp(-lower)), 1 / (1 + .exp(-upper))) : (.exp(lower), .exp(upper))
        }
    }

    /// One population's mean less another's: of probabilities the risk difference.
    public func marginalDifference(
        _ profile: Profile, less other: Profile, degrees: Double? = nil, level: Double = 0.95
    ) -> MarginalMean? {
        guard let one = marginal(profile), let two = marginal(other) else { return nil }
        let difference = Marginal(value: one.value - two.value, slope: zip(one.slope, two.slope).map { $0 - $1 })
        return delta(difference, degrees, level) { quantile, error in
            (difference.value - quantile * error, difference.value + quantile * error)
        }
    }

    /// One population's mean over another's: of probabilities the risk ratio.
    public func marginalRatio(
        _ profile: Profile, over other: Profile, degrees: Double? = nil, level: Double = 0.95
    ) -> MarginalMean? {
        guard let one = marginal(profile), let two = marginal(other), two.value > 0 else { return nil }
        let ratio = one.value / two.value
        let slope = zip(one.slope, two.slope).map { ($0 - ratio * $1) / two.value }
        return delta(Marginal(value: ratio, slope: slope), degrees, level) { quantile, error in
            let factor = Double.exp(quantile * error / ratio)
            return (ratio / factor, ratio * factor)
        }
    }

    /// A mean and its derivatives by coefficients and deviations.
    private struct Marginal {
        var value: Double
        var slope: [Double]
    }

    private func marginal(_ profile: Profile) -> Marginal? {
        let p = coefficients.count
        guard !profile.rows.isEmpty, profile.rows.allSatisfy({ $0.count == p }) else { return nil }
        var sum = Marginal(value: 0, slope: Array(repeating: 0, count: covariance.order))
        let deviation = totalVariance.squareRoot()
        for row in profile.rows {
            let center = zip(row, coefficients).reduce(profile.logOffset) { $0 + $1.0 * $1.1 }
            let mean = family.averaged(center, deviation: deviation)
            sum.value += mean.value / Double(profile.rows.count)
            for column in 0..<p { sum.slope[column] += mean.byCenter * row[column] / Double(profile.rows.count) }
            guard deviation > 0 else { continue }
            let share = mean.byDeviation / deviation / Double(profile.rows.count)
            sum.slope[p] += share * clusterDeviation
            if let memberDeviation { sum.slope[p + 1] += share * memberDeviation }
        }
        return sum.value.isFinite && sum.slope.allSatisfy(\.isFinite) ? sum : nil
    }

    private func delta(
        _ mean: Marginal, _ degrees: Double?, _ level: Double, _ limits: (Double, Double) -> (Double, Double)
    ) -> MarginalMean? {
        guard let tail = Interval.tail(ofLevel: level) else { return nil }
        let error = max(0, covariance.form(mean.slope)).squareRoot()
        guard let quantile = degrees.map({ StudentT.quantile(1 - tail, degrees: $0) }) ?? Normal.quantile(1 - tail)
        else { return nil }
        let (lower, upper) = limits(quantile, error)
        guard lower.isFinite, upper.isFinite else { return nil }
        return MarginalMean(
            estimate: mean.value, standardError: error, interval: Interval(lower: lower, upper: upper, level: level))
    }
}
