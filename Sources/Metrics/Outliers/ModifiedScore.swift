/// The z score from median and median absolute deviation, which one wild value cannot move (Iglewicz & Hoaglin 1993).
enum ModifiedScore {
    /// The third quartile of the standard normal distribution, as printed: 0.6745/MAD estimates 1/σ.
    static let quartile = 0.6745

    /// M = 0.6745(x − median)/MAD; `noVariation` where the MAD is 0, that is where half of the months are equal.
    ///
    /// The mean absolute deviation in its place, as some software has it, would call each of three single deaths in
    /// two years: 1 is then 1/(√(π/2) · 3/24) = 6.4 away from 0.
    static func test(_ value: Double, in series: [Double], limit: Double) -> Result<OutlierFinding, Unavailable> {
        guard limit > 0, limit.isFinite else { return .failure(.invalidLevel) }
        let sample = Sample(values: series)
        let deviation = sample.medianDeviation
        guard !sample.isRounding(deviation) else { return .failure(.noVariation) }
        let unit = deviation / quartile
        return OutlierFinding.score(
            (value - sample.median) / unit, limit: limit, middle: sample.median, unit: unit,
            falseAlarm: falseAlarm(beyond: limit, count: series.count))
    }

    /// P(|M| > limit) of normal values, by Student's t on 0.41 · 2⌊n/2⌋ + 0.95 degrees of freedom.
    ///
    /// Fitted to a simulation at a limit of 3.5, from which it differs by less than 6 %: 1 in 75 at 12 months, 1 in 200
    /// at 24, where the normal distribution itself would say 1 in 2000 (script/oracle/outlier_alarms.R).
    static func falseAlarm(beyond limit: Double, count: Int) -> Double? {
        StudentT.lowerTail(-limit, degrees: 0.41 * Double(2 * (count / 2)) + 0.95).map { 2 * $0 }
    }
}
