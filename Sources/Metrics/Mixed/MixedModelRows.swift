/// Observations of a mixed model y = Xβ + Wb + Ua + e, column by column.
///
/// Clinics (clusters) are independent of one another and have effects b; clients (subjects) within a clinic have
/// effects a.
public struct MixedModelRows: Sendable {
    public var outcome: [Double]
    /// The columns of X; an intercept is a column of ones.
    public var fixed: [[Double]]
    /// The clinic of each row, numbered from 0.
    public var clusters: [Int]
    /// The columns of W; a column of ones for a clinic's level.
    public var clusterEffects: [[Double]]
    /// The client of each row, numbered from 0 over all clinics; nil where rows are independent within clinics.
    public var subjects: [Int]?
    /// The columns of U.
    public var subjectEffects: [[Double]]

    /// With a level for each clinic, and for each client where clients are given.
    public init(outcome: [Double], fixed: [[Double]], clusters: [Int], subjects: [Int]? = nil) {
        let ones = Array(repeating: 1.0, count: outcome.count)
        (self.outcome, self.fixed, self.clusters, self.subjects) = (outcome, fixed, clusters, subjects)
        (clusterEffects, subjectEffects) = ([ones], subjects == nil ? [] : [ones])
    }

    /// A row belongs to one of `count` visits: an indicator for each, to be a clinic's or a client's effects.
    public static func indicators(_ visits: [Int], count: Int) -> [[Double]] {
        (0..<count).map { visit in visits.map { $0 == visit ? 1 : 0 } }
    }

    var columns: [[Double]] { clusterEffects + fixed + [outcome] }

    /// Whether every column has a finite number, and a clinic and client, for each row.
    var isPossible: Bool {
        let n = outcome.count
        guard clusters.count == n, subjects?.count ?? n == n, (columns + subjectEffects).allSatisfy({ $0.count == n }),
            (clusters.min() ?? 0) >= 0, (subjects?.min() ?? 0) >= 0
        else { return false }
        // A sum is finite only if all its terms are.
        return (columns + subjectEffects).allSatisfy { $0.reduce(0) { $0 + ($1 - $1) } == 0 }
    }
}
