import Foundation
import Postgres

/// Refused rows on their way into the database. COPY of the good rows holds the connection meanwhile, so they wait in
/// two files: memory stays flat whatever is refused.
final class Quarantine {
    private let header: [String]
    private let rows: SpoolFile
    private let defects: SpoolFile
    private(set) var count = 0

    init(header: [String]) throws {
        self.header = header
        rows = try SpoolFile()
        defects = try SpoolFile()
    }

    func add(_ record: Record, _ refused: RowDefects) throws {
        count += 1
        try rows.write(
            CopyText.line(["\(record.line)", refused.site.map(String.init), refused.month?.firstDay, json(record)]))
        for (number, defect) in refused.defects.enumerated() {
            try defects.write(
                CopyText.line([
                    "\(defect.line)", "\(number + 1)", defect.column, defect.value, defect.code.rawValue,
                    defect.expected,
                ]))
        }
    }

    /// Sends what waits to the server's temporary tables.
    func copy(_ connection: borrowing Connection) throws {
        guard count > 0 else { return }
        try connection.copy("copy refused_row from stdin") { out in
            try rows.forEachChunk { try out.write($0) }
        }
        try connection.copy("copy refused_defect from stdin") { out in
            try defects.forEachChunk { try out.write($0) }
        }
    }

    /// The row as an object; cells beyond the header get numbers for names.
    private func json(_ record: Record) throws -> String {
        let pairs = record.cells.indices.map { index in
            (index < header.count && !header[index].isEmpty ? header[index] : "\(index + 1)", record.text(index))
        }
        let object = Dictionary(pairs) { first, second in "\(first) | \(second)" }
        return String(decoding: try JSONEncoder().encode(object), as: UTF8.self)
    }
}
