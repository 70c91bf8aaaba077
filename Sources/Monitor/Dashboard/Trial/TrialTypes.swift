import Ingest
import Metrics

/// A trial as it was planned, and how far its arms are known.
struct Trial: Sendable, Equatable {
    let code: String
    let name: BilingualName
    let registration: String?
    /// parallel, paired or stratified.
    let design: String
    let assessedClusters, excludedClusters: Int?
    let plannedGroupSessions, plannedInterviews: Int?
    let starts, ends: Day?
    let clusters: Int
    /// How often somebody has uncovered the arms.
    let looks: Int
    /// Whether the reader has.
    let isUnmasked: Bool
    /// Until when, in the programme's time.
    let unmaskedUntil: String?
    /// Whether the reader may, and sees outcomes.
    let mayUnmask: Bool

    var url: String { "/trials/\(code)" }
    var apiURL: String { "/api/v1\(url)" }
}

/// An outcome of a trial: of its plan, or measured without one.
struct TrialOutcome: Sendable, Equatable {
    enum Scale: String, Sendable {
        case continuous, binary
        case timeToEvent = "time_to_event"
    }
    /// The words of a plan for an outcome.
    struct Planned: Sendable, Equatable {
        let isPrimary: Bool
        let visit: Int?
        let method: String
        let covariates: [String]
        /// The smallest difference that would matter.
        let worthwhile: Double?
        let name, unit: BilingualName
        let version: Int
        /// Of the plan's file.
        let sha256: String?
        let receivedOn: String
        /// How often arms had been uncovered when this row of the plan arrived.
        let looksBefore: Int
    }

    let role: String
    let code: String
    let scale: Scale
    /// nil where no plan says so.
    let higherIsBetter: Bool?
    let planned: Planned?

    var key: String { "\(role).\(code)" }
    var isPrimary: Bool { planned?.isPrimary ?? false }
    /// Planned before anybody had looked.
    var isConfirmatory: Bool { planned.map { $0.looksBefore == 0 } ?? false }
}

/// A clinic of a trial.
struct TrialClinic: Sendable, Equatable {
    let id: Int
    let code: String
    let name: BilingualName
    let pair, stratum: String?
    let allocatedOn: Day?
    /// nil while the arms are hidden.
    let isIntervention: Bool?
}

/// Who came to a visit, at one clinic or several.
struct TrialVisit: Sendable, Equatable {
    let site: Int
    let role: String
    let month: Int
    var enrolled, withdrawn, due, assessed, missed, refused, lost: Int

    func added(to other: TrialVisit) -> TrialVisit {
        TrialVisit(
            site: site, role: role, month: month, enrolled: enrolled + other.enrolled,
            withdrawn: withdrawn + other.withdrawn, due: due + other.due, assessed: assessed + other.assessed,
            missed: missed + other.missed, refused: refused + other.refused, lost: lost + other.lost)
    }
}

/// What clients of a trial did under a rule of missed days.
struct TrialRuleStays: Sendable {
    /// So many days in a row without a dose are a dropout.
    let missedDays: Int
    /// Empty where no participant has doses.
    var subjects: [CoxSubject]

    var name: String { "missed_\(missedDays)" }
}

/// Sessions of the intervention at a clinic.
struct TrialSessions: Sendable, Equatable {
    let site: Int
    let form: String
    let number: Int
    let planned, held, attended, minutes, timed: Int
}
