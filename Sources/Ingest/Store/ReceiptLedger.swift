import Foundation
import Postgres

/// The receipts in the database.
enum ReceiptLedger {
    /// First half of the advisory lock that a load holds on its receipt while it lives (the number is arbitrary).
    private static let lockClass = "6177002"

    /// Writes down that a file arrived. The lock tells a load that goes on from one that was killed.
    /// - Parameter number: the file's in the archive.
    static func begin(
        _ file: ReceivedFile, number: Int, _ options: ReportLoader.Options, _ connection: borrowing Connection
    ) throws -> Int {
        let rows = try connection.query(
            """
            insert into receipt (file_name, file_id, history, source, sender) values ($1, $2, $3, $4, $5)
            returning receipt_id, pg_advisory_lock(\(lockClass), receipt_id)
            """, [file.name, "\(number)", "\(options.history)", options.source, options.sender])
        return try rows.first { try $0.integer("receipt_id") } ?? 0
    }

    /// Begins another receipt of the same arrival, for a further table of the file.
    static func begin(beside arrival: Int, _ connection: borrowing Connection) throws -> Int {
        let rows = try connection.query(
            """
            insert into receipt (file_name, file_id, history, source, sender)
            select file_name, file_id, history, source, sender from receipt where receipt_id = $1
            returning receipt_id, pg_advisory_lock(\(lockClass), receipt_id)
            """, ["\(arrival)"])
        return try rows.first { try $0.integer("receipt_id") } ?? 0
    }

    /// Waits until no other load of the same bytes is under way: of two at once, the second finds everything done. Held by
    /// the file's row and not by a lock made of its content, for everybody may look at locks.
    static func lockContent(of arrival: Int, _ connection: borrowing Connection) throws {
        try connection.query(
            """
            select from received_file where file_id = (select file_id from receipt where receipt_id = $1)
            for no key update
            """, ["\(arrival)"])
    }

    static func letGo(_ receipt: Int, _ connection: borrowing Connection) {
        _ = try? connection.query("select pg_advisory_unlock(\(lockClass), $1)", ["\(receipt)"])
    }

    /// The receipt under which this table was loaded whole; nil if there is something left to do for it.
    /// - Parameter own: the receipts of this very load, which do not count.
    static func loadedBefore(
        sheet: String?, own: [Int], _ connection: borrowing Connection
    ) throws -> (id: Int, rows: Int)? {
        try connection.query(
            """
            select receipt_id, rows_received from receipt
            where file_id = (select file_id from receipt where receipt_id = $1)
              and sheet is not distinct from $2 and outcome = 'loaded' and receipt_id <> all ($3::int[])
            order by receipt_id desc limit 1
            """, ["\(own[0])", sheet, "{\(own.map(String.init).joined(separator: ","))}"]
        ).first { (try $0.integer("receipt_id"), try $0.integer("rows_received")) }
    }

    /// What an earlier reading of the same table has left open; nil where the table is new.
    static func earlierReading(
        sheet: String?, before number: Int, _ connection: borrowing Connection
    ) throws -> EarlierReading? {
        let earlier = try connection.query(
            """
            select max(receipt_id) as receipt_id from receipt
            where file_id = (select file_id from receipt where receipt_id = $1)
              and sheet is not distinct from $2 and receipt_id < $1
              and (outcome = 'partly_loaded' or outcome = 'refused' and rows_rejected > 0)
            """, ["\(number)", sheet]
        ).first { try $0.int("receipt_id") }
        guard let earlier, let receipt = earlier else { return nil }
        return try EarlierReading(of: receipt, connection)
    }

    /// The columns of the last table of the same source and kind; nil before there is one.
    static func lastHeader(
        source: String, kind: ReportKind, format: String, before number: Int, _ connection: borrowing Connection
    ) throws -> [String]? {
        try connection.query(
            """
            select array_to_string(header, chr(31)) as header from receipt
            where source = $1 and kind = $2 and format = $3 and outcome in ('loaded', 'partly_loaded')
              and receipt_id < $4
            order by receipt_id desc limit 1
            """, [source, kind.name, format, "\(number)"]
        ).first {
            try $0.string("header").split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Writes down which sheet a load is about to read: what it refuses is held against earlier loads of that sheet.
    static func begin(sheet: String?, number: Int, _ connection: borrowing Connection) throws {
        guard let sheet else { return }
        try connection.query("update receipt set sheet = $2 where receipt_id = $1", ["\(number)", sheet])
    }

    /// Receipts of the same bytes that tell a sheet's own name, from before names were kept back, take the label: else the
    /// sheet would seem to be another one.
    static func relabel(
        _ sheet: String, as label: String, number: Int, _ connection: borrowing Connection
    ) throws {
        guard !sheet.hasPrefix("#") else { return }  // it may be the label of another sheet
        try connection.query(
            """
            update receipt set sheet = $3
            where file_id = (select file_id from receipt where receipt_id = $1) and sheet = $2
            """, ["\(number)", sheet, label])
    }

    static func finish(_ receipt: Receipt, number: Int, _ connection: borrowing Connection) throws {
        let counts = receipt.counts
        try connection.query(
            """
            update receipt set finished_at = clock_timestamp(), outcome = $2, kind = $3, encoding = $4,
                encoding_evidence = $5, rows_received = $6, rows_inserted = $7, rows_changed = $8, rows_unchanged = $9,
                rows_rejected = $10, rows_flagged = $11, columns_unknown = $12, columns_missing = $13, repeats = $14,
                refusal = $15, format = $16, sheet = $17, header = $18, notices = $19, takes = $20, sha256 = $21,
                byte_count = $22
            where receipt_id = $1
            """,
            [
                "\(number)", receipt.outcome.rawValue, receipt.kind, receipt.encoding?.encoding.rawValue,
                try receipt.encoding.map {
                    try json(["code": $0.reason, "bytes": $0.bytes, "offset": "\($0.offset)"])
                },
                "\(counts.received)", "\(counts.inserted)", "\(counts.changed)", "\(counts.unchanged)",
                "\(counts.rejected)", "\(counts.flagged)", array(receipt.unknownColumns), array(receipt.missingColumns),
                receipt.repeats.map(String.init),
                try receipt.refusal.map { try json($0.details.merging(["code": $0.code]) { own, _ in own }) },
                receipt.format, receipt.sheet, array(receipt.header), try json(receipt.notices), receipt.takes.rawValue,
                receipt.sha256, receipt.byteCount.map(String.init),
            ])
    }

    /// Takes a receipt that nobody holds, to finish its load.
    static func take(_ receipt: Int, _ connection: borrowing Connection) throws -> Bool {
        let isTaken = try connection.query(
            "select pg_try_advisory_lock(\(lockClass), $1) as held", ["\(receipt)"]
        ).first { try $0.bool("held") }
        guard isTaken == true else { return false }
        // It may have been finished since the caller read of it.
        if try isOpen(receipt, connection) { return true }
        letGo(receipt, connection)
        return false
    }

    /// Whether the load has neither ended nor been finished by another.
    static func isOpen(_ receipt: Int, _ connection: borrowing Connection) throws -> Bool {
        try connection.query(
            "select from receipt where receipt_id = $1 and outcome = 'started'", ["\(receipt)"]
        ).count == 1
    }

    /// The arrivals of loads that have not ended: they live, or were killed.
    static func open(_ connection: borrowing Connection) throws -> [Arrival] {
        try connection.query("\(Arrival.statement) where outcome = 'started' order by receipt_id").map(Arrival.init)
    }

    /// What a receipt says of how its file arrived.
    struct Arrival {
        static let statement = """
            select receipt_id, file_name, file_id, source, sender, history,
                   exists (select from load_token t where t.name = receipt.sender and not t.registers) as reports_only
            from receipt
            """

        let id: Int
        let name: String
        /// The file's number in the archive.
        let file: Int
        let options: ReportLoader.Options

        init(_ row: borrowing Row) throws {
            id = try row.integer("receipt_id")
            name = try row.string("file_name")
            file = try row.integer("file_id")
            options = ReportLoader.Options(
                history: try row.bool("history"), source: try row.string("source"), sender: try row.text("sender"),
                reportsOnly: try row.bool("reports_only"))
        }
    }

    /// Nil where there is no such receipt.
    static func arrival(_ receipt: Int, _ connection: borrowing Connection) throws -> Arrival? {
        try connection.query("\(Arrival.statement) where receipt_id = $1", ["\(receipt)"]).first(Arrival.init)
    }

    /// The first faults of a receipt, or the first questions to its accepted rows, in order.
    static func defects(
        _ receipt: Int, questions: Bool = false, _ connection: borrowing Connection
    ) throws -> [Defect] {
        try connection.query(
            """
            select line, column_name, value, code, expected from \(questions ? "row_question" : "row_defect")
            where receipt_id = $1 order by line, number limit \(Receipt.defectsShown)
            """, ["\(receipt)"]
        ).map { row in
            Defect(
                line: try row.integer("line"), column: try row.text("column_name"), value: try row.text("value"),
                code: Defect.Code(rawValue: try row.string("code")) ?? .valueMissing, expected: try row.text("expected")
            )
        }
    }

    private static func json(_ object: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(object), as: UTF8.self)
    }

    /// An array literal of PostgreSQL; every element quoted. By bytes: a quote with an accent is a quote.
    private static func array(_ texts: [String]) -> String {
        var bytes: [UInt8] = []
        for text in texts {
            bytes += bytes.isEmpty ? [0x22] : [0x2C, 0x22]
            for byte in text.utf8 { bytes += byte == 0x22 || byte == 0x5C ? [0x5C, byte] : [byte] }
            bytes.append(0x22)
        }
        return "{" + String(decoding: bytes, as: UTF8.self) + "}"
    }
}
