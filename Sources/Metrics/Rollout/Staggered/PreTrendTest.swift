/// Whether cohorts and controls moved apart before any start: shown beside an effect, never a gate, as passing it makes
/// an effect no surer (Roth 2022).
public struct PreTrendTest: Equatable, Sendable {
    /// Wald's statistic of all cells before the start, χ² on so many degrees of freedom.
    public let statistic: Double
    public let degrees: Int
    /// The probability of so large a statistic if all of them were 0.
    public let p: Double
}

extension StaggeredDifferences {
    /// Nil without a period before the start to compare, and where there are more of these than sites can tell apart.
    public func preTrendTest() -> PreTrendTest? {
        let before = cells.indices.filter { cells[$0].period < cells[$0].cohort && cells[$0].standardError != nil }
        guard !before.isEmpty, before.count < sites else { return nil }
        var covariance = SymmetricMatrix(order: before.count)
        let scale = 1 / (Double(sites) * Double(sites))
        for (row, cell) in before.enumerated() {
            influences[cell].withUnsafeBufferPointer { own in
                for column in 0...row {
                    covariance[row, column] = influences[before[column]].withUnsafeBufferPointer {
                        scale * DotProduct.of(own, $0)
                    }
                }
            }
        }
        let factors = SymmetricFactors(covariance)
        guard factors.dependent.isEmpty else { return nil }
        let estimates = before.map { cells[$0].estimate }
        let statistic = zip(estimates, factors.solve(estimates)).reduce(0) { $0 + $1.0 * $1.1 }
        guard let p = ChiSquared.upperTail(statistic, degrees: Double(before.count)) else { return nil }
        return PreTrendTest(statistic: statistic, degrees: before.count, p: p)
    }
}
