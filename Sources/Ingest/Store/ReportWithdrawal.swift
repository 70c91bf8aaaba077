public import Postgres

/// Takes back what a clinic reported on a month, where it should never have been reported, as when a file carried the
/// wrong month. Nothing is deleted: who withdrew it and why is written down beside it.
public struct ReportWithdrawal: Sendable {
    public enum Outcome: Sendable, Equatable {
        case withdrawn(version: Int, receipt: Int, line: Int, file: String)
        case notReported, monthLocked
    }

    private let sql: SQLFolder

    public init(_ sql: SQLFolder) {
        self.sql = sql
    }

    /// - Parameter person: who answers for it.
    public func withdraw(
        _ site: RegisteredSite, _ month: Month, by person: String, because reason: String,
        _ connection: borrowing Connection
    ) throws -> Outcome {
        let place = ["\(site.id)", month.firstDay]
        return try connection.transaction { connection in
            try Merge.lock(connection)
            let locks = try connection.query("select from locked_month where site_id = $1 and month = $2", place)
            if locks.count > 0 { return .monthLocked }
            try connection.run(script: try sql.text("merge/staging.sql"))
            let withdrawn = try connection.query(try sql.text("merge/withdraw_report.sql"), place + [person, reason])
                .first { row in
                    Outcome.withdrawn(
                        version: try row.integer("version"), receipt: try row.integer("receipt_id"),
                        line: try row.integer("line"), file: try row.string("file_name"))
                }
            guard let withdrawn else { return .notReported }
            for statement in ["programme_span", "report_flags", "indicator_counts"] {
                try connection.query(try sql.text("merge/\(statement).sql"))
            }
            return withdrawn
        }
    }
}
