import Postgres

/// Reads as an account: every statement sees what that account may see, and all of them the same moment.
struct Reader: Sendable {
    let database: Database
    /// The role whose scope is read; nil is the whole programme, which an open daemon shows.
    let account: String?

    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing Connection) throws -> T) async throws -> T {
        let account = account
        return try await database.run { connection in
            try connection.transaction("isolation level repeatable read, read only") { connection in
                try connection.query(
                    "select set_config('mmt.account', coalesce($1, 'mmt.' || current_database() || '.programme'), true)",
                    [account])
                return try body(connection)
            }
        }
    }
}
