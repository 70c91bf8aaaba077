import Foundation
import Postgres

/// The receipts in the database.
enum ReceiptLedger {
    /// First half of the advisory lock that a load holds on its receipt while it lives (the number is arbitrary).
    private static let lockClass = "6177002"

    /// Writes down that a file arrived. The lock tells a load that goes on from one that was killed.
    static func begin(_ file: ReceivedFile, history: Bool, _ connection: borrowing Connection) throws -> Int {
        try FileArchive.keep(file, connection)
        let rows = try connection.query(
            """
            insert into receipt (file_name, sha256, history) values ($1, $2, $3)
            returning receipt_id, pg_advisory_lock(\(lockClass), receipt_id)
            """, [file.name, file.sha256, "\(history)"])
        return try rows.first { try $0.integer("receipt_id") } ?? 0
    }

    static func letGo(_ receipt: Int, _ connection: borrowing Connection) {
        _ = try? connection.query("select pg_advisory_unlock(\(lockClass), $1)", ["\(receipt)"])
    }

    /// The receipt under which these bytes were loaded whole; nil if there is something left to do for them.
    static func loadedBefore(_ file: ReceivedFile, _ connection: borrowing Connection) throws -> (
        id: Int, kind: String, rows: Int
    )? {
        try connection.query(
            """
            select receipt_id, kind, rows_received from receipt
            where sha256 = $1 and outcome = 'loaded' order by receipt_id desc limit 1
            """, [file.sha256]
        ).first { (try $0.integer("receipt_id"), try $0.string("kind"), try $0.integer("rows_received")) }
    }

    static func finish(_ receipt: Receipt, number: Int, _ connection: borrowing Connection) throws {
        let counts = receipt.counts
        try connection.query(
            """
            update receipt set finished_at = clock_timestamp(), outcome = $2, kind = $3, encoding = $4,
                encoding_evidence = $5, rows_received = $6, rows_inserted = $7, rows_changed = $8, rows_unchanged = $9,
                rows_rejected = $10, rows_flagged = $11, columns_unknown = $12, columns_missing = $13, repeats = $14,
                refusal = $15
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
            ])
    }

    /// Loads that were killed: receipts that nobody holds any more. The caller holds them now.
    static func takeInterrupted(_ connection: borrowing Connection) throws -> [(id: Int, name: String, sha256: String)]
    {
        let started = try connection.query(
            "select receipt_id, file_name, sha256 from receipt where outcome = 'started' order by receipt_id")
        return try started.map { (try $0.integer("receipt_id"), try $0.string("file_name"), try $0.string("sha256")) }
            .filter { receipt in
                let held =
                    try connection.query(
                        "select pg_try_advisory_lock(\(lockClass), $1) as held", ["\(receipt.id)"]
                    ).first { try $0.bool("held") } ?? false
                // It may have been finished between the reading of the list and the lock.
                let isOpen =
                    try connection.query(
                        "select from receipt where receipt_id = $1 and outcome = 'started'", ["\(receipt.id)"]
                    ).count == 1
                if held, !isOpen { letGo(receipt.id, connection) }
                return held && isOpen
            }
    }

    /// The first faults of a receipt, in order.
    static func defects(_ receipt: Int, _ connection: borrowing Connection) throws -> [Defect] {
        try connection.query(
            """
            select line, column_name, value, code, expected from row_defect
            where receipt_id = $1 order by line, number limit \(Receipt.defectsShown)
            """, ["\(receipt)"]
        ).map { row in
            Defect(
                line: try row.integer("line"), column: try row.text("column_name"), value: try row.text("value"),
                code: Defect.Code(rawValue: try row.string("code")) ?? .valueMissing, expected: try row.text("expected")
            )
        }
    }

    private static func json(_ object: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(object), as: UTF8.self)
    }

    /// An array literal of PostgreSQL; every element quoted.
    private static func array(_ texts: [String]) -> String {
        let quoted = texts.map { text in
            "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
        }
        return "{" + quoted.joined(separator: ",") + "}"
    }
}
