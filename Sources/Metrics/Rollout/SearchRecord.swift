/// How the search for a variance or a correlation ended, for a page to put into words.
public struct SearchRecord: Equatable, Sendable {
    /// Steps of the search; 0 where the answer is a formula.
    public let iterations: Int
    /// Slope of the criterion where the search ended; 0 is a top.
    public let slope: Double
    /// What was made as large as it can be, a log-likelihood but for a constant; nil where nothing was.
    public let criterion: Double?
    /// Whether the answer stands at the edge of what it can be, e.g. a variance at 0.
    public let isAtBoundary: Bool

    /// An answer by formula.
    static func formula(isAtBoundary: Bool) -> SearchRecord {
        SearchRecord(iterations: 0, slope: 0, criterion: nil, isAtBoundary: isAtBoundary)
    }
}
