/// Reads rows and their cells. What a sheet says of its own size (dimension, spans) is not believed.
final class SheetVisitor: XMLVisitor {
    private let meaning: CellMeaning
    private let sheet: Workbook.Sheet
    private var rows: [SheetRow] = []
    private var row: RowDraft
    private var cell: CellDraft

    init(_ sheet: Workbook.Sheet, _ meaning: CellMeaning, in archive: WorkbookArchive) {
        self.sheet = sheet
        self.meaning = meaning
        row = RowDraft(archive.limits, archive.budget)
        cell = CellDraft(longest: archive.limits.cellBytes)
    }

    /// The rows that were finished since the last call.
    func takeRows() -> [SheetRow] {
        defer { rows.removeAll() }
        return rows
    }

    func element(_ name: XMLName, in parent: XMLElement?) -> XMLElement? {
        switch (parent, name) {
        case (.row, "c"): .cell
        case (.cell, "v"): .value
        case (.cell, "f"): .formula
        case (.cell, "is"): .inlineString
        case (.inlineString, "t"), (.run, "t"): .text
        case (.inlineString, "r"): .run
        case (.rows, "row"): .row
        case (.worksheet, "sheetData"): .rows
        case (nil, "worksheet"): .worksheet
        default: nil
        }
    }

    func start(_ element: XMLElement, _ attributes: XMLAttributes) throws {
        do { try begin(element, attributes) } catch let fault as CellFault { throw refusal(fault) }
    }

    private func begin(_ element: XMLElement, _ attributes: XMLAttributes) throws {
        switch element {
        case .row: try row.begin(attributes)
        case .cell: cell.begin(attributes, column: try row.place(attributes["r"]))
        case .value: cell.hasValue = true
        case .formula: cell.isFormula = true
        case .text: cell.text.begin(attributes)
        default: break
        }
    }

    func text(_ bytes: UnsafeRawBufferPointer, in element: XMLElement) {
        cell.append(bytes, from: element)
    }

    func end(_ element: XMLElement) throws {
        do { try finish(element) } catch let fault as CellFault { throw refusal(fault) }
    }

    private func finish(_ element: XMLElement) throws {
        switch element {
        case .text: cell.text.end()
        case .cell: if let finished = try meaning.cell(cell) { try row.add(finished) }
        case .row: if let finished = try row.finished() { rows.append(finished) }
        default: break
        }
    }

    private func refusal(_ fault: CellFault) -> FileRefusal {
        // By its part: a sheet may be called after a client, and what it holds is not known yet.
        let place = ["part": sheet.part, "line": "\(row.number)"]
        return switch fault {
        case .tooLong: FileRefusal("cell_too_long", place)
        case .reference: .damaged("reference", part: sheet.part, place)
        case .unknownString: .damaged("string", part: sheet.part, place)
        case .rowTooLong(let most): .tooLarge("row_bytes", most, place)
        case .tooManyRows(let most): .tooLarge("rows", most, place)
        case .tooManyColumns(let most): .tooLarge("columns", most, place)
        }
    }
}
