/// Repeats the value of merged cells in all of their places, row by row from the top.
struct MergeFill {
    /// A range wider than this is a page's title.
    private static let widest = 256
    /// Cells that ranges may begin in one row: as many as it has, for ranges do not overlap.
    private static let mostInRow = 16_384

    /// Ranges that are still to come, the topmost last.
    private var waiting: [CellRange]
    /// For columns in a merged range: the cell to repeat, and where.
    private var open: [Int: (cell: SheetCell, rows: ClosedRange<Int>)] = [:]
    /// The columns that are filled; nil for all.
    private var columns: [Int]?

    init(_ merges: MergedRanges) {
        waiting = merges.ranges.filter { $0.columns.count <= Self.widest }
            .sorted { $0.rows.lowerBound > $1.rows.lowerBound }
    }

    /// From now on fills these columns only, whose number every row costs.
    mutating func fillOnly(_ columns: Set<Int>) {
        self.columns = columns.sorted()
        open = open.filter { columns.contains($0.key) }
    }

    /// The row with its merged cells filled. Rows that are in a range and hold nothing never get here.
    mutating func filled(_ row: SheetRow) -> SheetRow {
        if !open.isEmpty { open = open.filter { $0.value.rows.upperBound >= row.number } }
        var left = Self.mostInRow
        while let range = waiting.last, range.rows.lowerBound <= row.number {
            waiting.removeLast()
            guard range.rows.lowerBound == row.number, let cell = row[range.columns.lowerBound] else { continue }
            left -= range.columns.count
            if left < 0 { continue }
            for column in columns?.filter(range.columns.contains) ?? Array(range.columns) {
                open[column] = (cell.moved(to: column), range.rows)
            }
        }
        let missing = open.filter { row[$0.key] == nil }
        if missing.isEmpty { return row }
        var filled = row
        filled.cells = (row.cells + missing.map(\.value.cell)).sorted { $0.column < $1.column }
        return filled
    }
}

extension SheetCell {
    fileprivate func moved(to column: Int) -> SheetCell {
        SheetCell(column: column, value: value, format: format, isFormula: isFormula)
    }
}
