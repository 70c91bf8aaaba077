/// Why a method has no estimate of a trial's effect; the raw string is its name in JSON and the key of its words.
public enum TrialFailure: String, Error, CaseIterable, Sendable {
    case misshapen
    /// No clinic in one of the arms, or none beside it in its stratum.
    case emptyArm = "empty_arm"
    /// No degree of freedom is left between clinics.
    case tooFewClusters = "too_few_clusters"
    /// Nobody was measured at the visit, or nobody who was there before.
    case noMeasurements = "no_measurements"
    /// The model has baseline among its outcomes, and there is none.
    case noBaseline = "no_baseline"
    /// Clinics do not differ at all, so that nothing tells how much chance does.
    case noVariation = "no_variation"
    /// A covariate says what others say together.
    case dependentColumns = "dependent_columns"
    /// Something tells apart all that happened from all that did not: no bound; ask Firth's method.
    case separated
    /// Nothing happened in the whole trial, or everything.
    case noEvents = "no_events"
    /// The data do not tell the model's parameters apart.
    case notIdentified = "not_identified"
    case notConverged = "not_converged"
    case notComputable = "not_computable"
    /// The method is not one for this kind of outcome.
    case otherScale = "other_scale"
}

extension TrialFailure {
    public init(_ failure: ClusterFailure) {
        self =
            switch failure {
            case .misshapen, .notAllowed, .invalidLevel: .misshapen
            case .emptyArm: .emptyArm
            case .tooFewClusters: .tooFewClusters
            case .noVariation: .noVariation
            case .dependentColumns: .dependentColumns
            case .separated: .separated
            case .notConverged: .notConverged
            case .noEvents: .noEvents
            case .notComputable: .notComputable
            }
    }

    init(_ failure: MixedModelFailure) {
        self =
            switch failure {
            case .impossibleData, .subjectInSeveralClusters: .misshapen
            case .tooFewObservations: .tooFewClusters
            case .noVariation, .noResidualVariance: .noVariation
            case .notIdentified: .notIdentified
            case .notConverged: .notConverged
            }
    }

    init(_ failure: CountMixedModel.Failure) {
        self =
            switch failure {
            case .impossibleCounts, .impossiblePoints: .misshapen
            case .tooFewClusters: .tooFewClusters
            case .noVariation: .noEvents
            case .dependentColumns: .dependentColumns
            case .separated: .separated
            case .unboundedSpread, .notIdentified: .notIdentified
            case .notConverged: .notConverged
            }
    }
}
