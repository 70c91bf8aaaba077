/// How the months of a series are watched.
public enum ChartMethod: String, CaseIterable, Sendable {
    /// Each month against its limits, and runs on one side: large changes, at once.
    case shewhart
    /// The weighted average of the months up to each: small changes that last.
    case weightedAverage = "ewma"
    /// What the months have added up to, beyond what chance does: small changes that last, and since when.
    case cumulativeSum = "cusum"
}
