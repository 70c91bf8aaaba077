/// Wilcoxon's rank sum test of clinics' values, exact whether values are tied or not (Wilcoxon 1945).
public struct RankSum: Equatable, Sendable {
    /// Pairs of a treated and a control clinic in which the treated one is higher; tied pairs count half.
    public let statistic: Double
    /// Twice the smaller tail, at most 1.
    public let p: Double

    public init(_ clusters: [TrialCluster]) throws(ClusterFailure) {
        guard clusters.allSatisfy(\.value.isFinite) else { throw .misshapen }
        let treated = clusters.count(where: \.isTreated)
        guard treated > 0, treated < clusters.count else { throw .emptyArm }
        let ranks = Self.doubledRanks(clusters.map(\.value))
        let observed = zip(clusters, ranks).reduce(0) { $0 + ($1.0.isTreated ? $1.1 : 0) }
        let ways = Self.waysOfSums(ranks, choosing: treated)
        let all = ways.reduce(0, +)
        let lower = ways[...observed].reduce(0, +) / all
        let upper = ways[observed...].reduce(0, +) / all
        statistic = Double(observed - treated * (treated + 1)) / 2
        p = min(1, 2 * min(lower, upper))
    }

    /// Twice the rank of each value, the mean rank among equals, so that ranks stay whole.
    private static func doubledRanks(_ values: [Double]) -> [Int] {
        let sorted = values.sorted()
        return values.map { value in
            let first = sorted.partitioningIndex { $0 >= value }
            let after = sorted.partitioningIndex { $0 > value }
            return first + 1 + after
        }
    }

    /// In how many ways so many of the ranks add up to each sum.
    private static func waysOfSums(_ ranks: [Int], choosing count: Int) -> [Double] {
        let largest = ranks.reduce(0, +)
        var ways = Array(repeating: Array(repeating: 0.0, count: largest + 1), count: count + 1)
        ways[0][0] = 1
        for (index, rank) in ranks.enumerated() {
            for chosen in stride(from: min(count, index + 1), to: 0, by: -1) {
                for sum in stride(from: largest, through: rank, by: -1) {
                    ways[chosen][sum] += ways[chosen - 1][sum - rank]
                }
            }
        }
        return ways[count]
    }
}
