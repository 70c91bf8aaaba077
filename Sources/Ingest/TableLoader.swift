import Postgres

/// The stages of a load for one table of a file, in their order, inside the transaction of the file.
struct TableLoader {
    let sql: SQLFolder
    let vocabulary: Vocabulary
    let pseudonyms: Pseudonyms?
    let today: Day?
    let table: Table
    let number: Int
    /// The receipts of this load so far: that of the file's arrival first.
    let own: [Int]
    /// Another table of the same file is not right, and its sender's files are taken whole or not at all.
    let isHeld: Bool

    private var header: Header { table.header }
    private var kind: ReportKind { table.header.kind }

    func load(
        into receipt: inout Receipt, _ connection: borrowing Connection, _ progress: ReportLoader.Progress
    ) throws {
        receipt.describe(table)
        try ReceiptLedger.begin(sheet: table.label, number: number, connection)
        if let sheet = table.sheet, let label = table.label, sheet != label {
            try ReceiptLedger.relabel(sheet, as: label, number: number, connection)
        }
        if let before = try ReceiptLedger.loadedBefore(sheet: table.label, own: own, connection) {
            receipt.outcome = .repeated
            receipt.repeats = before.id
            receipt.counts.received = before.rows
            receipt.counts.unchanged = before.rows
            return
        }
        let policy = try Policy.load(receipt.source, connection)
        receipt.takes = policy.takes
        receipt.notices += try headerChange(receipt.source, policy, connection)
        try PseudonymCheck.hold(pseudonyms, for: kind, connection)

        let clients = ClientRegister(pseudonyms)
        let findings = try Findings(header, clients, isDiscreet: pseudonyms != nil)
        var reading = RowReading(
            table: table, parser: try parser(clients, connection),
            rules: RowRules(
                kind, try SiteRegistry.load(connection), try LinearRule.load(kind, sql: sql, connection)),
            clients: clients,
            earlier: try ReceiptLedger.earlierReading(sheet: table.label, before: own[0], connection))
        let merge = Merge(sql: sql, kind: kind, receipt: number)
        try merge.stage(connection)
        try stage(&reading, findings, clients, merge, connection, progress)
        if reading.received == 0 { throw FileRefusal("no_rows") }
        try merge.copy(clients, connection)
        receipt.notices += try holdAgainstKnown(&reading, findings, merge, connection)

        if isHeld || policy.takes == .wholeFile && findings.refused > 0 {
            let held = try reading.holdBack(findings)
            receipt.notices.append(Notice("held_back", ["count": "\(held)"]))
            try merge.stage(connection)
        } else {
            receipt.counts = try merge.merge(connection)
        }
        receipt.notices += reading.notices
        receipt.counts.received = reading.received
        receipt.counts.unchanged += reading.known
        receipt.counts.rejected = findings.refused
        receipt.counts.flagged += try merge.keep(findings, connection)
        receipt.outcome =
            findings.refused == 0 ? .loaded : findings.refused == reading.received ? .refused : .partlyLoaded
        receipt.defects = try ReceiptLedger.defects(number, connection)
        receipt.questions = try ReceiptLedger.defects(number, questions: true, connection)
    }

    /// Valid rows into the staging table, refused ones among the findings.
    private func stage(
        _ reading: inout RowReading, _ findings: Findings, _ clients: ClientRegister, _ merge: Merge,
        _ connection: borrowing Connection, _ progress: ReportLoader.Progress
    ) throws {
        guard kind.store == .bundles else {
            try connection.copy(merge.copyStatement) { out in
                try reading.run(findings, progress) { row in
                    try out.write(CopyText.line(["\(row.line)"] + row.values.map(\.text)))
                }
            }
            return
        }
        let form: any BundleForm =
            kind == .doses
            ? DoseSheets() : UrineLists(clients, tellsSchedule: !header.missing.contains("schedule"))
        let rows = try BundledRows()
        try reading.run(findings, progress) { row in
            if let bundled = form.row(row.values, line: row.line) {
                try rows.add(bundled, bundle: form.bundle(of: bundled))
            }
        }
        try reading.refuse(try form.copy(rows, connection), findings)
    }

    /// Refuses the staged rows that are wrong beside what is known already.
    private func holdAgainstKnown(
        _ reading: inout RowReading, _ findings: Findings, _ merge: Merge, _ connection: borrowing Connection
    ) throws -> [Notice] {
        let (corrections, broken) = try AbsentColumns(sql: sql, table: table)
            .keep(receipt: number, connection) { reading.fault(in: $0) }
        try merge.unstage(broken, connection)
        let refused = try broken + MonthLocks(sql: sql, kind: kind).refuse(connection)
        try reading.refuse(refused, findings)
        let stored = corrections.subtracting(refused.map(\.line))
        return stored.isEmpty ? [] : [Notice("columns_kept", ["count": "\(stored.count)"])]
    }

    private func parser(_ clients: ClientRegister, _ connection: borrowing Connection) throws -> RowParser {
        RowParser(
            header: header,
            cells: CellParser(
                codes: try KnownCodes.load(connection), clients: clients, vocabulary: vocabulary,
                today: try today ?? ProgrammeClock.today(connection)))
    }

    private func headerChange(
        _ source: String, _ policy: Policy, _ connection: borrowing Connection
    ) throws -> [Notice] {
        let last = try ReceiptLedger.lastHeader(
            source: source, kind: kind, format: table.format.rawValue, before: own[0], connection)
        guard let last else { return [] }
        let change = HeaderChange(from: last, to: header.names)
        if policy.refusesChangedHeader, !change.notices.isEmpty { throw change.refusal }
        return change.notices
    }
}
