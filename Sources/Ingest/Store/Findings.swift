import Foundation
import Postgres

/// Refused rows, and questions to accepted ones, on their way into the database. COPY of the good rows holds the
/// connection meanwhile, so they wait in files: memory stays flat whatever is refused.
final class Findings {
    private let header: Header
    /// By place in the file: the declared column that stands there.
    private let declared: [Int: String]
    private let clients: ClientRegister
    /// A pseudonym key is in use, and rows are about single persons: what was typed may be a client's number, in any
    /// column, and is not kept.
    private let isDiscreet: Bool
    /// A column is masked, as the arm of a trial is: it may have slipped into any other but those that name the place.
    private let isMasked: Bool
    private let rows: SpoolFile
    private let defects: SpoolFile
    private let questions: SpoolFile
    private(set) var refused = 0

    init(_ header: Header, _ clients: ClientRegister, isDiscreet: Bool) throws {
        self.header = header
        declared = Dictionary(
            uniqueKeysWithValues: zip(header.kind.columns, header.places).compactMap { column, place in
                place.map { ($0, column.name) }
            })
        self.clients = clients
        self.isDiscreet = isDiscreet && header.kind.isPersonal
        isMasked = header.kind.isMasked
        rows = try SpoolFile()
        defects = try SpoolFile()
        questions = try SpoolFile()
    }

    /// A code as keys of refused rows hold it.
    func seal(_ code: String) -> String { isDiscreet ? clients.seal(code) : code }

    func refuse(_ record: Record, _ fault: RowDefects) throws {
        refused += 1
        try rows.write(
            CopyText.line([
                "\(record.line)", fault.row?.site.map(String.init), fault.row?.month?.firstDay, cells(record),
                fault.row.flatMap(key),
            ]))
        for (number, defect) in fault.defects.enumerated() {
            try defects.write(
                CopyText.line(["\(defect.line)", "\(number + 1)"] + texts(of: defect)))
        }
    }

    func ask(_ row: ValidRow, site: Int?) throws {
        guard !row.questions.isEmpty else { return }
        for (number, defect) in row.questions.enumerated() {
            try questions.write(
                CopyText.line(["\(defect.line)", "\(number + 1)", site.map(String.init)] + texts(of: defect)))
        }
    }

    /// Sends what waits to the server's temporary tables.
    func copy(_ connection: borrowing Connection) throws {
        for (table, file) in [("refused_row", rows), ("refused_defect", defects), ("asked", questions)]
        where !file.isEmpty {
            try connection.copy("copy \(table) from stdin") { out in
                try file.forEachChunk { try out.write($0) }
            }
        }
    }

    private func texts(of defect: Defect) -> [String?] {
        let isShaped = isDiscreet && !defect.code.isOfUnderstoodCell
        let value = isMasked && !isOpen(defect.column) ? "•" : isShaped ? defect.value.map(Self.shape) : defect.value
        return [defect.column, value, defect.code.rawValue, defect.expected]
    }

    private func isOpen(_ column: String?) -> Bool { column == "site" || column == "trial" }

    /// What a text looks like, without what it says: 9 for every digit, A for every other letter.
    private static func shape(_ text: String) -> String {
        String(text.map { $0.isNumber ? "9" : $0.isLetter ? "A" : $0 })
    }

    /// The values of the kind's key in one text, as `sql/merge/settle_by_key.sql` writes them; nil where one is missing.
    /// A code of the sender's own making may be a client's number that slipped: it is sealed as a number is.
    private func key(_ row: ParsedRow) -> String? {
        let parts = header.kind.key.map { name -> String? in
            switch row[name].folded {
            case .client(let place): clients.code(of: place)
            case .blank: header.kind.columns.first { $0.name == name }?.blank
            case .text(let code) where header.kind.sealedInKey.contains(name): seal(code)
            case let value: value.text
            }
        }
        return parts.contains(nil) ? nil : parts.compactMap(\.self).joined(separator: "|")
    }

    /// The row as an object; cells beyond the header get numbers for names. Blank cells of columns that nobody reads are
    /// left out: there may be sixteen thousand in every row.
    private func cells(_ record: Record) -> String {
        var fields: [(String, String)] = []
        for index in 0..<record.count {
            let column = declared[index]
            if column == nil, record.isEmpty(index) { continue }
            let text = record.text(index)
            let name = index < header.width && !header.names[index].isEmpty ? header.names[index] : "\(index + 1)"
            let isHidden = isMasked && (!isOpen(column) || record.count != header.width)
            fields.append((name, isHidden ? "•" : isDiscreet ? Self.shape(text) : text))
        }
        return JSONText.object(fields)
    }
}
