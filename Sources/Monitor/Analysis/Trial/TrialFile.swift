import Ingest
import Metrics

/// A trial's file of one outcome: a row for each participant and visit, or a row for each participant with what was measured
/// before in a column of its own.
struct TrialFile {
    struct Asked {
        let outcome: String
        /// The column of the visit, in months or any other whole unit; nil: a row is a participant.
        var visit: String?
        /// The visit at which arms are compared; nil: the last.
        var at: Int?
        /// The column of what was measured before, where a row is a participant.
        var baseline: String?
        /// nil: found from the values.
        var isBinary: Bool?
    }
    /// Participants that the planned comparison cannot count.
    struct LeftOut: Equatable, Encodable {
        var withoutOutcome = 0
        var withoutBaseline = 0
        var withoutCovariates = 0
    }

    let trial: TrialTable
    let asked: Asked
    let record: TrialRecord
    let visit: Int
    let hasBaseline: Bool
    /// By arm, the treated first.
    let leftOut: [LeftOut]
    /// Participants of the file by arm, the treated first.
    let participants: [Int]

    init(_ trial: TrialTable, _ asked: Asked) throws {
        let people = try TrialPeople(trial, asked)
        guard people.all.contains(where: { $0.outcomes.contains { $0 != nil } }), let last = people.visits.last else {
            throw TrialFileFault(.nothingMeasured, column: asked.outcome)
        }
        let visit = asked.at ?? last
        guard people.visits.contains(visit) else {
            throw TrialFileFault(
                .noSuchVisit, column: asked.visit ?? asked.outcome,
                ["at": "\(visit)", "visits": people.visits.map { "\($0)" }.joined(separator: ", ")])
        }
        let hasBaseline = people.visits.count > 1
        guard !hasBaseline || visit > people.visits[0] else {
            throw TrialFileFault(.noBaseline, column: asked.visit ?? asked.outcome, ["at": "\(visit)"])
        }
        let place = people.visits.firstIndex(of: visit) ?? 0
        var leftOut = [LeftOut(), LeftOut()]
        for person in people.all {
            let arm = trial.clinics[person.clinic].isTreated ? 0 : 1
            if person.covariates.contains(nil) {
                leftOut[arm].withoutCovariates += 1
            } else if person.outcomes[place] == nil {
                leftOut[arm].withoutOutcome += 1
            } else if person.outcomes[0] == nil {
                leftOut[arm].withoutBaseline += 1
            }
        }
        participants = [true, false].map { arm in people.all.count { trial.clinics[$0.clinic].isTreated == arm } }
        (self.trial, self.asked, self.visit, self.hasBaseline) = (trial, asked, visit, hasBaseline)
        self.leftOut = leftOut
        record = try TrialRecord(
            clinics: trial.clinics.map { TrialRecord.Clinic(isTreated: $0.isTreated, stratum: $0.stratum) },
            visits: people.visits, isBinary: people.isBinary,
            participants: people.all.compactMap { person in
                let covariates = person.covariates.compactMap(\.self)
                guard covariates.count == person.covariates.count else { return nil }
                return TrialRecord.Participant(
                    clinic: person.clinic, outcomes: person.outcomes, covariates: covariates)
            })
    }

    /// What was measured before the intervention, by clinic; where nothing was, at the visit within arms.
    var baseline: [ClusterMoments] {
        let place = hasBaseline ? 0 : record.visits.firstIndex(of: visit) ?? 0
        let values = record.participants.compactMap { who in who.outcomes[place].map { (who.clinic, $0) } }
        let centre = record.isBinary ? 0 : values.reduce(0) { $0 + $1.1 } / Double(max(1, values.count))
        return Dictionary(grouping: values, by: \.0).sorted { $0.key < $1.key }.map { clinic, own in
            let rest = own.map { $0.1 - centre }
            return ClusterMoments(
                members: Double(rest.count), sum: rest.reduce(0, +), squares: rest.reduce(0) { $0 + $1 * $1 },
                group: hasBaseline ? 0 : record.clinics[clinic].isTreated ? 1 : 0)
        }
    }
}
