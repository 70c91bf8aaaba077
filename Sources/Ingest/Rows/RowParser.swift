/// A row whose cells could all be read. Only the rules accept it.
struct ParsedRow: Sendable {
    let line: Int
    let kind: ReportKind
    /// One for each declared column.
    let values: [Value]

    subscript(column: String) -> Value {
        kind.index(of: column).map { values[$0] } ?? .blank
    }
}

/// Turns records into rows, column by column.
struct RowParser: Sendable {
    let header: Header
    let cells: CellParser

    /// - Returns: the row, or every cell that is wrong in it.
    func parse(_ record: Record) -> Result<ParsedRow, RowDefects> {
        guard record.cells.count == header.cellCount else {
            return .failure(
                RowDefects([
                    Defect(
                        line: record.line, column: nil, value: "\(record.cells.count)", code: .cellCount,
                        expected: "\(header.cellCount)")
                ]))
        }
        var defects: [Defect] = []
        let values = zip(header.kind.columns, header.places).map { column, place -> Value in
            guard let place else { return .blank }
            switch cells.parse(record.cells[place], as: column) {
            case .value(let value): return value
            case .defect(let code, let expected):
                defects.append(
                    Defect(
                        line: record.line, column: column.name, value: record.text(place), code: code,
                        expected: expected))
                return .blank
            }
        }
        let row = ParsedRow(line: record.line, kind: header.kind, values: values)
        return defects.isEmpty ? .success(row) : .failure(RowDefects(defects, of: row))
    }
}

/// All that is wrong with one row, and the clinic and month that it speaks of, as far as they could be read.
struct RowDefects: Error {
    let defects: [Defect]
    let site: Int?
    let month: Month?

    init(_ defects: [Defect], of row: ParsedRow? = nil) {
        self.defects = defects
        if case .site(let number) = row?["site"] { site = number } else { site = nil }
        if case .month(let read) = row?["month"] { month = read } else { month = nil }
    }
}
