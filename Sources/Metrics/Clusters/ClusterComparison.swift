/// Arms compared clinic by clinic: what was randomised is what is counted (Gail et al. 1996; Hayes & Moulton 2017).
public enum ClusterComparison {
    /// Difference of arms, treated less control: least squares of clinics' values on arm, clinics' covariates and strata.
    ///
    /// Without weights, covariates and strata it is the t test of clinics' values on J − 2 degrees of freedom, with pairs
    /// as strata the paired t test. Each covariate and each further stratum takes a degree.
    ///
    /// - Parameter weights: One for each clinic, e.g. `precisionWeights`; nil counts each clinic once.
    public static func difference(
        _ clusters: [TrialCluster], weights: [Double]? = nil, level: Double = 0.95
    ) throws(ClusterFailure) -> EffectTest {
        let weights = weights ?? Array(repeating: 1, count: clusters.count)
        try check(clusters, weights)
        var columns = [clusters.map(\.value), clusters.map { $0.isTreated ? 1 : 0 }]
        for index in clusters[0].covariates.indices { columns.append(clusters.map { $0.covariates[index] }) }
        let strata = Dictionary(grouping: clusters.indices) { clusters[$0].stratum }.values
        for column in columns.indices { centre(&columns[column], within: strata, weights) }
        guard columns[1].contains(where: { abs($0) > 1e-12 }) else { throw .emptyArm }

        let predictors = Array(columns.dropFirst())
        var products = SymmetricMatrix(order: predictors.count)
        for row in clusters.indices { products.add(weights[row], outerProductOf: predictors.map { $0[row] }) }
        let factors = SymmetricFactors(products)
        guard factors.dependent.isEmpty else { throw .dependentColumns }
        let right = predictors.map { column in
            column.indices.reduce(0) { $0 + weights[$1] * column[$1] * columns[0][$1] }
        }
        let beta = factors.solve(right)
        var (squares, floor) = (0.0, 0.0)
        for row in clusters.indices {
            let residual = predictors.indices.reduce(columns[0][row]) { $0 - beta[$1] * predictors[$1][row] }
            squares += weights[row] * residual * residual
            floor += weights[row] * clusters[row].value * clusters[row].value
        }
        let degrees = Double(clusters.count - strata.count - predictors.count)
        guard degrees > 0 else { throw .tooFewClusters }
        guard squares.isFinite, floor.isFinite else { throw .notComputable }
        // What is left beneath the rounding of the values themselves is no variation.
        guard squares > 1e-28 * floor else { throw .noVariation }
        let error = (squares / degrees * factors.inverse()[0, 0]).squareRoot()
        return try EffectTest(estimate: beta[0], standardError: error, degrees: degrees, level: level)
    }

    /// The same without the assumption that arms vary alike (Welch 1947); strata and covariates are not looked at.
    public static func welch(_ clusters: [TrialCluster], level: Double = 0.95) throws(ClusterFailure) -> EffectTest {
        try check(clusters, Array(repeating: 1, count: clusters.count))
        let arms = [true, false].map { arm in clusters.filter { $0.isTreated == arm }.map(\.value) }
        guard arms.allSatisfy({ !$0.isEmpty }) else { throw .emptyArm }
        guard arms.allSatisfy({ $0.count > 1 }) else { throw .tooFewClusters }
        let means = arms.map { $0.reduce(0, +) / Double($0.count) }
        let variances = zip(arms, means).map { values, mean in
            values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double((values.count - 1) * values.count)
        }
        let total = variances[0] + variances[1]
        let floor = means.reduce(0) { max($0, $1 * $1) } * 1e-28
        guard total.isFinite, floor.isFinite else { throw .notComputable }
        guard total > floor else { throw .noVariation }
        let spread = zip(variances, arms).reduce(0) { $0 + $1.0 * $1.0 / Double($1.1.count - 1) }
        return try EffectTest(
            estimate: means[0] - means[1], standardError: total.squareRoot(), degrees: total * total / spread,
            level: level)
    }

    /// n/(1 + (n − 1)ρ): how sharply a clinic's mean of n members is known where their correlation is ρ.
    public static func precisionWeights(sizes: [Double], correlation: Double) -> [Double] {
        sizes.map { $0 / (1 + ($0 - 1) * correlation) }
    }

    private static func check(_ clusters: [TrialCluster], _ weights: [Double]) throws(ClusterFailure) {
        guard let first = clusters.first else { throw .tooFewClusters }
        let isWhole = clusters.allSatisfy {
            $0.value.isFinite && $0.covariates.count == first.covariates.count && $0.covariates.allSatisfy(\.isFinite)
        }
        guard isWhole, weights.count == clusters.count, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw .misshapen
        }
    }

    /// Takes the weighted mean of each stratum out of a column.
    private static func centre(_ column: inout [Double], within strata: some Sequence<[Int]>, _ weights: [Double]) {
        for rows in strata {
            let first = column[rows[0]]  // a common shift costs no digits this way
            let total = rows.reduce(0) { $0 + weights[$1] }
            let mean = rows.reduce(0) { $0 + weights[$1] * (column[$1] - first) } / total
            for row in rows { column[row] -= first + mean }
        }
    }
}
