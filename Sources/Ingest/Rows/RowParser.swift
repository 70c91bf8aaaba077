/// A row whose cells could all be read. Only the rules accept it.
struct ParsedRow {
    let line: Int
    let kind: ReportKind
    /// One for each declared column.
    let values: [Value]
    /// The row as it stands in the file, and each declared column's place in it; nil for one put together from what is
    /// stored.
    private let source: (record: Record, places: [Int?])?

    init(line: Int, kind: ReportKind, values: [Value], from source: (record: Record, places: [Int?])? = nil) {
        self.line = line
        self.kind = kind
        self.values = values
        self.source = source
    }

    subscript(column: String) -> Value {
        kind.index(of: column).map { values[$0] } ?? .blank
    }

    /// The cell of a column as it was written, or as it is stored; nil where the file has no such column.
    func written(_ column: String) -> String? {
        guard let source else { return self[column].text }
        return kind.index(of: column).flatMap { source.places[$0] }.map(source.record.text)
    }

    /// The clinic and the month that it speaks of, as far as they could be read.
    var site: Int? { if case .site(let number) = self["site"] { number } else { nil } }
    var month: Month? { kind.key.lazy.compactMap { self[$0].firstDay }.first?.month }
}

/// Turns records into rows, column by column.
struct RowParser {
    let header: Header
    private var cells: CellParser
    private let columns: [(column: Column, place: Int?)]
    private let sitePlace: Int?

    init(header: Header, cells: CellParser) {
        self.header = header
        self.cells = cells
        columns = Array(zip(header.kind.columns, header.places))
        sitePlace = header.kind.columns.firstIndex { $0.form == .site }
    }

    /// - Returns: the row, or every cell that is wrong in it.
    mutating func parse(_ record: Record) -> Result<ParsedRow, RowDefects> {
        guard record.count == header.width else {
            return .failure(
                RowDefects([
                    Defect(
                        line: record.line, column: nil, value: "\(record.count)", code: .cellCount,
                        expected: "\(header.width)")
                ]))
        }
        var defects: [Defect] = []
        var values: [Value] = []
        values.reserveCapacity(columns.count)
        var site: Int?
        for (column, place) in columns {
            let outcome = place.map { read(record, $0, column, site) } ?? CellParser.Outcome.value(column.blankValue)
            switch outcome {
            case .value(let value):
                values.append(value)
                if case .site(let number) = value { site = number }
            case .defect(let code, let expected):
                values.append(.blank)
                defects.append(
                    Defect(
                        line: record.line, column: column.name, value: place.map(record.text), code: code,
                        expected: expected))
            }
        }
        let row = ParsedRow(
            line: record.line, kind: header.kind, values: values, from: (record, header.places))
        return defects.isEmpty ? .success(row) : .failure(RowDefects(defects, of: row))
    }

    private mutating func read(_ record: Record, _ place: Int, _ column: Column, _ site: Int?)
        -> CellParser.Outcome
    {
        if !record.faults.isEmpty, let fault = record.faults[place] {
            return .defect(fault.code, expected: fault.expected)
        }
        return record.withCell(place) { cells.parse($0, as: column, site: site) }
    }
}

extension Column {
    /// What a blank cell means, or a file that lacks the column.
    var blankValue: Value { form == .client ? .blank : blank.map { .text($0) } ?? .blank }
}

/// All that is wrong with one row, and what it speaks of, as far as that could be read.
struct RowDefects: Error {
    let defects: [Defect]
    let row: ParsedRow?

    init(_ defects: [Defect], of row: ParsedRow? = nil) {
        self.defects = defects
        self.row = row
    }
}
