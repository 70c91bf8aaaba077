/// How much a stock gains or loses in a year, from its changes from month to month.
///
/// A stock remembers: nearly everybody of this month was there last month, so that it wanders, and tests of its level see
/// trends that are none. Of stable clinics Mann–Kendall calls 7 in 10 over 36 months, with the variance of Hamed & Rao 5
/// in 10; the t interval of the mean change calls fewer than 2 in 100 (script/oracle/stock_trend.R).
public struct MeanMonthlyChange: Equatable, Sendable {
    /// In the unit of the stock for each year: 12 times the mean, with its t interval.
    public let yearly: Double
    public let interval: Interval
    /// Two-sided probability of a mean so far from 0 if there were no change.
    public let p: Double

    /// - Parameter changes: of months whose month before is known too (`MonthlyChange`).
    public static func of(_ changes: [Double], level: Double = 0.95) -> Result<MeanMonthlyChange, Unavailable> {
        guard changes.count >= LogLinearTrend().fewestMonths - 1 else { return .failure(.tooFewPoints) }
        let n = Double(changes.count)
        let mean = changes.reduce(0, +) / n
        let variance = changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
        guard variance > 0 else { return .failure(.noVariation) }
        let error = (variance / n).squareRoot()
        guard let tail = Interval.tail(ofLevel: level), let t = StudentT.quantile(tail, degrees: n - 1).map({ -$0 }),
            let below = StudentT.lowerTail(-abs(mean / error), degrees: n - 1)
        else { return .failure(.notComputable) }
        return .success(
            MeanMonthlyChange(
                yearly: 12 * mean,
                interval: Interval(lower: 12 * (mean - t * error), upper: 12 * (mean + t * error), level: level),
                p: 2 * below))
    }
}
