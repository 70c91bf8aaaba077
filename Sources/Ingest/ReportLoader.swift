import Foundation
public import Postgres

/// The spine of a load. One file in, a receipt out for each table in it; the same function serves the command line, the
/// inbox and HTTP. What happens to one table is in `TableLoader`.
///
///     file → format, encoding → CSV | workbook | data values → Record → columns → ParsedRow → rules → ValidRow | Defect
///          → COPY into staging, sql/merge/<kind>.sql → PostgreSQL, with a receipt
public struct ReportLoader: Sendable {
    public struct Options: Sendable {
        /// Go through everything and store nothing.
        public var dryRun: Bool
        /// The reports arrived earlier through another system: their own `submitted_at` counts for timeliness.
        public var history: Bool
        /// Who sends: the policy for the file is this source's.
        public var source: String
        /// Name of the access token that the file came with.
        public var sender: String?
        /// Only reports: files that change the registers of the programme are refused.
        public var reportsOnly: Bool

        public init(
            dryRun: Bool = false, history: Bool = false, source: String = Policy.defaultSource, sender: String? = nil,
            reportsOnly: Bool = false
        ) {
            self.reportsOnly = reportsOnly
            self.dryRun = dryRun
            self.history = history
            self.source = source
            self.sender = sender
        }
    }

    /// Told now and then how many rows were read, and which part of the file that is, from 0 to 1, where known.
    public typealias Progress = (_ rows: Int, _ part: Double?) -> Void

    private let sql: SQLFolder
    private let vocabulary: Vocabulary
    private let pseudonyms: Pseudonyms?
    private let today: Day?
    private let archive: FileArchive

    /// - Parameters:
    ///   - pseudonyms: makes pseudonyms of clients' numbers; nil keeps the numbers.
    ///   - today: nil for what the programme's clock says.
    public init(sql: SQLFolder, vocabulary: Vocabulary, pseudonyms: Pseudonyms? = nil, today: Day? = nil) {
        self.sql = sql
        self.vocabulary = vocabulary
        self.pseudonyms = pseudonyms
        self.today = today
        archive = FileArchive(pseudonyms)
    }

    /// Loads a file: first that it arrived, then, in one transaction, all that follows from it.
    /// - Throws: only where the machinery fails; a bad file or row is in its receipt.
    public func load(
        _ file: ReceivedFile, _ options: Options, _ connection: borrowing Connection, _ progress: Progress = { _, _ in }
    ) throws -> [Receipt] {
        if options.dryRun { return try dryRun(file, options, connection, progress) }
        InterruptedLoads.endWithProgram(connection)
        let (number, isKept) = try connection.transaction { connection in
            let kept = try archive.keep(file, connection)
            return (try ReceiptLedger.begin(file, number: kept.file, options, connection), kept.isKept)
        }
        defer { ReceiptLedger.letGo(number, connection) }
        guard isKept else {
            let refusal = FileRefusal("pseudonym_key_missing")
            return try connection.transaction { [try refuse(file, options, refusal, number: number, $0)] }
        }
        return try store(file, options, number: number, connection, progress)
    }

    /// Loads again, under their own receipts, files whose load was killed.
    /// - Parameter isWaiting: told the file of a load that has not ended, while it is found out whether that lives.
    public func resumeInterrupted(
        _ connection: borrowing Connection, isWaiting: (String) -> Void = { _ in },
        _ progress: Progress = { _, _ in }
    ) throws -> [Receipt] {
        InterruptedLoads.endWithProgram(connection)
        var receipts: [Receipt] = []
        for interrupted in try InterruptedLoads.take(connection, isWaiting) {
            defer { ReceiptLedger.letGo(interrupted.id, connection) }
            let file = try archive.restore(interrupted.file, name: interrupted.name, connection)
            receipts += try store(file, interrupted.options, number: interrupted.id, connection, progress)
        }
        return receipts
    }

    /// Loads once more, under a new receipt, what was refused of an earlier one: after a fix of the registry, of an
    /// alias or of a rule.
    /// - Returns: nil where there is no such receipt.
    public func redrive(
        _ receipt: Int, _ connection: borrowing Connection, _ progress: Progress = { _, _ in }
    ) throws -> [Receipt]? {
        guard let arrival = try ReceiptLedger.arrival(receipt, connection) else { return nil }
        let file = try archive.restore(arrival.file, name: arrival.name, connection)
        return try load(file, arrival.options, connection, progress)
    }

    /// What the database knows of a file's bytes; nil for bytes that are new.
    /// - Parameter sha256: of the bytes, in hexadecimal.
    public func known(_ sha256: String, _ connection: borrowing Connection) throws -> KnownFile? {
        try KnownFile.find(sha256, in: archive, connection)
    }

    private func store(
        _ file: ReceivedFile, _ options: Options, number: Int, _ connection: borrowing Connection, _ progress: Progress
    ) throws -> [Receipt] {
        do {
            return try connection.transaction { try read(file, options, number: number, $0, progress) }
        } catch {
            guard let refusal = Self.refusal(error) else { throw error }
            return try connection.transaction { [try refuse(file, options, refusal, number: number, $0)] }
        }
    }

    /// What an error says of the file; nil where it is the machinery's.
    private static func refusal(_ error: any Error) -> FileRefusal? {
        switch error {
        case let refusal as FileRefusal: refusal
        // Our rules let something through that the schema does not: it would fail again, so it is refused for good.
        case let error as PostgresError where error.isAboutData:
            FileRefusal(
                "database_refused", ["state": error.sqlState ?? "", "place": error.constraint ?? error.column ?? "?"])
        default: nil
        }
    }

    /// The same path, rolled back.
    private func dryRun(
        _ file: ReceivedFile, _ options: Options, _ connection: borrowing Connection, _ progress: Progress
    ) throws -> [Receipt] {
        try connection.query("begin")
        defer { _ = try? connection.query("rollback") }
        let kept = try archive.keep(file, connection)
        let number = try ReceiptLedger.begin(file, number: kept.file, options, connection)
        defer { ReceiptLedger.letGo(number, connection) }
        var receipts: [Receipt]
        do {
            try connection.query("savepoint before_reading")
            if !kept.isKept { throw FileRefusal("pseudonym_key_missing") }
            receipts = try read(file, options, number: number, connection, progress)
        } catch {
            guard let refusal = Self.refusal(error) else { throw error }
            try connection.query("rollback to before_reading")
            receipts = [try refuse(file, options, refusal, number: number, connection)]
        }
        for index in receipts.indices { receipts[index].id = nil }
        return receipts
    }

    private func refuse(
        _ file: ReceivedFile, _ options: Options, _ refusal: FileRefusal, number: Int,
        _ connection: borrowing Connection
    ) throws -> Receipt {
        var receipt = Receipt(file, id: number, source: options.source)
        receipt.outcome = .refused
        receipt.refusal = refusal
        try ReceiptLedger.finish(receipt, number: number, connection)
        return receipt
    }

    /// Every table of the file in its turn; the first takes the receipt of the file's arrival.
    private func read(
        _ file: ReceivedFile, _ options: Options, number: Int, _ connection: borrowing Connection, _ progress: Progress
    ) throws -> [Receipt] {
        try ReceiptLedger.lockContent(of: number, connection)
        let tables = try Tables.find(in: file, vocabulary, hasKey: pseudonyms != nil)
        if options.reportsOnly, let register = tables.first(where: { $0.header.kind.isRegister }) {
            throw FileRefusal("kind_not_allowed", ["kind": register.header.kind.name])
        }
        try connection.query("savepoint before_tables")
        let receipts = try read(tables, file, options, number: number, areHeld: false, connection, progress)
        guard Self.isHalf(receipts) else { return receipts }
        try connection.query("rollback to before_tables")
        return try read(tables, file, options, number: number, areHeld: true, connection, progress)
    }

    /// Whether some tables of a file that is taken whole or not at all are right and others are not.
    private static func isHalf(_ receipts: [Receipt]) -> Bool {
        receipts.contains { $0.takes == .wholeFile } && receipts.contains { $0.counts.rejected > 0 }
            && receipts.contains { $0.outcome == .loaded }
    }

    private func read(
        _ tables: [Table], _ file: ReceivedFile, _ options: Options, number: Int, areHeld: Bool,
        _ connection: borrowing Connection, _ progress: Progress
    ) throws -> [Receipt] {
        let isOpen = !tables.contains { $0.header.kind.isConfidential }
        var receipts: [Receipt] = []
        var own: [Int] = []
        defer { for number in own.dropFirst() { ReceiptLedger.letGo(number, connection) } }
        for table in tables {
            let number = own.isEmpty ? number : try ReceiptLedger.begin(beside: number, connection)
            own.append(number)
            let loader = TableLoader(
                sql: sql, vocabulary: vocabulary, pseudonyms: pseudonyms, today: today, table: table, number: number,
                own: own, isHeld: areHeld)
            var receipt = Receipt(file, id: number, source: options.source, isOpen: isOpen)
            try loader.load(into: &receipt, connection, progress)
            try ReceiptLedger.finish(receipt, number: number, connection)
            receipts.append(receipt)
        }
        return receipts
    }
}
