extension EstimatingEquations {
    /// Degrees of freedom of a t test of one coefficient.
    public enum Degrees: Sendable {
        /// Clusters less the columns that do not vary within them (Thompson et al. 2022): J − 2 for an arm.
        case betweenClusters
        /// Clusters less all columns.
        case lessColumns
        /// Of the error itself; see `satterthwaiteDegrees`.
        case satterthwaite
    }

    /// One coefficient, 0 the intercept; the errors to lead with are Fay & Graubard's.
    public func effect(
        of column: Int, _ correction: SandwichCorrection = .fayGraubard, degrees: Degrees = .betweenClusters,
        level: Double = 0.95
    ) throws(ClusterFailure) -> EffectTest {
        let contrast = coefficients.indices.map { $0 == column ? 1.0 : 0 }
        let count =
            switch degrees {
            case .betweenClusters: Double(clusters - clusterLevelColumns)
            case .lessColumns: Double(clusters - order)
            case .satterthwaite: satterthwaiteDegrees(contrast, correction) ?? 0
            }
        guard count > 0 else { throw .tooFewClusters }
        let variance = covariance(correction)[column, column]
        return try EffectTest(
            estimate: coefficients[column], standardError: max(0, variance).squareRoot(), degrees: count,
            level: level)
    }
}
