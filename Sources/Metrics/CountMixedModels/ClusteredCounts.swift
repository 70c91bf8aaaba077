/// Counts of clusters, or of members of clusters, with their covariates: what a mixed model is fitted to.
///
/// A row is one observation, or as many as are alike: 3 positive tests of 4 are a row of count 3 and size 4.
public struct ClusteredCounts: Sendable {
    /// Covariates column by column, an intercept of ones among them where there is to be one.
    public var columns: [[Double]]
    public var counts: [Double]
    /// The cluster of each row, e.g. its clinic, under any number.
    public var clusters: [Int]
    /// The member of its cluster each row is of, e.g. a client; nil where only clusters differ by chance. A number in
    /// two clusters is two members.
    public var members: [Int]?
    /// Trials of a binomial; 1 each where nil. Of a Poisson count it is how many observations were added up.
    public var sizes: [Double]?
    /// Added to the predictor, e.g. the logarithm of time at risk.
    public var logOffset: [Double]?

    public init(columns: [[Double]], counts: [Double], clusters: [Int], members: [Int]? = nil) {
        (self.columns, self.counts, self.clusters, self.members) = (columns, counts, clusters, members)
    }

    /// Whether lengths agree and every number can be what it stands for.
    func isPossible(for family: MixedFamily) -> Bool {
        let rows = counts.count
        let lengths =
            columns.map(\.count) + [clusters.count, members?.count, sizes?.count, logOffset?.count].compactMap(\.self)
        guard lengths.allSatisfy({ $0 == rows }), logOffset?.allSatisfy(\.isFinite) ?? true,
            columns.allSatisfy({ $0.allSatisfy { abs($0) < 1e150 } })
        else { return false }
        return counts.indices.allSatisfy { row in
            let size = sizes?[row] ?? 1
            guard counts[row].isCountable, size.isCountable, size > 0 else { return false }
            return family == .poisson || counts[row] <= size
        }
    }
}
