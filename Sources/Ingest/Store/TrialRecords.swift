public import Postgres

/// What the daemon and the estimators may read of trials: clusters without arms, who came to which visit, what was measured
/// on whom without saying who, how long whose doses went on, how much of the intervention arrived. Worked out anew for the
/// clinics that a load touches.
public struct TrialRecords {
    let sql: SQLFolder

    private enum Part: String, CaseIterable {
        case clusters, delivery, people, stays

        var statements: [String] {
            switch self {
            case .clusters: ["trial_clusters"]
            case .delivery: ["trial_delivery"]
            case .people: ["trial_subjects", "trial_flow"]
            case .stays: ["trial_stays"]
            }
        }

        var isOfPersons: Bool { self == .people || self == .stays }
    }

    /// After the rows of a receipt have been stored and stays worked out, in their transaction.
    func follow(_ kind: ReportKind, receipt: Int, _ connection: borrowing Connection) throws {
        let parts = Self.parts(kind)
        guard !parts.isEmpty else { return }
        var concerned = 0
        if kind != .doses {
            concerned += try connection.query(try sql.text("merge/concerned_by_trial.sql"), ["\(receipt)"]).affected
        }
        if kind == .doses || kind == .episodes {
            concerned += try connection.query(try sql.text("merge/concerned_by_stays.sql")).affected
        }
        guard concerned > 0 else { return }
        try workOut(parts, connection)
    }

    /// Trials that were stored before there were these records, or a rule of missed days; of a database that has them,
    /// nothing. After the stays of such a rule (`ClientCounts.complete`).
    /// - Parameter connection: of the tables' owner.
    public static func complete(sql: SQLFolder, _ connection: borrowing Connection) throws {
        try connection.transaction { connection in
            try connection.run(script: try sql.text("merge/staging.sql"))
            guard try connection.query(try sql.text("merge/untold_trials.sql")).affected > 0 else { return }
            // What a load brings meanwhile would be overwritten by what was known before it.
            try Merge.lock(connection)
            try TrialRecords(sql: sql).workOut(Part.allCases, connection)
        }
    }

    /// For the clinics in the table concerned_trial.
    private func workOut(_ parts: [Part], _ connection: borrowing Connection) throws {
        if parts.contains(where: \.isOfPersons) {
            try connection.query(try sql.text("merge/trial_known.sql"))
            try connection.query(try sql.text("merge/trial_persons.sql"))
            // Nothing is known yet of rows stored a moment ago: without this the planner takes thousands for a handful.
            try connection.run(
                script:
                    "analyze concerned_trial; analyze trial_participant; analyze trial_assessment; analyze trial_person"
            )
        }
        for part in parts {
            try connection.query(try sql.text("merge/trial_gone.sql"), [part.rawValue])
            for statement in part.statements { try connection.query(try sql.text("merge/\(statement).sql")) }
        }
    }

    /// What rows of a kind change: an episode may tell when a participant left treatment and why, doses until when he came.
    private static func parts(_ kind: ReportKind) -> [Part] {
        switch kind {
        case .allocations: [.clusters]
        case .sessions: [.delivery]
        case .trials, .participants, .assessments, .episodes: [.people, .stays]
        case .doses: [.stays]
        default: []
        }
    }
}
