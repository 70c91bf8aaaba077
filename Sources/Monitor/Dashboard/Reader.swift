import Ingest
import Postgres

/// Reads as an account: every statement sees what that account may see, and all of them the same moment.
struct Reader: Sendable {
    let database: Database
    /// The role whose scope is read; nil is the whole programme, which an open daemon shows.
    let account: String?
    /// A day in the past whose knowledge is read instead of today's; nil: today's.
    var past: Past?

    /// What was known at the end of a day, and the statements that bring it back.
    struct Past: Sendable {
        let day: Day
        let sql: SQLFolder
    }

    /// Whose eyes the statements of this transaction have ($1; null: the programme's).
    static let standIn =
        "select set_config('mmt.account', coalesce($1, 'mmt.' || current_database() || '.programme'), true)"

    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing Connection) throws -> T) async throws -> T {
        let (account, past) = (account, past)
        return try await database.run { connection in
            // The past is laid out in temporary tables, which a transaction that may only read cannot make.
            let mode = "isolation level repeatable read" + (past == nil ? ", read only" : "")
            return try connection.transaction(mode) { connection in
                try connection.query(Self.standIn, [account])
                if let past { try Self.bringBack(past, connection) }
                return try body(connection)
            }
        }
    }

    private static func bringBack(_ past: Past, _ connection: borrowing Connection) throws {
        try connection.query(
            "select set_config('mmt.as_of', (($1::date + 1)::timestamp at time zone (select time_zone from programme))::text, true)",
            [past.day.description])
        try connection.run(script: past.sql.text("past.sql"))
        try connection.query(try past.sql.text("merge/indicator_counts.sql"))
    }
}
