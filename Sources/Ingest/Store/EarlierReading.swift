import Postgres

/// What is left to do for a table whose bytes were read before, some of its rows having been refused: its open rows are
/// loaded again, and nothing else, for what has been corrected since stays corrected.
struct EarlierReading {
    /// Lines to load again.
    private var open: Set<Int> = []
    /// Lines that are refused once more whatever has changed: doubles of a line that was stored, and those that
    /// somebody has closed by hand.
    private var refused: [Int: Defect] = [:]

    init(of receipt: Int, _ connection: borrowing Connection) throws {
        _ = try connection.query(
            """
            select q.line, q.closed_at is not null as is_closed, d.column_name, d.value, d.code, d.expected
            from rejected_row q
            join row_defect d on (d.receipt_id, d.line, d.number) = (q.receipt_id, q.line, 1)
            where q.receipt_id = $1 and q.superseded_by is null
            """, ["\(receipt)"]
        ).map { row in
            let line = try row.integer("line")
            let code = Defect.Code(rawValue: try row.string("code")) ?? .valueMissing
            if try row.bool("is_closed") || code == .duplicateRow {
                refused[line] = Defect(
                    line: line, column: try row.text("column_name"), value: try row.text("value"), code: code,
                    expected: try row.text("expected"))
            } else {
                open.insert(line)
            }
        }
    }

    enum Fate {
        case load, known
        case refused(Defect)
    }

    func fate(of line: Int) -> Fate {
        if open.contains(line) { return .load }
        return refused[line].map { .refused($0) } ?? .known
    }
}
