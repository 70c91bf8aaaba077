public import Foundation
public import Postgres
public import Words

/// What goes back to the sender of a file: his own rows as a workbook, bad cells coloured and told in a comment, or a
/// file of the refused rows alone, to be put right and sent again. Both are made from the file as it arrived.
public struct ReturnedFile: Sendable {
    private let archive: FileArchive
    private let hasKey: Bool
    private let vocabulary: Vocabulary
    private let words: Words

    public init(pseudonyms: Pseudonyms?, vocabulary: Vocabulary, words: Words) {
        archive = FileArchive(pseudonyms)
        hasKey = pseudonyms != nil
        self.vocabulary = vocabulary
        self.words = words
    }

    /// Writes a workbook with a sheet for each receipt of a file.
    /// - Parameter onlyRefused: leaves out the rows that were accepted; codes stay text, as they would not in a CSV file
    ///   that Excel opens.
    /// - Returns: false where none of the receipts has a table.
    public func writeWorkbook(
        of receipts: [Int], to url: URL, onlyRefused: Bool = false, _ connection: borrowing Connection
    ) throws -> Bool {
        let book = try WorkbookWriter(url)
        var names = SheetNames()
        for receipt in receipts {
            guard let table = try table(of: receipt, connection) else { continue }
            let header = table.header
            try book.addSheet(
                names.next(table.sheet ?? words("kind.\(header.kind.name)")),
                header.written.map { WorkbookWriter.Column($0, width: Double(max(10, $0.count + 2))) })
            var refused = RefusedRows(of: receipt)
            try forEachRow(of: table) { record in
                let defects = try refused.defects(on: record.line, connection)
                if !onlyRefused || !defects.isEmpty { try book.write(cells(record, header, defects)) }
            }
        }
        guard names.count > 0 else { return false }
        try book.close()
        return true
    }

    /// Writes the refused rows of a receipt as CSV, under the header as it was written.
    /// - Returns: how many; nil where there is no such receipt, or no table in its file.
    public func writeRefused(
        of receipt: Int, _ connection: borrowing Connection, _ write: (Data) throws -> Void
    ) throws -> Int? {
        guard let table = try table(of: receipt, connection) else { return nil }
        try write(Data("\u{FEFF}".utf8) + CSVLine.data(table.header.written))
        var refused = RefusedRows(of: receipt)
        var count = 0
        try forEachRow(of: table) { record in
            guard !(try refused.defects(on: record.line, connection)).isEmpty else { return }
            try write(CSVLine.data(record.texts))
            count += 1
        }
        return count
    }

    private func table(of receipt: Int, _ connection: borrowing Connection) throws -> Table? {
        guard let arrival = try ReceiptLedger.arrival(receipt, connection) else { return nil }
        let sheet = try connection.query("select sheet from receipt where receipt_id = $1", ["\(receipt)"])
            .first { try $0.text("sheet") }
        let file = try archive.restore(arrival.file, name: arrival.name, connection)
        do {
            let tables = try Tables.find(in: file, vocabulary, hasKey: hasKey)
            return tables.first { $0.label == sheet ?? nil } ?? tables.first { $0.sheet == sheet ?? nil }
        } catch is FileRefusal {
            return nil
        }
    }

    private func forEachRow(of table: Table, _ body: (Record) throws -> Void) throws {
        let rows = try table.rows()
        var record = Record()
        while try rows.next(&record) { try body(record) }
    }

    /// The row's cells; a fault of the whole row, or of a column that the file lacks, is told at its first cell.
    private func cells(_ record: Record, _ header: Header, _ defects: [Defect]) -> [WrittenCell] {
        var faults: [Int: [String]] = [:]
        for defect in defects {
            let declared = header.kind.columns.firstIndex { $0.name == defect.column }
            faults[declared.flatMap { header.places[$0] } ?? 0, default: []].append(sentence(defect, header.kind))
        }
        return record.texts.enumerated().map { place, text in
            let isIdentifier = header.identifiers.contains(place)
            return WrittenCell(
                Self.value(text, isIdentifier: isIdentifier), fault: faults[place]?.joined(separator: "\n"))
        }
    }

    private func sentence(_ defect: Defect, _ kind: ReportKind) -> String {
        let column = defect.column.map { words("column.\(kind.name).\($0)") } ?? ""
        let values = ["column": column, "value": defect.value ?? "", "expected": defect.expected ?? ""]
        let key = "defect.\(defect.code.rawValue)"
        return "\(words(key, values)) \(words("\(key).remedy", values))"
    }

    /// A number where the text is nothing else, so that it can be counted with; an identifier stays text.
    private static func value(_ text: String, isIdentifier: Bool) -> WrittenCell.Value {
        if text.isEmpty { return .empty }
        let hasZeros = text.count > 1 && text.hasPrefix("0") && !text.hasPrefix("0.")
        guard !isIdentifier, !hasZeros, text.utf8.count <= 15,
            text.utf8.allSatisfy({ "0123456789.".utf8.contains($0) }),
            let number = Double(text)
        else { return .text(text) }
        return .number(number)
    }
}

/// Names that Excel takes for sheets, no two alike in one workbook.
struct SheetNames {
    private var taken: Set<String> = []

    var count: Int { taken.count }

    mutating func next(_ text: String) -> String {
        var name = SheetName.of(text)
        while !taken.insert(name.lowercased()).inserted { name = SheetName.of("\(taken.count + 1) \(name)") }
        return name
    }
}

/// Names that Excel takes for sheets: up to 31 characters, none of []:*?/\ and no apostrophe at an end.
enum SheetName {
    static func of(_ text: String) -> String {
        let allowed = String(text.map { "[]:*?/\\".contains($0) ? "-" : $0 }).trimmingCharacters(in: ["'", " "])
        var name = allowed
        while name.utf16.count > 31 { name.removeLast() }
        return name.isEmpty ? "Sheet" : name
    }
}
