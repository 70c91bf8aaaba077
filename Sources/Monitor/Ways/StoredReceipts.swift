import Foundation
import Ingest
import Postgres
import Words

/// Receipts that the database holds already, for a file of which nobody has been told yet: a run was killed before it
/// wrote them, or the file came another way.
struct StoredReceipts {
    let known: KnownFile
    private let singles: [ReceiptPages.Single]
    private let words: Words

    init(_ known: KnownFile, sql: SQLFolder, _ words: Words, _ connection: borrowing Connection) throws {
        self.known = known
        self.words = words
        let cut = try Counts(sql: sql).dataCut(.programme, connection)
        let pages = ReceiptPages(sql: sql, words: words)
        var singles: [ReceiptPages.Single] = []
        for number in known.receipts {
            if let single = try pages.single(number, cut: cut, connection) { singles.append(single) }
        }
        self.singles = singles
    }

    var outcome: Receipt.Outcome { Delivered.outcome(of: known.outcomes) }
    var status: LoadStatus { known.outcomes.map(\.status).reduce(.accepted) { $0.worse($1) } }

    var text: String { singles.map { StoredReceiptText(receipt: $0, words: words).text }.joined(separator: "\n") }

    /// Each as `/api/v1/receipts/NUMBER` answers.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            let stored = String(decoding: try encoder.encode(singles), as: UTF8.self)
            return """
                {"outcome": "\(outcome.rawValue)", "stored": \(stored)}

                """
        }
    }
}
