/// A cell's place as it is written: "B7" is column 1, row 7.
struct CellReference: Equatable {
    /// From 0.
    let column: Int
    /// From 1, as Excel shows it.
    let row: Int

    /// - Returns: nil where the text is no reference.
    init?(_ text: some Sequence<UInt8>) {
        var column = 0
        var row = 0
        for byte in text {
            switch byte {
            case 0x41...0x5A where row == 0: column = column * 26 + Int(byte - 0x40)
            case 0x61...0x7A where row == 0: column = column * 26 + Int(byte - 0x60)
            case 0x30...0x39 where column > 0: row = row * 10 + Int(byte - 0x30)
            case 0x24: continue  // $A$1
            default: return nil
            }
            if column > Self.most || row > Self.most { return nil }
        }
        if column == 0 || row == 0 { return nil }
        self.column = column - 1
        self.row = row
    }

    /// Far more than any sheet has.
    private static let most = 1 << 30
}

/// A rectangle of cells.
struct CellRange: Equatable {
    let columns: ClosedRange<Int>
    let rows: ClosedRange<Int>

    /// From "A1:C2" or "A1".
    init?(_ text: String) {
        let corners = text.utf8.split(separator: 0x3A).map { CellReference($0) }
        guard corners.count <= 2, let first = corners.first ?? nil, let last = corners.last ?? nil else { return nil }
        columns = min(first.column, last.column)...max(first.column, last.column)
        rows = min(first.row, last.row)...max(first.row, last.row)
    }
}
