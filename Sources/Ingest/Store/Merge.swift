import Postgres

/// Takes a file's staged rows into the tables that pages and analysts read, and works out what follows from them.
/// The statements are in `sql/merge`.
struct Merge {
    let sql: SQLFolder
    let kind: ReportKind
    let receipt: Int

    /// Serialises merges: two versions of one clinic's month are numbered one after the other.
    private static let lock = "6177003"

    func stage(_ connection: borrowing Connection) throws {
        try connection.run(script: kind.stagingTable)
        try connection.run(script: sql.text("merge/staging.sql"))
    }

    var copyStatement: String {
        "copy staging (line, \(kind.columns.map(\.stagingName).joined(separator: ", "))) from stdin"
    }

    /// - Returns: how many rows were new, changed, unchanged and flagged.
    func merge(_ connection: borrowing Connection) throws -> Receipt.Counts {
        try connection.query("select pg_advisory_xact_lock(\(Self.lock))")
        var counts = Receipt.Counts()
        let known =
            try connection.query(try sql.text("merge/known_lines.sql"), ["\(receipt)"])
            .first { try $0.integer("known") } ?? 0
        let merged = try connection.query(
            try sql.text("merge/\(kind.name).sql"), kind == .monthly ? ["\(receipt)"] : [])
        (counts.inserted, counts.changed, counts.unchanged) =
            try merged.first {
                (try $0.integer("inserted"), try $0.integer("changed"), try $0.integer("unchanged"))
            } ?? (0, 0, 0)
        counts.unchanged += known
        try connection.query(try sql.text("merge/report_flags.sql"))
        if kind == .monthly {
            try connection.query(try sql.text("merge/indicator_counts.sql"))
            counts.flagged =
                try connection.query(try sql.text("merge/count_flagged.sql"))
                .first { try $0.integer("flagged") } ?? 0
        }
        return counts
    }

    /// Keeps the refused rows, and settles those of earlier loads that this one answers.
    func keep(_ quarantine: Quarantine, _ connection: borrowing Connection) throws {
        try quarantine.copy(connection)
        for statement in ["quarantine_rows", "quarantine_defects"] {
            try connection.query(try sql.text("merge/\(statement).sql"), ["\(receipt)"])
        }
        let settled = ["settle_quarantine"] + (kind == .monthly ? ["settle_months"] : [])
        for statement in settled { try connection.query(try sql.text("merge/\(statement).sql"), ["\(receipt)"]) }
    }
}
