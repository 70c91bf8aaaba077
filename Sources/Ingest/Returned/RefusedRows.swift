import Postgres

/// The faults of a receipt's refused rows in the order of its file, fetched a piece at a time: there may be millions.
struct RefusedRows {
    private static let piece = 5000

    private let receipt: Int
    private var waiting: ArraySlice<Defect> = []
    private var last = (line: 0, number: 0)
    private var isAtEnd = false

    init(of receipt: Int) {
        self.receipt = receipt
    }

    /// The faults of one line. Lines are asked for in rising order.
    mutating func defects(on line: Int, _ connection: borrowing Connection) throws -> [Defect] {
        var found: [Defect] = []
        while true {
            if waiting.isEmpty { try fetch(connection) }
            guard let next = waiting.first, next.line <= line else { return found }
            waiting.removeFirst()
            if next.line == line { found.append(next) }
        }
    }

    private mutating func fetch(_ connection: borrowing Connection) throws {
        if isAtEnd { return }
        let rows = try connection.query(
            """
            select line, number, column_name, value, code, expected from row_defect
            where receipt_id = $1 and (line, number) > ($2::int, $3::int) order by line, number limit \(Self.piece)
            """, ["\(receipt)", "\(last.line)", "\(last.number)"])
        var numbers: [Int] = []
        waiting = try rows.map { row in
            numbers.append(try row.integer("number"))
            return Defect(
                line: try row.integer("line"), column: try row.text("column_name"), value: try row.text("value"),
                code: Defect.Code(rawValue: try row.string("code")) ?? .valueMissing,
                expected: try row.text("expected"))
        }[...]
        if let end = waiting.last, let number = numbers.last { last = (end.line, number) }
        isAtEnd = waiting.count < Self.piece
    }
}
