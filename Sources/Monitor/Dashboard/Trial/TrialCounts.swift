import Ingest
import Postgres

/// Reads what there is of trials, one statement of `sql/counts` at a time. Arms, outcomes and what was delivered come back
/// empty for a reader who may not see them: the database decides, and nothing here does.
extension Counts {
    /// - Parameter code: of one trial; nil: all that the reader has a clinic of.
    func trials(_ code: String?, _ connection: borrowing Connection) throws -> [Trial] {
        try connection.query(sql.text("counts/trials.sql"), [code]).map { row in
            Trial(
                code: try row.string("trial"),
                name: BilingualName(name: try row.string("name"), chinese: try row.text("name_zh")),
                registration: try row.text("registration"), design: try row.string("design"),
                assessedClusters: try row.int("assessed_clusters"), excludedClusters: try row.int("excluded_clusters"),
                plannedGroupSessions: try row.int("planned_group_sessions"),
                plannedInterviews: try row.int("planned_interviews"),
                starts: try row.text("starts_on").flatMap { Day($0) },
                ends: try row.text("ends_on").flatMap { Day($0) }, clusters: try row.integer("clusters"),
                looks: try row.integer("looks"), isUnmasked: try row.bool("is_unmasked"),
                unmaskedUntil: try row.text("unmasked_until"),
                mayUnmask: try row.bool("may_unmask"))
        }
    }

    /// Planned outcomes first, the primary one at their head; then what was measured without a plan, where the reader may
    /// know of it.
    func trialOutcomes(_ trial: Trial, _ connection: borrowing Connection) throws -> [TrialOutcome] {
        let planned = try connection.query(sql.text("counts/trial_plan.sql"), [trial.code]).map { row in
            TrialOutcome(
                role: try row.string("role"), code: try row.string("outcome"),
                scale: TrialOutcome.Scale(rawValue: try row.string("scale")) ?? .continuous,
                higherIsBetter: try row.string("higher_is") == "better",
                planned: TrialOutcome.Planned(
                    isPrimary: try row.string("rank") == "primary", visit: try row.int("visit_month"),
                    method: try row.string("method"),
                    covariates: (try row.text("covariates") ?? "").split(separator: ";").map {
                        $0.filter { $0 != " " }
                    },
                    worthwhile: try row.double("worthwhile"),
                    name: BilingualName(name: try row.string("name"), chinese: try row.text("name_zh")),
                    unit: BilingualName(name: try row.text("unit") ?? "", chinese: try row.text("unit_zh")),
                    version: try row.integer("version"), sha256: try row.text("sha256"),
                    receivedOn: try row.string("received_on"), looksBefore: try row.integer("looks_before")))
        }
        let known = Set(planned.map(\.key))
        let measured = try connection.query(sql.text("counts/trial_outcomes.sql"), [trial.code]).map { row in
            TrialOutcome(
                role: try row.string("role"), code: try row.string("outcome"),
                scale: try row.bool("is_binary") ? .binary : .continuous, higherIsBetter: nil, planned: nil)
        }
        return planned + measured.filter { !known.contains($0.key) }
    }

    func trialClinics(_ trial: Trial, _ connection: borrowing Connection) throws -> [TrialClinic] {
        try connection.query(sql.text("counts/trial_clusters.sql"), [trial.code]).map { row in
            TrialClinic(
                id: try row.integer("site_id"), code: try row.string("code"),
                name: BilingualName(name: try row.string("name"), chinese: try row.text("name_zh")),
                pair: try row.text("pair"), stratum: try row.text("stratum"),
                allocatedOn: try row.text("allocated_on").flatMap { Day($0) },
                isIntervention: try row.text("arm").map { $0 == "intervention" })
        }
    }

    func trialVisits(_ trial: Trial, _ connection: borrowing Connection) throws -> [TrialVisit] {
        try connection.query(sql.text("counts/trial_flow.sql"), [trial.code]).map { row in
            TrialVisit(
                site: try row.integer("site_id"), role: try row.string("role"), month: try row.integer("visit_month"),
                enrolled: try row.integer("enrolled"), withdrawn: try row.integer("withdrawn"),
                due: try row.integer("due"), assessed: try row.integer("assessed"), missed: try row.integer("missed"),
                refused: try row.integer("refused"), lost: try row.integer("lost"))
        }
    }

    func trialSessions(_ trial: Trial, _ connection: borrowing Connection) throws -> [TrialSessions] {
        try connection.query(sql.text("counts/trial_delivery.sql"), [trial.code]).map { row in
            TrialSessions(
                site: try row.integer("site_id"), form: try row.string("form"), number: try row.integer("number"),
                planned: try row.integer("planned"), held: try row.integer("held"),
                attended: try row.integer("attended"), minutes: try row.integer("minutes"),
                timed: try row.integer("timed"))
        }
    }

    /// How many count in the analysis of an outcome at its planned visit, by clinic; empty for a reader without outcomes, and
    /// for one whose time is analysed.
    func trialAnalysed(
        _ trial: Trial, _ outcome: TrialOutcome, _ connection: borrowing Connection
    ) throws -> [Int: Int] {
        guard let visit = outcome.planned?.visit, outcome.scale != .timeToEvent else { return [:] }
        let covariates = outcome.planned?.covariates.joined(separator: ";") ?? ""
        let rows = try connection.query(
            sql.text("counts/trial_analysed.sql"), [trial.code, outcome.role, outcome.code, "\(visit)", covariates]
        ).map { (try $0.integer("site_id"), try $0.integer("people")) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
