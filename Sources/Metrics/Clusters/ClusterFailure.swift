/// Why a trial of few clinics has no estimate; the raw string is its name in JSON and the key of its words.
public enum ClusterFailure: String, Error, CaseIterable, Sendable {
    /// Columns of different lengths, numbers that are not finite, sizes that are not positive, outcomes outside them.
    case misshapen
    /// No clinic in one of the arms, or none that has the other arm beside it in its stratum.
    case emptyArm = "empty_arm"
    /// No degree of freedom is left between clinics.
    case tooFewClusters = "too_few_clusters"
    /// Clinics of an arm do not differ at all, so that nothing tells how much chance does.
    case noVariation = "no_variation"
    /// A column says what others say together.
    case dependentColumns = "dependent_columns"
    /// A column tells apart all that happened from all that did not.
    case separated
    /// The search did not come to rest.
    case notConverged = "not_converged"
    /// The arms as they are cannot have come from the randomisation described.
    case notAllowed = "not_allowed"
    /// No event in the whole trial, or nobody who could have had one.
    case noEvents = "no_events"
    /// The level of confidence, or the power, does not lie strictly between 0 and 1.
    case invalidLevel = "invalid_level"
    /// The arithmetic left the range of a double.
    case notComputable = "not_computable"
}
