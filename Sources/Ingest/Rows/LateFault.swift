/// What is wrong with a row that was valid by itself, and shows only beside others or beside what is known already.
struct LateFault {
    enum Cause {
        /// The key stood already on that line.
        case double(of: Int32)
        /// Since a day.
        case monthLocked(Month, since: String?)
        /// The row, together with what it keeps of an earlier one, breaks rules.
        case broken([Defect])
    }

    let line: Int32
    let cause: Cause

    func defects(in kind: ReportKind) -> [Defect] {
        let line = Int(line)
        switch cause {
        case .double(let first):
            return [
                Defect(line: line, column: kind.key.last, value: nil, code: .duplicateRow, expected: "\(first)")
            ]
        case .monthLocked(let month, let since):
            return [
                Defect(
                    line: line, column: kind.timeColumn, value: month.description, code: .monthLocked, expected: since)
            ]
        case .broken(let defects): return defects
        }
    }
}

extension ReportKind {
    /// The column of the key that says of which month a row is.
    fileprivate var timeColumn: String? {
        columns.first { column in
            switch column.form {
            case .month, .day: key.contains(column.name)
            default: false
            }
        }?.name
    }
}
