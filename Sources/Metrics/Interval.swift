/// A confidence interval, in the unit of the estimate it belongs to; `level` is its coverage, e.g. 0.95.
public struct Interval: Equatable, Sendable {
    public let lower: Double
    public let upper: Double
    public let level: Double

    /// Both ends times a positive factor: from events to events per 100 person-months.
    public func scaled(by factor: Double) -> Interval {
        Interval(lower: lower * factor, upper: upper * factor, level: level)
    }

    /// The probability left outside on each side, (1 − level)/2; nil unless the level lies strictly between 0 and 1.
    static func tail(ofLevel level: Double) -> Double? {
        level > 0 && level < 1 ? (1 - level) / 2 : nil
    }
}
