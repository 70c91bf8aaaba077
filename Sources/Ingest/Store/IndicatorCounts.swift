public import Postgres

/// The counts behind the indicators. A load works out those of its own months; a definition that a migration brought
/// has none yet, and gets those of every month here.
public enum IndicatorCounts {
    /// - Parameter connection: of the tables' owner.
    /// - Returns: whether there was anything to do.
    @discardableResult
    public static func complete(sql: SQLFolder, _ connection: borrowing Connection) throws -> Bool {
        try connection.transaction { connection in
            try connection.run(script: try sql.text("merge/staging.sql"))
            let months = try connection.query(try sql.text("merge/uncounted_months.sql")).affected
            if months > 0 { try connection.query(try sql.text("merge/indicator_counts.sql")) }
            return months > 0
        }
    }
}
