import Ingest
import Metrics
import Postgres

/// What a trial's page is made from, read in one transaction. Arms, outcomes and delivery are there only where the database
/// let the reader have them.
struct TrialReading: Sendable {
    let trial: Trial
    let cut: DataCut
    let outcomes: [TrialOutcome]
    /// The outcome that is shown.
    let outcome: TrialOutcome
    let clinics: [TrialClinic]
    let visits: [TrialVisit]
    let sessions: [TrialSessions]
    let baseline: [ClusterMoments]
    /// Who counts in the analysis of the primary outcome, by clinic; empty for a reader without outcomes.
    let analysed: [Int: Int]
    /// By outcome; empty while the arms are hidden.
    let records: [String: TrialRecord]
    /// Of the outcome shown, without what was measured far from its day.
    let trusted: TrialRecord?
    let stays: [CoxSubject]?
    /// The same by doses, under each rule of missed days, where the outcome shown is one of time; empty while arms are hidden.
    let staysByRule: [TrialRuleStays]

    /// Nil where there is no such trial, or the reader has no clinic of it.
    /// - Throws: `UnknownOutcome`.
    init?(_ code: String, outcome key: String?, _ counts: Counts, _ connection: borrowing Connection) throws {
        guard let trial = try counts.trials(code, connection).first else { return nil }
        let outcomes = try counts.trialOutcomes(trial, connection)
        if let key, !outcomes.contains(where: { $0.key == key }) { throw UnknownOutcome(outcome: key) }
        guard
            let outcome = outcomes.first(where: { $0.key == key }) ?? outcomes.first(where: \.isPrimary)
                ?? outcomes.first
        else { return nil }
        (self.trial, self.outcomes, self.outcome) = (trial, outcomes, outcome)
        cut = try counts.dataCut(.programme, connection)
        clinics = try counts.trialClinics(trial, connection)
        visits = try counts.trialVisits(trial, connection)
        sessions = try counts.trialSessions(trial, connection)
        baseline = try counts.trialBaseline(trial, outcome, connection)
        analysed =
            try outcomes.first(where: \.isPrimary).map { try counts.trialAnalysed(trial, $0, connection) } ?? [:]
        var records: [String: TrialRecord] = [:]
        if trial.isUnmasked {
            for each in outcomes { records[each.key] = try counts.trialRecord(trial, each, clinics, connection) }
        }
        self.records = records
        trusted =
            trial.isUnmasked ? try counts.trialRecord(trial, outcome, clinics, trusted: true, connection) : nil
        stays = trial.isUnmasked ? try counts.trialTimes(trial, clinics, connection) : nil
        staysByRule =
            trial.isUnmasked && outcome.scale == .timeToEvent
            ? try counts.trialStays(trial, clinics, connection) : []
    }

    /// The effect of an outcome at its planned visit.
    func analysis(_ outcome: TrialOutcome) -> TrialAnalysis? {
        records[outcome.key].flatMap { analysis(outcome, $0) }
    }

    func analysis(_ outcome: TrialOutcome, _ record: TrialRecord) -> TrialAnalysis? {
        let adjusts = outcome.planned?.covariates.contains("baseline") ?? true
        return try? TrialAnalysis(record, visit: outcome.planned?.visit, adjustsForBaseline: adjusts)
    }
}

/// Nothing of this name was planned or measured.
struct UnknownOutcome: Error {
    let outcome: String
}
