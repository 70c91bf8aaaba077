import Postgres

/// Months that are closed to changes (view locked_month). What a locked month's row would change shows only beside what
/// is known, so the database tells; a row that says what is known already is no change.
struct MonthLocks {
    let sql: SQLFolder
    let kind: ReportKind

    /// Takes the rows that would change a locked month out of staging. Only what is of one month is locked: a stay that
    /// began in it may end.
    func refuse(_ connection: borrowing Connection) throws -> [LateFault] {
        guard let statement = try statement, try areAny(connection) else { return [] }
        try Merge.lock(connection)  // what is known now is what will be known at the merge
        let faults = try connection.query(statement).map { row in
            LateFault(
                line: Int32(try row.integer("line")), cause: .monthLocked(Month(try row.string("month")) ?? .first))
        }
        if !faults.isEmpty { try forgetClients(connection) }
        return faults
    }

    /// Of a client none of whose rows is left nothing is to be known.
    private func forgetClients(_ connection: borrowing Connection) throws {
        guard kind.store == .bundles else { return }
        let left = kind == .doses ? "client" : "unnest(client)"
        try connection.query("delete from staged_client where client not in (select \(left) from staging)")
    }

    var statement: String? {
        get throws {
            kind == .monthly || kind.store == .bundles ? try sql.text("merge/locked_\(kind.name).sql") : nil
        }
    }

    private func areAny(_ connection: borrowing Connection) throws -> Bool {
        try connection.query(
            "select from reporting_month where locks_on <= programme_time(now())::date limit 1"
        ).count > 0
    }
}
