/// The means of clusters by period, from which a permutation takes its differences over and over.
struct WedgeTable {
    /// Period by period, NaN for none; it does not leave.
    private var columns: [[Double]]
    /// The largest square of a mean's distance from its period's.
    let spread: Double

    private let weighting: VerticalAnalysis.Weighting

    /// Clusters that happen to be alike in a period have not shown that clusters are: a variance counts as at least this
    /// share of the largest distance.
    private static let smallestShare = 1e-12

    init(
        _ means: [[Double?]], design: SteppedWedgeDesign, weighting: VerticalAnalysis.Weighting
    ) throws(VerticalAnalysis.Failure) {
        self.weighting = weighting
        guard means.count == design.crossovers.count,
            means.allSatisfy({ row in row.count == design.periods && row.allSatisfy { $0?.isFinite ?? true } })
        else { throw .impossibleMeans }
        var largest = 0.0
        columns = (0..<design.periods).map { period in
            let known = means.compactMap { $0[period] }
            let mean = known.reduce(0, +) / Double(max(1, known.count))
            for value in known { largest = max(largest, (value - mean) * (value - mean)) }
            return means.map { $0[period].map { $0 - mean } ?? .nan }
        }
        guard largest.isFinite else { throw .impossibleMeans }
        spread = largest
    }

    /// The same after an effect is taken away where clusters had crossed over.
    func without(_ effect: Double, _ crossovers: [Int]) -> WedgeTable {
        var table = self
        for period in columns.indices {
            for cluster in crossovers.indices where period >= crossovers[cluster] {
                table.columns[period][cluster] -= effect
            }
        }
        return table
    }

    func periods(_ crossovers: [Int]) -> [VerticalAnalysis.Period] {
        columns.indices.compactMap { period in difference(period, crossovers) }
    }

    /// Periods weighted together; nil without a period to compare.
    func estimate(_ crossovers: [Int]) -> Double? {
        var (sum, weights) = (0.0, 0.0)
        for period in columns.indices {
            guard let found = difference(period, crossovers) else { continue }
            sum += found.weight * found.estimate
            weights += found.weight
        }
        return weights > 0 ? (sum / weights).finite : nil
    }

    private func difference(_ period: Int, _ crossovers: [Int]) -> VerticalAnalysis.Period? {
        columns[period].withUnsafeBufferPointer { column in
            var (treated, controls) = ((count: 0.0, sum: 0.0), (count: 0.0, sum: 0.0))
            for cluster in crossovers.indices where !column[cluster].isNaN {
                if period >= crossovers[cluster] {
                    treated = (treated.count + 1, treated.sum + column[cluster])
                } else {
                    controls = (controls.count + 1, controls.sum + column[cluster])
                }
            }
            guard treated.count > 0, controls.count > 0, treated.count + controls.count > 2 else { return nil }
            let (one, other) = (treated.sum / treated.count, controls.sum / controls.count)
            let clusters = 1 / (1 / treated.count + 1 / controls.count)
            let variance = weighting == .clusters ? 1 : variance(period, crossovers, means: (one, other))
            return VerticalAnalysis.Period(
                period: period, estimate: one - other, weight: clusters / variance, treated: Int(treated.count),
                controls: Int(controls.count))
        }
    }

    /// Of clusters about the mean of their kind.
    private func variance(_ period: Int, _ crossovers: [Int], means: (treated: Double, controls: Double)) -> Double {
        let column = columns[period]
        var (squares, degrees) = (0.0, -2.0)
        for cluster in crossovers.indices where !column[cluster].isNaN {
            let distance = column[cluster] - (period >= crossovers[cluster] ? means.treated : means.controls)
            squares += distance * distance
            degrees += 1
        }
        return max(squares / degrees, Self.smallestShare * spread)
    }
}
