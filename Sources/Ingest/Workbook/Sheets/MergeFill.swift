/// Repeats the value of merged cells in all of their places, row by row from the top.
struct MergeFill {
    /// A range wider than this is a page's title.
    private static let widest = 256

    /// Ranges that are still to come, the topmost last.
    private var waiting: [CellRange]
    /// For columns in a merged range: the cell to repeat, and where.
    private var open: [Int: (cell: SheetCell, rows: ClosedRange<Int>)] = [:]

    init(_ merges: MergedRanges) {
        waiting = merges.ranges.filter { $0.columns.count <= Self.widest }
            .sorted { $0.rows.lowerBound > $1.rows.lowerBound }
    }

    /// The row with its merged cells filled. Rows that are in a range and hold nothing never get here.
    mutating func filled(_ row: SheetRow) -> SheetRow {
        open = open.filter { $0.value.rows.upperBound >= row.number }
        while let range = waiting.last, range.rows.lowerBound <= row.number {
            waiting.removeLast()
            guard range.rows.lowerBound == row.number, let cell = row[range.columns.lowerBound] else { continue }
            for column in range.columns { open[column] = (cell.moved(to: column), range.rows) }
        }
        if open.isEmpty { return row }
        var filled = row
        let missing = open.filter { $0.value.rows.contains(row.number) && row[$0.key] == nil }
        filled.cells = (row.cells + missing.map(\.value.cell)).sorted { $0.column < $1.column }
        return filled
    }
}

extension SheetCell {
    fileprivate func moved(to column: Int) -> SheetCell {
        SheetCell(column: column, value: value, format: format, isFormula: isFormula)
    }
}
