public import Postgres

/// What the daemon and the estimators may read of trials: clusters without arms, who came to which visit, what was measured
/// on whom without saying who, how much of the intervention arrived. Worked out anew for the clinics that a load touches.
public struct TrialRecords {
    let sql: SQLFolder

    private enum Part: String, CaseIterable {
        case clusters, delivery, people

        var statements: [String] {
            switch self {
            case .clusters: ["trial_clusters"]
            case .delivery: ["trial_delivery"]
            case .people: ["trial_subjects", "trial_flow"]
            }
        }
    }

    /// After the rows of a receipt have been stored, in their transaction.
    func follow(_ kind: ReportKind, receipt: Int, _ connection: borrowing Connection) throws {
        guard let part = Self.part(kind) else { return }
        let concerned = try connection.query(try sql.text("merge/concerned_by_trial.sql"), ["\(receipt)"]).affected
        guard concerned > 0 else { return }
        try workOut(part, connection)
    }

    /// Trials that were stored before there were these records; of a database that has them, nothing.
    /// - Parameter connection: of the tables' owner.
    public static func complete(sql: SQLFolder, _ connection: borrowing Connection) throws {
        try connection.transaction { connection in
            try connection.run(script: try sql.text("merge/staging.sql"))
            guard try connection.query(try sql.text("merge/untold_trials.sql")).affected > 0 else { return }
            // What a load brings meanwhile would be overwritten by what was known before it.
            try Merge.lock(connection)
            for part in Part.allCases { try TrialRecords(sql: sql).workOut(part, connection) }
        }
    }

    /// For the clinics in the table concerned_trial.
    private func workOut(_ part: Part, _ connection: borrowing Connection) throws {
        if part == .people {
            try connection.query(try sql.text("merge/trial_known.sql"))
            // Nothing is known yet of rows stored a moment ago: without this the planner takes thousands for a handful.
            try connection.run(script: "analyze concerned_trial; analyze trial_participant; analyze trial_assessment")
        }
        try connection.query(try sql.text("merge/trial_gone.sql"), [part.rawValue])
        for statement in part.statements { try connection.query(try sql.text("merge/\(statement).sql")) }
    }

    /// What rows of a kind change; a stay may tell when a participant left treatment.
    private static func part(_ kind: ReportKind) -> Part? {
        switch kind {
        case .allocations: .clusters
        case .sessions: .delivery
        case .trials, .participants, .assessments, .episodes: .people
        default: nil
        }
    }
}
