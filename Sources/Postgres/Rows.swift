import CLibPQ

/// A finished result, held in libpq's memory until dropped.
public struct Rows: ~Copyable {
    private let result: OpaquePointer
    private let columns: Columns

    init(_ result: OpaquePointer?, from handle: OpaquePointer) throws(PostgresError) {
        guard let result else {
            throw PostgresError(sqlState: nil, privateText: String(cString: PQerrorMessage(handle)))
        }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_EMPTY_QUERY:
            self.result = result
            columns = Columns(of: result)
        default:
            let error = PostgresError(result)
            PQclear(result)
            throw error
        }
    }

    deinit { PQclear(result) }

    public var count: Int { Int(PQntuples(result)) }

    /// Rows inserted, updated, deleted or copied.
    public var affected: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    public var columnNames: [String] {
        (0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) }
    }

    /// The cell as text, nil for null. Row and column count from 0.
    public subscript(row: Int, column: Int) -> String? {
        text(Int32(row), Int32(column))
    }

    /// Every row through `read`, in order.
    public borrowing func map<T>(_ read: (borrowing Row) throws -> T) throws -> [T] {
        try (0..<PQntuples(result)).map { try read(Row(result: result, columns: .passUnretained(columns), index: $0)) }
    }

    /// The first row through `read`; nil when there is none.
    public borrowing func first<T>(_ read: (borrowing Row) throws -> T) throws -> T? {
        count == 0 ? nil : try read(Row(result: result, columns: .passUnretained(columns), index: 0))
    }

    private func text(_ row: Int32, _ column: Int32) -> String? {
        PQgetisnull(result, row, column) == 1 ? nil : String(cString: PQgetvalue(result, row, column))
    }
}

/// One row of a result, lent to a closure and gone with it.
public struct Row: ~Copyable {
    fileprivate let result: OpaquePointer
    /// Lent by the result that the row is of; managed, it breaks the optimiser of Swift 6.3.
    fileprivate let columns: Unmanaged<Columns>
    fileprivate let index: Int32

    /// The cell of the named column as text; nil for null.
    public func text(_ column: String) throws(PostgresError) -> String? {
        let number = try number(of: column)
        return PQgetisnull(result, index, number) == 1 ? nil : String(cString: PQgetvalue(result, index, number))
    }

    private func number(of column: String) throws(PostgresError) -> Int32 {
        guard let number = columns.takeUnretainedValue().numbers[column] else {
            throw PostgresError(sqlState: nil, privateText: "the result has no column \(column)")
        }
        return number
    }

    /// The cell as a whole number; nil for null.
    public func int(_ column: String) throws(PostgresError) -> Int? {
        try converted(column, Int.init)
    }

    /// The cell as a number; nil for null.
    public func double(_ column: String) throws(PostgresError) -> Double? {
        try converted(column) { Double($0) }
    }

    /// The elements of a list of numbers, dates or plain words, each read from the bytes of its text; nil for a null element.
    public func elements<T>(
        _ column: String, _ read: (UnsafeBufferPointer<UInt8>) -> T?
    ) throws(PostgresError) -> [T?] {
        let number = try number(of: column)
        let length = Int(PQgetlength(result, index, number))
        guard length > 2, let text = PQgetvalue(result, index, number) else { return [] }
        return text.withMemoryRebound(to: UInt8.self, capacity: length) { start in
            // Between braces.
            let bytes = UnsafeBufferPointer(start: start + 1, count: length - 2)
            return bytes.split(separator: UInt8(ascii: ",")).map { element in
                element.first == UInt8(ascii: "N") ? nil : read(UnsafeBufferPointer(rebasing: element))
            }
        }
    }

    /// The elements of a list of numbers; nil for a null element.
    public func numbers(_ column: String) throws(PostgresError) -> [Double?] {
        try elements(column, Self.number)
    }

    /// The elements of a list of dates or plain words; nil for a null element.
    public func texts(_ column: String) throws(PostgresError) -> [String?] {
        try elements(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// The elements of a list of truth values; a null element is false.
    public func bools(_ column: String) throws(PostgresError) -> [Bool] {
        try elements(column) { $0.first == UInt8(ascii: "t") }.map { $0 ?? false }
    }

    /// Whole numbers of up to fifteen digits at once; what is longer, or has a sign or a point, as Swift reads it.
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var whole = 0
        for byte in bytes {
            guard (48...57).contains(byte), bytes.count <= 15 else {
                return Double(String(decoding: bytes, as: UTF8.self))
            }
            whole = 10 * whole + Int(byte - 48)
        }
        return Double(whole)
    }

    /// True for PostgreSQL's `t`; false for null.
    public func bool(_ column: String) throws(PostgresError) -> Bool {
        try text(column) == "t"
    }

    /// The cell of a column that is never null.
    public func required<T>(_ column: String, _ value: T?) throws(PostgresError) -> T {
        guard let value else {
            throw PostgresError(sqlState: nil, privateText: "column \(column) is null where a value was promised")
        }
        return value
    }

    /// The text of a column that is never null.
    public func string(_ column: String) throws(PostgresError) -> String {
        try required(column, text(column))
    }

    /// The whole number of a column that is never null.
    public func integer(_ column: String) throws(PostgresError) -> Int {
        try required(column, int(column))
    }

    private func converted<T>(_ column: String, _ convert: (String) -> T?) throws(PostgresError) -> T? {
        guard let text = try text(column) else { return nil }
        guard let value = convert(text) else {
            throw PostgresError(sqlState: nil, privateText: "column \(column) does not hold a number")
        }
        return value
    }
}

/// Numbers of a result's columns by name: libpq would look through all of them for each cell.
private final class Columns {
    let numbers: [String: Int32]

    init(of result: OpaquePointer) {
        // The columns of a COPY have no names.
        let named = (0..<PQnfields(result)).compactMap { number in
            PQfname(result, number).map { (String(cString: $0), number) }
        }
        numbers = Dictionary(named) { first, _ in first }
    }
}
