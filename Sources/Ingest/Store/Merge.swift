import Postgres

/// Takes a table's staged rows into the tables that pages and analysts read, and works out what follows from them.
/// The statements are in `sql/merge`.
struct Merge {
    let sql: SQLFolder
    let kind: ReportKind
    let receipt: Int

    /// Serialises merges: two versions of one clinic's month are numbered one after the other.
    static func lock(_ connection: borrowing Connection) throws {
        try connection.query("select pg_advisory_xact_lock(6177003)")
    }

    func stage(_ connection: borrowing Connection) throws {
        try connection.run(script: sql.text("merge/staging.sql"))
        let staging = kind.store == .bundles ? try sql.text("merge/\(kind.name)_staging.sql") : kind.stagingTable
        try connection.run(script: staging)
    }

    var copyStatement: String {
        "copy staging (line, \(kind.columns.map(\.stagingName).joined(separator: ", "))) from stdin"
    }

    /// The persons that staged rows speak of by their places.
    func copy(_ clients: ClientRegister, _ connection: borrowing Connection) throws {
        guard clients.count > 0 else { return }
        try connection.copy("copy staged_client (client, site_id, code) from stdin") { out in
            for place in 0..<clients.count where clients.isMet(place) {
                try out.write(CopyText.line(["\(place)", "\(clients.site(of: place))", clients.code(of: place)]))
            }
        }
    }

    /// Takes rows out of the staging table.
    func unstage(_ faults: [LateFault], _ connection: borrowing Connection) throws {
        guard !faults.isEmpty else { return }
        let lines = faults.map { "\($0.line)" }.joined(separator: ",")
        try connection.query("delete from staging where line = any ($1::int[])", ["{\(lines)}"])
    }

    /// - Returns: how many rows were new, changed, unchanged and flagged.
    func merge(_ connection: borrowing Connection) throws -> Receipt.Counts {
        try Self.lock(connection)
        if kind.columns.contains(where: { $0.name == "client" }) {
            try connection.query(try sql.text("merge/clients.sql"))
        }
        var counts = Receipt.Counts()
        let merged = try connection.query(try statement, kind.mergeTakesReceipt ? ["\(receipt)"] : [])
        (counts.inserted, counts.changed, counts.unchanged) =
            try merged.first {
                (try $0.integer("inserted"), try $0.integer("changed"), try $0.integer("unchanged"))
            } ?? (0, 0, 0)
        if kind.isOfClients {
            try connection.query(try sql.text("merge/touched_by_clients.sql"), ["\(receipt)"])
            try connection.query(try sql.text("merge/client_counts.sql"))
        }
        if counts.inserted + counts.changed > 0 {
            try ClientCounts(sql: sql).follow(kind, receipt: receipt, connection)
            try TrialRecords(sql: sql).follow(kind, receipt: receipt, connection)
        }
        try connection.query(try sql.text("merge/report_flags.sql"))
        if kind == .monthly {
            try connection.query(try sql.text("merge/indicator_counts.sql"))
            counts.flagged =
                try connection.query(try sql.text("merge/count_flagged.sql"))
                .first { try $0.integer("flagged") } ?? 0
        }
        return counts
    }

    /// The statement that takes the staged rows in.
    var statement: String {
        get throws {
            guard case .versions(let table) = kind.store else { return try sql.text("merge/\(kind.name).sql") }
            return KeyedStatement(kind: kind, table: table).filled(try sql.text("merge/keyed.sql"))
        }
    }

    /// Keeps the refused rows, and settles those of earlier loads that this one answers.
    /// - Returns: of how many accepted rows something is asked.
    func keep(_ findings: Findings, _ connection: borrowing Connection) throws -> Int {
        try findings.copy(connection)
        let marked = ["\(receipt)", "\(kind.tellsArm)"]
        try connection.query(try sql.text("merge/quarantine_rows.sql"), marked)
        try connection.query(try sql.text("merge/quarantine_defects.sql"), ["\(receipt)"])
        let asked = try connection.query(try sql.text("merge/questions.sql"), marked).first { try $0.integer("asked") }
        for statement in ["carry_closures", "settle_quarantine", "settle_overtaken"] {
            try connection.query(try sql.text("merge/\(statement).sql"), ["\(receipt)"])
        }
        try sealCodes(findings, connection)
        try connection.query(try settlement, ["\(receipt)", kind.name])
        if let lateSettlement = try lateSettlement { try connection.query(lateSettlement, ["\(receipt)"]) }
        return asked ?? 0
    }

    /// Codes of rows that may settle refused ones, staged now or stored by later files, as keys of refused rows have them.
    private func sealCodes(_ findings: Findings, _ connection: borrowing Connection) throws {
        guard let table = kind.versions else { return }
        for column in kind.sealedInKey {
            let codes = try connection.query(
                """
                select upper(\(column)) as code from staging
                union select upper(\(column)) from \(table) where receipt_id > $1::int
                """, ["\(receipt)"]
            ).map { try $0.string("code") }
            try connection.copy("copy staged_seal (code, seal) from stdin") { out in
                for code in codes { try out.write(CopyText.line([code, findings.seal(code)])) }
            }
        }
    }

    /// The statement that settles refused rows by the keys of accepted ones.
    var settlement: String {
        get throws {
            let file = kind.store == .bundles ? "settle_\(kind.name)" : "settle_by_key"
            return SettleStatement(kind: kind).staged(try sql.text("merge/\(file).sql"))
        }
    }

    /// The statement that settles refused rows of this load by what later files have stored; nil for registers without
    /// versions, which cannot tell.
    var lateSettlement: String? {
        get throws {
            if kind.store == .bundles { return try sql.text("merge/settle_late_\(kind.name).sql") }
            guard let table = kind.versions else { return nil }
            return SettleStatement(kind: kind).stored(try sql.text("merge/settle_late.sql"), table: table)
        }
    }
}

extension ReportKind {
    /// The table that keeps every version of its rows, one row each, or the view of those that stand; nil where there is
    /// none.
    var versions: String? {
        switch store {
        case .versions(let table): table
        case .own: self == .monthly ? "standing_report" : nil
        case .bundles: nil
        }
    }

    /// The registry and the calendar have no versions: what they say is the state of things.
    var mergeTakesReceipt: Bool { self != .sites && self != .calendar }

    /// Client records that monthly reports are held against.
    var isOfClients: Bool { [.episodes, .doses, .urine].contains(self) }
}
