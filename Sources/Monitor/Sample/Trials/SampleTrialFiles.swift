import Ingest

/// The files of the simulated trials: protocols, plans, allocations, participants, assessments, sessions; and of the clients of the
/// pilot what the clinics' registers and dispensaries say.
enum SampleTrialFiles {
    static func files(_ programme: SampleProgramme) -> [SampleFile] {
        let trials = SampleTrial.all(programme)
        let people = trials.enumerated().map { SampleTrialPeople($1, programme, stream: -30 - $0) }
        let told = Array(zip(trials, people))
        let records = told.enumerated().filter(\.element.0.hasDoses).map { place, one in
            SampleTrialRecords(one.0, one.1, seed: programme.seed, stream: -50 - place)
        }
        return [
            file("trials", trialHeader, trials.map(trial)),
            file("plans", planHeader, trials.flatMap(plan)),
            file("allocations", allocationHeader, trials.flatMap(allocations)),
            file("participants", participantHeader, told.flatMap { participants($0.0.code, $0.1.participants) }),
            file("assessments", assessmentHeader, told.flatMap { assessments($0.0.code, $0.1.assessments) }),
            file("sessions", sessionHeader, told.flatMap { sessions($0.0.code, $0.1.sessions) }),
            file("episodes", SampleTrialRecords.episodeHeader, records.flatMap(\.episodes)),
            file("doses", SampleTrialRecords.doseHeader, records.flatMap(\.doses)),
        ]
    }

    private static let trialHeader = [
        "trial", "name", "name_zh", "registration", "design", "primary_outcome", "assessed_clusters",
        "excluded_clusters", "planned_clusters", "planned_group_sessions", "planned_interviews", "starts_on", "ends_on",
    ]

    private static func trial(_ trial: SampleTrial) -> [String] {
        [
            trial.code, trial.name, trial.nameChinese, "", trial.design, "drug_use", "\(trial.assessed)",
            "\(trial.excluded)", "\(trial.clusters.count)", "\(SampleTrial.groupSessions)", "\(SampleTrial.interviews)",
            "\(trial.starts.first)", "\(trial.ends)",
        ]
    }

    private static let planHeader = [
        "trial", "role", "outcome", "rank", "scale", "higher_is", "visit_month", "method", "covariates", "worthwhile",
        "name", "name_zh", "unit", "unit_zh",
    ]

    private static func plan(_ trial: SampleTrial) -> [[String]] {
        let last = "\(trial.lastVisit)"
        let scores = [
            ["client", "self_efficacy", "better", "3", "Confidence in staying off drugs", "拒毒自我效能"],
            ["provider", "knowledge", "better", "1.5", "Knowledge of methadone treatment", "美沙酮治疗知识"],
            ["provider", "interaction", "better", "3", "Dealings with clients", "医患互动"],
            ["provider", "support", "better", "2", "Support by the clinic", "门诊支持"],
        ]
        return [
            [
                trial.code, "client", "drug_use", "primary", "binary", "worse", last, "two_stage", "baseline", "10",
                "Used drugs besides methadone in the past 30 days", "近 30 天合并使用毒品", "", "",
            ]
        ]
            + scores.map {
                [
                    trial.code, $0[0], $0[1], "secondary", "continuous", $0[2], last, "two_stage", "baseline", $0[3],
                    $0[4], $0[5], "points", "分",
                ]
            }
            + [
                [
                    trial.code, "client", "dropout", "secondary", "time_to_event", "worse", "", "paired_cox", "",
                    "20", "Dropout from treatment", "脱失", "", "",
                ]
            ]
    }

    private static let allocationHeader = ["trial", "site", "arm", "pair", "allocated_on", "starts_on"]

    private static func allocations(_ trial: SampleTrial) -> [[String]] {
        trial.clusters.map { cluster in
            [
                trial.code, cluster.clinic.site, cluster.isIntervention ? "intervention" : "control",
                cluster.pair ?? "", "\(trial.starts.last)", "\((trial.starts + 1).first)",
            ]
        }
    }

    private static let participantHeader = [
        "trial", "site", "participant", "role", "enrolled_on", "withdrawn_on", "withdrawal_reason", "left_treatment_on",
        "exit_reason", "sex", "birth_year",
    ]

    private static func participants(_ trial: String, _ people: [SampleTrialPeople.Participant]) -> [[String]] {
        people.map { who in
            [
                trial, who.site, who.code, who.role, "\(who.enrolled)", who.withdrawn?.description ?? "",
                who.withdrawn == nil ? "" : "asked to stop", who.left?.day.description ?? "", who.left?.reason ?? "",
                who.person.sex, "\(who.person.birthYear)",
            ]
        }
    }

    private static let assessmentHeader = [
        "trial", "site", "participant", "role", "visit_month", "instrument", "assessed_on", "status", "value",
    ]

    private static func assessments(_ trial: String, _ rows: [SampleAssessment]) -> [[String]] {
        rows.map { row in
            [
                trial, row.person.site, row.person.code, row.person.role, "\(row.visitMonth)", row.instrument,
                row.day?.description ?? "", row.status, row.value.map(String.init) ?? "",
            ]
        }
    }

    private static let sessionHeader = [
        "trial", "site", "form", "number", "participant", "planned_on", "held_on", "attended", "minutes",
    ]

    private static func sessions(_ trial: String, _ sessions: [SampleTrialPeople.Session]) -> [[String]] {
        sessions.map { session in
            [
                trial, session.site, session.form, "\(session.number)", session.participant, "\(session.planned)",
                session.held?.description ?? "", session.attended.map(String.init) ?? "",
                session.minutes.map(String.init) ?? "",
            ]
        }
    }

    private static func file(_ kind: String, _ header: [String], _ rows: [[String]]) -> SampleFile {
        var bytes: [UInt8] = []
        for row in [header] + rows {
            bytes += row.joined(separator: ",").utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return SampleFile(name: "trial_\(kind).csv", bytes: bytes)
    }
}
