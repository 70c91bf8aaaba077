/// Clusters that have crossed over against those that have not, period by period, so that no trend over time is asked of
/// a model (Thompson et al. 2018). Its errors come from permuting sequences: `SequencePermutation`.
public struct VerticalAnalysis: Equatable, Sendable {
    /// One period's difference of the clusters' means, and what it counts for.
    public struct Period: Equatable, Sendable {
        public let period: Int
        public let estimate: Double
        public let weight: Double
        public let treated: Int
        public let controls: Int
    }

    public enum Failure: Error, Equatable, Sendable {
        /// Rows that do not fit the design, or numbers that are not finite.
        case impossibleMeans
        /// No period has clusters of both kinds and a third to tell how clusters differ.
        case noComparison
        /// All clusters are alike in every period compared.
        case noVariation
    }

    /// What a period counts for.
    public enum Weighting: String, CaseIterable, Sendable {
        /// One over the variance of its difference, with one variance for both kinds (Thompson et al. 2018).
        case variance
        /// n₁n₀/(n₁ + n₀) of its clusters, whatever they came to: a deal of sequences that tears a large effect apart does
        /// not then take its own torn periods for unsure ones, so that few clusters have more power.
        case clusters
    }

    public let estimate: Double
    public let periods: [Period]

    /// - Parameter means: a row of one mean a period for each cluster, nil for none.
    public init(
        _ means: [[Double?]], design: SteppedWedgeDesign, weighting: Weighting = .variance
    ) throws(Failure) {
        let table = try WedgeTable(means, design: design, weighting: weighting)
        periods = table.periods(design.crossovers)
        guard !periods.isEmpty else { throw .noComparison }
        guard table.spread > 0 else { throw .noVariation }
        guard let estimate = table.estimate(design.crossovers) else { throw .impossibleMeans }
        self.estimate = estimate
    }
}
