import Postgres

/// Months that are closed to changes (view locked_month). What a locked month's row would change shows only beside what
/// is known, so the database tells; a row that says what is known already is no change.
struct MonthLocks {
    let sql: SQLFolder
    let kind: ReportKind

    /// Takes the rows that would change a locked month out of staging. Only what is of one month is locked: a stay that
    /// began in it may end.
    func refuse(_ connection: borrowing Connection) throws -> [LateFault] {
        guard let statement = try statement else { return [] }
        let days = try days(connection)
        guard !days.isEmpty else { return [] }
        try Merge.lock(connection)  // what is known now is what will be known at the merge
        let faults = try connection.query(statement).map { row in
            let month = Month(try row.string("month")) ?? .first
            return LateFault(
                line: Int32(try row.integer("line")), cause: .monthLocked(month, since: days[month]))
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

    /// The months that are past their day of locking, and that day.
    private func days(_ connection: borrowing Connection) throws -> [Month: String] {
        let rows = try connection.query(
            "select month, locks_on from reporting_month where locks_on <= programme_time(now())::date"
        ).map { (Month(try $0.string("month")), try $0.string("locks_on")) }
        return Dictionary(rows.compactMap { month, day in month.map { ($0, day) } }) { first, _ in first }
    }
}
