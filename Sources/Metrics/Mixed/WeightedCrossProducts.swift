/// M = ZᵀV⁻¹Z of Z = (X, y) and ln |V|, in units of the residual variance, with their first and second derivatives by the
/// ratios of variances (Henderson 1975; Lindstrom & Bates 1988). Clients are taken out of the equations first, then
/// clinics, so that nothing larger than their effects and the columns is ever formed.
struct WeightedCrossProducts: Sendable {
    /// ln |V/σ²|, indexed as `Derivatives` says.
    var logDeterminant: [Double]
    /// M and its derivatives.
    var products: [SymmetricMatrix]

    /// Nil where the ratios make no covariance.
    init?(_ sums: WeightedSums, subject: EffectCovariance, cluster: EffectCovariance, ratios: [Double]) {
        let earlier = subject.components.count
        guard let inner = PatternWeights(sums, subject, ratios: Array(ratios.prefix(earlier))) else { return nil }
        logDeterminant = inner.logDeterminant
        let count = Derivatives.count(parameters: ratios.count)
        logDeterminant += Array(repeating: 0, count: count - logDeterminant.count)
        let q = sums.order
        let depending = Derivatives.count(parameters: earlier)
        products = (0..<count).map { $0 < depending ? inner.total(sums, $0) : SymmetricMatrix(order: q) }
        guard cluster.order > 0 else { return }
        let outer = LevelCovariance(cluster, ratios: Array(ratios.dropFirst(earlier)))
        let isPossible =
            cluster.order == 1
            ? addClusters(sums, inner, outer, of: Double.self) : addClusters(sums, inner, outer, of: SquareMatrix.self)
        guard isPossible else { return nil }
    }

    private mutating func addClusters<Number: EffectAlgebra>(
        _ sums: WeightedSums, _ inner: PatternWeights, _ outer: LevelCovariance, of number: Number.Type
    ) -> Bool {
        let earlier = inner.parameters
        var work = ClusterAbsorption<Number>(sums, outer: outer, earlier: earlier)
        for cluster in sums.clusters {
            work.take(cluster, sums, inner)
            guard work.absorb() else { return false }
            work.subtract(weight: cluster.weight)
            for index in logDeterminant.indices {
                logDeterminant[index] += cluster.weight * work.absorption.logDeterminant[index]
            }
        }
        for index in products.indices { work.add(index, to: &products[index]) }
        return true
    }
}

/// The covariance of one level's effects and its derivatives, as numbers row by row.
struct LevelCovariance {
    let order: Int
    let value: [Double]
    let slopes: [[Double]]

    init(_ covariance: EffectCovariance, ratios: [Double]) {
        order = covariance.order
        value = covariance.value(ratios).elements
        slopes = covariance.components.map(\.elements)
    }
}
