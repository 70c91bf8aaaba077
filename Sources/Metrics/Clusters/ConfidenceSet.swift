/// The effects that a test does not reject. A limit is nil where no effect on that side is ever rejected, which with few
/// clinics is the rule: of 3 against 3 the 95 % set of the randomisation test is the whole line.
public struct ConfidenceSet: Equatable, Sendable {
    public let lower: Double?
    public let upper: Double?
    public let level: Double

    /// Both limits as an interval; nil where one of them is missing.
    public var interval: Interval? {
        guard let lower, let upper else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }
}
