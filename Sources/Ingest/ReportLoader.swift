import Foundation
public import Postgres

/// The spine of a load. One file in, one receipt out; the same function serves the command line, the inbox and HTTP.
///
///     file → encoding → text → CSV → Record → columns → ParsedRow → rules → ValidRow | Defect
///          → COPY into staging, sql/merge/<kind>.sql → PostgreSQL, with a receipt
public struct ReportLoader: Sendable {
    public struct Options: Sendable {
        /// Go through everything and store nothing.
        public var dryRun: Bool
        /// The reports arrived earlier through another system: their own `submitted_at` counts for timeliness.
        public var history: Bool

        public init(dryRun: Bool = false, history: Bool = false) {
            self.dryRun = dryRun
            self.history = history
        }
    }

    private let sql: SQLFolder
    private let names: ColumnNames
    private let currentMonth: Month?

    /// - Parameter currentMonth: the month that "now" is in; nil for what the programme's clock says.
    public init(sql: SQLFolder, names: ColumnNames, currentMonth: Month? = nil) {
        self.sql = sql
        self.names = names
        self.currentMonth = currentMonth
    }

    /// Loads a file: first that it arrived, then, in one transaction, all that follows from it.
    /// - Throws: only where the machinery fails; a bad file or row is in the receipt.
    public func load(_ file: ReceivedFile, _ options: Options, _ connection: borrowing Connection) throws -> Receipt {
        if options.dryRun { return try dryRun(file, options, connection) }
        let number = try connection.transaction { try ReceiptLedger.begin(file, history: options.history, $0) }
        defer { ReceiptLedger.letGo(number, connection) }
        return try store(file, number: number, connection)
    }

    /// Loads again, under their own receipts, files whose load was killed.
    public func resumeInterrupted(_ connection: borrowing Connection) throws -> [Receipt] {
        var receipts: [Receipt] = []
        for interrupted in try ReceiptLedger.takeInterrupted(connection) {
            defer { ReceiptLedger.letGo(interrupted.id, connection) }
            let file = try FileArchive.restore(interrupted.sha256, name: interrupted.name, connection)
            receipts.append(try store(file, number: interrupted.id, connection))
        }
        return receipts
    }

    private func store(_ file: ReceivedFile, number: Int, _ connection: borrowing Connection) throws -> Receipt {
        do {
            return try connection.transaction { try read(file, number: number, $0) }
        } catch let refusal as FileRefusal {
            return try connection.transaction { try refuse(file, refusal, number: number, $0) }
        } catch let error as PostgresError where error.isAboutData {
            // Our rules let something through that the schema does not: it would fail again, so it is refused for good.
            let refusal = FileRefusal(
                "database_refused", ["state": error.sqlState ?? "", "place": error.constraint ?? error.column ?? "?"])
            return try connection.transaction { try refuse(file, refusal, number: number, $0) }
        }
    }

    /// The same path, rolled back.
    private func dryRun(_ file: ReceivedFile, _ options: Options, _ connection: borrowing Connection) throws -> Receipt
    {
        try connection.query("begin")
        defer { _ = try? connection.query("rollback") }
        let number = try ReceiptLedger.begin(file, history: options.history, connection)
        defer { ReceiptLedger.letGo(number, connection) }
        var receipt: Receipt
        do {
            try connection.query("savepoint before_reading")
            receipt = try read(file, number: number, connection)
        } catch let refusal as FileRefusal {
            try connection.query("rollback to before_reading")
            receipt = try refuse(file, refusal, number: number, connection)
        }
        receipt.id = nil
        return receipt
    }

    private func refuse(
        _ file: ReceivedFile, _ refusal: FileRefusal, number: Int, _ connection: borrowing Connection
    ) throws -> Receipt {
        var receipt = Receipt(file, id: number)
        receipt.outcome = .refused
        receipt.refusal = refusal
        try ReceiptLedger.finish(receipt, number: number, connection)
        return receipt
    }

    /// The stages, in order.
    private func read(_ file: ReceivedFile, number: Int, _ connection: borrowing Connection) throws -> Receipt {
        var receipt = Receipt(file, id: number)
        if let before = try ReceiptLedger.loadedBefore(file, connection) {
            receipt.outcome = .repeated
            receipt.repeats = before.id
            receipt.kind = before.kind
            receipt.counts.received = before.rows
            receipt.counts.unchanged = before.rows
            try ReceiptLedger.finish(receipt, number: number, connection)
            return receipt
        }
        let encoding = try EncodingDetector.decide(file)
        var reader = CSVReader(try TextStream(file, encoding))
        guard let first = try reader.next() else { throw FileRefusal("no_rows") }
        let header = try Header(first, names: names)
        let merge = Merge(sql: sql, kind: header.kind, receipt: number)
        let quarantine = try Quarantine(header: first.cells.indices.map { first.text($0) })

        try merge.stage(connection)
        let received = try copyRows(&reader, header, into: merge, or: quarantine, connection)
        receipt.counts = try merge.merge(connection)
        receipt.counts.received = received
        receipt.counts.rejected = quarantine.count
        try merge.keep(quarantine, connection)

        receipt.kind = header.kind.name
        receipt.encoding = encoding
        receipt.unknownColumns = header.unknown
        receipt.missingColumns = header.missing
        receipt.outcome = quarantine.count == 0 ? .loaded : quarantine.count == received ? .refused : .partlyLoaded
        receipt.defects = try ReceiptLedger.defects(number, connection)
        try ReceiptLedger.finish(receipt, number: number, connection)
        return receipt
    }

    /// - Returns: how many rows the file has.
    private func copyRows(
        _ reader: inout CSVReader, _ header: Header, into merge: Merge, or quarantine: Quarantine,
        _ connection: borrowing Connection
    ) throws -> Int {
        let registry = try SiteRegistry.load(connection)
        let cells = CellParser(
            registry: registry, currentMonth: try currentMonth ?? ProgrammeClock.month(connection))
        let parser = RowParser(header: header, cells: cells)
        var rules = RowRules(header.kind, registry)
        var received = 0
        try connection.copy(merge.copyStatement) { out in
            while let record = try reader.next() {
                received += 1
                switch parser.parse(record).flatMap({ rules.check($0) }) {
                case .success(let row):
                    try out.write(CopyText.line(["\(row.line)"] + row.values.map(\.copyText)))
                case .failure(let refused):
                    try quarantine.add(record, refused)
                }
            }
        }
        if received == 0 { throw FileRefusal("no_rows") }
        return received
    }
}
