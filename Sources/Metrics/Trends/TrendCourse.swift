/// A straight course of the logarithm of a rate, or of the odds of a proportion, without the seasons around it.
public struct TrendCourse: Equatable, Sendable {
    /// ln rate, or ln odds, at the centre.
    let level: Double
    /// Its change in a year.
    let slope: Double
    /// Years since the origin of the series' months.
    let centre: Double
    let isOdds: Bool
    /// Covariance of level and slope, as wide as the error of the change: the dispersion and neighbouring months allowed for.
    let covariance: SymmetricMatrix
    let degrees: Double

    /// Rate or proportion at a month, with its pointwise t interval; nil where the arithmetic leaves the range of a double.
    public func value(at month: Double, level coverage: Double = 0.95) -> (point: Double, interval: Interval)? {
        guard let tail = Interval.tail(ofLevel: coverage),
            let t = StudentT.quantile(tail, degrees: degrees).map({ -$0 })
        else { return nil }
        let time = month / 12 - centre
        let logarithm = level + slope * time
        let reach = t * covariance.form([1, time]).squareRoot()
        let values = [logarithm, logarithm - reach, logarithm + reach].map { isOdds ? 1 / (1 + .exp(-$0)) : .exp($0) }
        guard values.allSatisfy(\.isFinite) else { return nil }
        return (values[0], Interval(lower: values[1], upper: values[2], level: coverage))
    }
}
