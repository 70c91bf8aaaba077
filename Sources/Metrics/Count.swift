/// A count of people, doses or reports.
public enum Count {
    /// A full count as an estimate without interval, e.g. the people in treatment at the end of the month.
    ///
    /// Everybody is counted, so nothing is sampled. A negative or non-finite value is `impossibleCounts`.
    public static func census(_ value: Double) -> Estimate {
        guard value.isFinite, value >= 0 else { return .unavailable(.impossibleCounts) }
        return .value(.init(point: value, interval: nil, method: .census, numerator: value, denominator: 1))
    }
}
