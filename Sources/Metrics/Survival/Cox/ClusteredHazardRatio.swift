extension CoxRegression {
    /// Log hazard ratio of one covariate with errors by cluster and the t distribution: of a trial of a few clinics.
    ///
    /// - Parameter degrees: Nil for clusters − strata − 1: pairs − 1 where each pair is a stratum, J − 2 without strata.
    /// - Throws: `tooFewClusters` where subjects name no clusters, or too few.
    public func clusteredEffect(
        of covariate: Int, degrees: Double? = nil, level: Double = 0.95
    ) throws(ClusterFailure) -> EffectTest {
        guard let variance = robustCovariance?[covariate, covariate] else { throw .tooFewClusters }
        let clusters = Set(subjects.compactMap(\.cluster)).count
        return try EffectTest(
            estimate: coefficients[covariate], standardError: max(0, variance).squareRoot(),
            degrees: degrees ?? Double(clusters - strata.count - 1), level: level)
    }
}
