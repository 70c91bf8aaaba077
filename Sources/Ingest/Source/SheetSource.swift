/// A sheet of a workbook as a table: merged cells repeated, hidden rows read and counted, dates as days.
final class SheetSource: RecordSource {
    private static let linesNamed = 5

    private let reader: SheetReader
    private let dates: DateSystem
    private var merges: MergeFill
    /// How many columns the header has; rows are filled up to it.
    private var width = 0
    private var identifiers: Set<Int> = []
    private var days: Set<Int> = []
    private var isBelowHeader = false
    private var hidden = 0
    private var hiddenLines: [Int] = []
    private var formulas = 0

    init(_ workbook: Workbook, _ sheet: Workbook.Sheet) throws {
        merges = MergeFill(try workbook.merges(of: sheet))
        reader = try workbook.rows(of: sheet)
        dates = workbook.dates
    }

    func headerIsKnown(_ header: Header) {
        width = header.width
        identifiers = header.identifiers
        days = header.days
        isBelowHeader = true
    }

    func next(_ record: inout Record) throws -> Bool {
        repeat {
            guard let read = try reader.next() else { return false }
            let row = merges.filled(read)
            if isBelowHeader, row.isHidden {
                hidden += 1
                if hiddenLines.count < Self.linesNamed { hiddenLines.append(row.number) }
            }
            record.begin(line: row.number)
            for (place, cell) in row.prefix(isBelowHeader ? width : row.width).enumerated() {
                append(isInvented(place, in: read) ? nil : cell, to: &record)
            }
            if isBelowHeader { appendBeyondHeader(read, to: &record) }
        } while record.isBlank && record.faults.isEmpty
        return true
    }

    /// Cells without a column refuse their row. They follow it without the gaps between them: a row of one cell may be
    /// 16,384 columns wide, and a sheet have a million of them.
    private func appendBeyondHeader(_ row: SheetRow, to record: inout Record) {
        for cell in row.cells[row.cells.partitionPoint { $0.column >= width }...] { append(cell, to: &record) }
        record.cut(to: width)
    }

    /// A clinic or a month that is merged over rows means all of them; a count that is repeated would be made up.
    private func isInvented(_ place: Int, in row: SheetRow) -> Bool {
        isBelowHeader && row[place] == nil && !identifiers.contains(place) && !days.contains(place)
    }

    private func append(_ cell: SheetCell?, to record: inout Record) {
        guard let cell else { return record.append([]) }
        let place = record.count
        if cell.value == .notComputed { return record.append([], fault: .formulaNotComputed) }
        if cell.isFormula, isBelowHeader { formulas += 1 }
        if identifiers.contains(place) {
            return record.append(cell.code.utf8, fault: cell.mayHaveLostDigits ? .codeLostDigits : nil)
        }
        record.append((days.contains(place) ? serialDay(cell) : cell.text).utf8)
    }

    /// A day that is stored as a bare number of five digits: 45352 is 1 March 2024 in a workbook that counts from 1900.
    private func serialDay(_ cell: SheetCell) -> String {
        guard case .number = cell.value, cell.text.count == 5, let serial = Double(cell.text),
            case .date(let day) = dates.value(serial, as: .date)
        else { return cell.text }
        return day
    }

    var notices: [Notice] {
        var notices: [Notice] = []
        if hidden > 0 {
            let named = hiddenLines.map(String.init).joined(separator: ", ") + (hidden > hiddenLines.count ? ", …" : "")
            notices.append(Notice("hidden_rows", ["count": "\(hidden)", "lines": named]))
        }
        if formulas > 0 { notices.append(Notice("formulas_read", ["count": "\(formulas)"])) }
        return notices
    }
}
