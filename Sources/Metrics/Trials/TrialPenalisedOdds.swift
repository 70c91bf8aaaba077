/// What there still is where a model of odds has no bound: estimates that a penalty keeps finite.
public enum OddsPenalty: String, CaseIterable, Sendable {
    /// Firth's (1993).
    case firth
    /// A log-F(1, 1) prior on all but the intercept (Greenland & Mansournia 2015).
    case logF = "log_f"
}

extension TrialAnalysis {
    /// The odds ratio of the arms at the visit, adjusted as the model of odds is. It takes participants as independent, so
    /// that it has no interval: with clinics theirs would be too short.
    public func penalisedOddsRatio(_ penalty: OddsPenalty) -> Result<Double, TrialFailure> {
        guard record.isBinary else { return .failure(.otherScale) }
        guard !counted.isEmpty else { return .failure(.noMeasurements) }
        let rows = counted.map { who in
            [1, record.clinics[who.clinic].isTreated ? 1 : 0] + strata(of: who.clinic) + covariates(of: who)
        }
        let columns = rows[0].indices.map { column in rows.map { $0[column] } }
        let answers = counted.compactMap { $0.outcomes[visit] }
        let fit =
            switch penalty {
            case .firth: PenalisedLogistic.firth(columns: columns, counts: answers)
            case .logF:
                PenalisedLogistic.logF(columns: columns, counts: answers, penalised: Array(columns.indices.dropFirst()))
            }
        switch fit {
        case .success(let fit): return .success(.exp(fit.coefficients[1]))
        case .failure(.impossibleCounts): return .failure(.misshapen)
        case .failure(.dependentColumns): return .failure(.dependentColumns)
        case .failure(.notConverged): return .failure(.notConverged)
        }
    }
}
