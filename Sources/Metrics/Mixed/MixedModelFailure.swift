/// Why a mixed model has no fit.
public enum MixedModelFailure: Error, Equatable, Sendable {
    /// Columns of different lengths, or numbers that are not finite or whose squares are not.
    case impossibleData
    /// No more observations than coefficients.
    case tooFewObservations
    /// A client under two clinics: clients must be numbered within clinics.
    case subjectInSeveralClusters(subject: Int)
    /// The outcome is the same everywhere, or the columns explain it without a remainder.
    case noVariation
    /// What varies at this place in the list of variances cannot be told from the rest: one clinic only, one visit of each
    /// client, one client in each clinic.
    case notIdentified(variance: Int)
    /// Nothing varies within clients (or clinics), so that variances have no unit.
    case noResidualVariance
    case notConverged(Convergence)
}
