import Postgres

/// Columns that a file lacks. A row that is new reports nothing in them; one that corrects a known row says nothing of
/// them, and keeps what is known.
struct AbsentColumns {
    let sql: SQLFolder
    let table: Table

    private var kind: ReportKind { table.header.kind }

    /// Fills staged rows up with what is known.
    /// - Parameter fault: what is wrong with a row as it would be stored; asked of those that keep something and correct
    ///   something.
    /// - Returns: the lines of those, and what is wrong with them.
    func keep(
        receipt: Int, _ connection: borrowing Connection, _ fault: (ParsedRow) -> LateFault?
    ) throws -> (lines: Set<Int32>, faults: [LateFault]) {
        // A set of data values is the whole report of its clinic and month.
        guard table.format != .dataValueSet, let statement = try statement else { return ([], []) }
        var lines: Set<Int32> = []
        let faults = try connection.query(statement, ["\(receipt)"]).map { row in
            let line = try row.integer("line")
            lines.insert(Int32(line))
            return fault(
                ParsedRow(
                    line: line, kind: kind,
                    values: try kind.columns.map { $0.value(stored: try row.text($0.stagingName)) }))
        }
        return (lines, faults.compactMap(\.self))
    }

    private var statement: String? {
        get throws {
            guard let versions = kind.versions else { return nil }
            return KeyedStatement(kind: kind, table: versions).filled(
                try sql.text("merge/keep_absent.sql"), absent: table.header.missing)
        }
    }
}

extension Column {
    /// What the staging table holds as text, as the value that it was read as.
    fileprivate func value(stored text: String?) -> Value {
        guard let text else { return .blank }
        return switch form {
        case .site: Int(text).map(Value.site) ?? .blank
        case .region: Int(text).map(Value.region) ?? .blank
        case .client: Int(text).map(Value.client) ?? .blank
        case .count: Int(text).map(Value.count) ?? .blank
        case .amount(let decimals, _):
            Int(text.replacing(".", with: "")).map { .amount($0, decimals: decimals) } ?? .blank
        case .month: Month(text).map(Value.month) ?? .blank
        case .day: Day(text).map(Value.day) ?? .blank
        case .time: .moment(text)
        case .trial, .code, .text, .choice, .choices: .text(text)
        }
    }
}
