/// A row of a sheet that holds something.
struct SheetRow: Sendable, Equatable {
    /// From 1, as Excel shows it.
    let number: Int
    let isHidden: Bool
    /// In the order of their columns, gaps left out: a row of two cells may be 16,384 columns wide.
    var cells: [SheetCell]

    /// How many columns the row reaches over.
    var width: Int { cells.last.map { $0.column + 1 } ?? 0 }

    /// The cell of a column, from 0; nil where it is empty.
    subscript(column: Int) -> SheetCell? {
        let place = cells.partitionPoint { $0.column >= column }
        return place < cells.count && cells[place].column == column ? cells[place] : nil
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first place from which `isBehind` is true, in a collection that is false before it.
    func partitionPoint(_ isBehind: (Element) -> Bool) -> Int {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = isBehind(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}
