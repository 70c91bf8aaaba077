/// The months that fix a chart's centre and limits.
public enum Baseline {
    /// Two years: enough for limits that hold still, and each calendar month counts twice.
    public static let usualPoints = 24
    /// With fewer the limits are too uncertain to call anything a signal: σ from 8 points is off by a third already.
    public static let fewestPoints = 8

    /// Indices of the first `count` months with a value; nil if they are fewer than `fewestPoints`.
    static func indices<Month>(of series: [Month?], count: Int) -> [Int]? {
        let available = series.indices.filter { series[$0] != nil }.prefix(max(0, count))
        return available.count < fewestPoints ? nil : Array(available)
    }
}
