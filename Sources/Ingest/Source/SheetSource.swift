/// A sheet of a workbook as a table: merged cells repeated, hidden rows read and counted, dates as days.
final class SheetSource: RecordSource {
    private static let linesNamed = 5

    private let workbook: Workbook
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
        self.workbook = workbook
        merges = MergeFill(try workbook.merges(of: sheet))
        reader = try workbook.rows(of: sheet)
        dates = workbook.dates
    }

    func headerIsKnown(_ header: Header) {
        width = header.width
        identifiers = header.identifiers
        days = header.days
        isBelowHeader = true
        // A clinic or a month that is merged over rows means all of them; a count that is repeated would be made up.
        merges.fillOnly(identifiers.union(days))
    }

    func next(_ record: inout Record) throws -> Bool {
        repeat {
            guard let read = try nextFilledIn() else { return false }
            let row = merges.filled(read)
            let columns = isBelowHeader ? width : row.width
            // Gaps cost as much as the commas that they would be in a CSV file.
            try workbook.spend(max(0, columns - row.cells.count))
            if isBelowHeader, row.isHidden {
                hidden += 1
                if hiddenLines.count < Self.linesNamed { hiddenLines.append(row.number) }
            }
            record.begin(line: row.number)
            for cell in row.cells.prefix(while: { $0.column < columns }) {
                record.appendBlanks(to: cell.column)
                append(cell, to: &record)
            }
            record.appendBlanks(to: columns)
            if isBelowHeader { appendBeyondHeader(read, to: &record) }
        } while record.isBlank && record.faults.isEmpty
        return true
    }

    /// The next row in which anything but spaces stands: a blank one is not spread out over its columns.
    private func nextFilledIn() throws -> SheetRow? {
        while let row = try reader.next() {
            if !row.cells.allSatisfy(\.isBlank) { return row }
        }
        return nil
    }

    /// Cells without a column refuse their row. They follow it without the gaps between them: a row of one cell may be
    /// 16,384 columns wide, and a sheet have a million of them.
    private func appendBeyondHeader(_ row: SheetRow, to record: inout Record) {
        for cell in row.cells[row.cells.partitionPoint { $0.column >= width }...] { append(cell, to: &record) }
        record.cut(to: width)
    }

    private func append(_ cell: SheetCell, to record: inout Record) {
        let place = record.count
        if cell.value == .notComputed { return record.append([], fault: Record.Fault(code: .formulaNotComputed)) }
        if cell.isFormula, isBelowHeader { formulas += 1 }
        if identifiers.contains(place) {
            let fault = cell.mayHaveLostDigits ? Record.Fault(code: .codeLostDigits) : nil
            return record.append(cell.code.utf8, fault: fault)
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
