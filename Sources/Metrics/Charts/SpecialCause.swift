/// A signal that a month, or a run of months, is unlike the baseline beyond what chance explains.
///
/// Two rules only: each further one adds false alarms, and over hundreds of clinics they would drown the true ones.
public struct SpecialCause: Equatable, Sendable {
    public enum Rule: String, CaseIterable, Sendable {
        /// One point beyond the limits (Nelson 1984, test 1).
        case beyondLimits = "beyond_limits"
        /// Eight points in a row on one side of the centre (Western Electric 1956).
        case run
        /// The weighted average beyond its limits (Roberts 1959), on a chart of its own.
        case weightedAverage = "weighted_average"
        /// A cumulative sum beyond its limit (Page 1954), on a chart of its own.
        case cumulativeSum = "cumulative_sum"
    }

    public enum Side: String, CaseIterable, Sendable {
        case above, below

        /// Where a value lies from a middle; nil exactly on it.
        static func of(_ value: Double, around middle: Double) -> Side? {
            value == middle ? nil : value > middle ? .above : .below
        }
    }

    /// Months in a row on one side: the chance of 8 from one given month is 2 · (1/2)⁸ = 0.8 %.
    public static let usualRunLength = 8

    public let rule: Rule
    public let side: Side
    /// Index of the month since when: the month itself beyond the limits, the first month of a run; the month after which
    /// a cumulative sum last stood at 0, or since which a weighted average has been beyond.
    public let since: Int

    /// The signals at each point; a run signals from the month that completes it until it ends.
    ///
    /// A missing month, a point exactly on the centre and another baseline end a run. A run length below 2 counts as 2.
    static func find(
        in points: [ControlChart.Point?], runLength: Int, anewFrom rebases: [Int] = []
    ) -> [[SpecialCause]] {
        var run: (side: Side, start: Int)?
        return points.enumerated().map { index, point in
            if rebases.contains(index) { run = nil }
            guard let point, let side = point.side else {
                run = nil
                return point.map { beyondLimits($0, at: index) } ?? []
            }
            if run?.side != side { run = (side, index) }
            let start = run?.start ?? index
            let completed = index - start + 1 >= max(2, runLength)
            return beyondLimits(point, at: index)
                + (completed ? [SpecialCause(rule: .run, side: side, since: start)] : [])
        }
    }

    private static func beyondLimits(_ point: ControlChart.Point, at index: Int) -> [SpecialCause] {
        if point.value > point.upper { return [SpecialCause(rule: .beyondLimits, side: .above, since: index)] }
        if point.value < point.lower { return [SpecialCause(rule: .beyondLimits, side: .below, since: index)] }
        return []
    }
}
