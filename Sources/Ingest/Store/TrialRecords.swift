import Postgres

/// What the daemon and the estimators may read of trials: clusters without arms, who came to which visit, what was measured
/// on whom without saying who, how much of the intervention arrived. Worked out anew for the clinics that a load touches.
struct TrialRecords {
    let sql: SQLFolder

    /// After the rows of a receipt have been stored, in their transaction.
    func follow(_ kind: ReportKind, receipt: Int, _ connection: borrowing Connection) throws {
        guard kind.concernsTrials else { return }
        let concerned = try connection.query(try sql.text("merge/concerned_by_trial.sql"), ["\(receipt)"]).affected
        guard concerned > 0 else { return }
        // The plan for a trial of six clinics is not that for an empty table.
        try connection.run(script: "analyze concerned_trial")
        for statement in ["trial_gone", "trial_clusters", "trial_delivery", "trial_subjects", "trial_flow"] {
            try connection.query(try sql.text("merge/\(statement).sql"))
        }
    }
}

extension ReportKind {
    /// Records that say something of a trial, or (a stay) may.
    fileprivate var concernsTrials: Bool {
        [.trials, .plans, .allocations, .participants, .assessments, .sessions, .episodes].contains(self)
    }
}
