import Postgres

/// A kind of report of which many rows are stored as one. The staging tables are made in `sql/merge/<kind>_staging.sql`.
protocol BundleForm {
    /// The content of a valid row.
    func row(_ values: [Value], line: Int) -> BundledRow?
    /// Any number that rows of one bundle share.
    func bundle(of row: BundledRow) -> Int
    /// Rows of one bundle stand together, in their order; doubles stand side by side, the first line first.
    func isBefore(_ a: BundledRow, _ b: BundledRow) -> Bool
    func isDouble(_ a: BundledRow, _ b: BundledRow) -> Bool
    func isSameBundle(_ a: BundledRow, _ b: BundledRow) -> Bool
    func write(_ bundle: ArraySlice<BundledRow>, into out: inout CopyBinary)
    var copyStatement: String { get }
}

extension BundleForm {
    /// Sends every bundle.
    /// - Returns: the doubles; they are in no bundle.
    func copy(_ rows: BundledRows, _ connection: borrowing Connection) throws -> [LateFault] {
        var doubles: [LateFault] = []
        try connection.copy(copyStatement) { out in
            var binary = CopyBinary()
            binary.begin()
            try rows.forEachFile { rows in
                let kept = withoutDoubles(rows.sorted(by: isBefore), &doubles)
                var start = 0
                for index in kept.indices where index + 1 == kept.count || !isSameBundle(kept[index], kept[index + 1]) {
                    write(kept[start...index], into: &binary)
                    start = index + 1
                    try out.write(binary.bytes)
                    binary.clear()
                }
            }
            binary.end()
            try out.write(binary.bytes)
        }
        return doubles
    }

    private func withoutDoubles(_ sorted: [BundledRow], _ doubles: inout [LateFault]) -> [BundledRow] {
        var kept: [BundledRow] = []
        kept.reserveCapacity(sorted.count)
        for row in sorted {
            if let last = kept.last, isDouble(last, row) {
                doubles.append(LateFault(line: row.line, cause: .double(of: last.line)))
            } else {
                kept.append(row)
            }
        }
        return kept
    }
}
