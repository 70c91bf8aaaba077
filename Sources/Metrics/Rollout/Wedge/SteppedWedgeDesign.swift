/// Which clusters work in the new way in which periods: each crosses over once, and not back.
public struct SteppedWedgeDesign: Equatable, Sendable {
    /// The first period of each cluster in the new way, from 0; the number of periods for a cluster that stays as it is.
    public let crossovers: [Int]
    public let periods: Int

    /// Nil without clusters or periods, or with a crossover outside 0 … periods.
    public init?(crossovers: [Int], periods: Int) {
        guard periods > 0, !crossovers.isEmpty, crossovers.allSatisfy({ (0...periods).contains($0) }) else {
            return nil
        }
        (self.crossovers, self.periods) = (crossovers, periods)
    }

    public func isTreated(cluster: Int, period: Int) -> Bool { period >= crossovers[cluster] }

    /// What the variance asks of a design: Σ x, Σ over periods (Σ x)², Σ over clusters (Σ x)².
    var sums: (all: Double, byPeriod: Double, byCluster: Double) {
        let byCluster = crossovers.map { Double(periods - $0) }
        let byPeriod = (0..<periods).map { period in Double(crossovers.count { $0 <= period }) }
        return (
            byCluster.reduce(0, +), byPeriod.reduce(0) { $0 + $1 * $1 }, byCluster.reduce(0) { $0 + $1 * $1 }
        )
    }

    /// The variance of the effect by Hussey & Hughes 2007, eq. 8, for planning: every cluster in every period, effects at
    /// once and alike, clusters that differ by a constant. Nil where the effect cannot be told from the periods.
    ///
    /// - Parameters:
    ///   - errorVariance: of the mean of a cluster in a period about the cluster's own, σ²/n.
    ///   - betweenVariance: between the clusters' means, τ².
    public func varianceOfEffect(errorVariance: Double, betweenVariance: Double) -> Double? {
        guard errorVariance > 0, betweenVariance >= 0 else { return nil }
        let (clusters, steps) = (Double(crossovers.count), Double(periods))
        let (u, w, v) = sums
        let ofErrors = (clusters * u - w) * errorVariance
        let ofClusters = (u * u + clusters * steps * u - steps * w - clusters * v) * betweenVariance
        // Whole numbers make both brackets exactly 0 where there is nothing to compare.
        guard ofErrors + ofClusters > 0 else { return nil }
        let variance =
            clusters * errorVariance * (errorVariance + steps * betweenVariance) / (ofErrors + ofClusters)
        return variance.finite
    }

    /// The smallest effect found with a probability, by a normal test on two sides.
    public func detectableEffect(variance: Double, power: Double = 0.8, level: Double = 0.95) -> Double? {
        guard variance > 0, let tail = Interval.tail(ofLevel: level), let edge = Normal.quantile(1 - tail),
            let reach = Normal.quantile(power)
        else { return nil }
        return ((edge + reach) * variance.squareRoot()).finite
    }
}
