import CLibPQ

/// One blocking session with PostgreSQL. Non-copyable: dropping it closes the session,
/// and it never leaves the thread that opened it.
public struct Connection: ~Copyable {
    let handle: OpaquePointer

    /// - Parameter conninfo: a libpq connection string or URI, passed through untouched; an empty one
    ///   leaves everything to libpq's own settings (`PGHOST`, `PGSERVICE`, `PGPASSFILE`, …).
    public init(_ conninfo: String) throws(PostgresError) {
        try Self.check(conninfo)
        guard let handle = PQconnectdb(conninfo) else {
            throw PostgresError(connectionText: "out of memory")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let error = PostgresError(connectionText: String(cString: PQerrorMessage(handle)))
            PQfinish(handle)
            throw error
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)  // notices may quote cells, and errors are thrown anyway
        self.handle = handle
    }

    deinit { PQfinish(handle) }

    /// What libpq says of a malformed string quotes parts of it, and one of them may be the password.
    private static func check(_ conninfo: String) throws(PostgresError) {
        guard let options = PQconninfoParse(conninfo, nil) else {
            throw PostgresError(
                connectionText: "DATABASE_URL cannot be read as a connection string "
                    + "(postgresql://user:password@host:port/database, special characters of the password as %XX)")
        }
        PQconninfoFree(options)
    }

    /// False once the connection has broken.
    public var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }

    /// The number of the server's major version, such as 15.
    public var serverVersion: Int { Int(PQserverVersion(handle)) / 10000 }

    /// Runs one statement with text parameters ($1, $2, …; nil is null).
    @discardableResult
    public borrowing func query(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> Rows {
        // A C string ends at the first zero: what follows would be lost in silence.
        guard !parameters.contains(where: { $0?.utf8.contains(0) == true }) else {
            throw PostgresError(sqlState: nil, privateText: "a parameter holds a zero byte")
        }
        let result = withCStrings(parameters) { values in
            PQexecParams(handle, sql, Int32(values.count), nil, values, nil, nil, 0)
        }
        return try Rows(result, from: handle)
    }

    /// Runs one statement with text parameters and, as its last one, bytes (a `bytea`) sent as they are.
    @discardableResult
    public borrowing func query(
        _ sql: String, _ parameters: [String], bytes: [UInt8]
    ) throws(PostgresError) -> Rows {
        let result = withCStrings(parameters) { values in
            bytes.withUnsafeBufferPointer { buffer in
                buffer.withMemoryRebound(to: CChar.self) { blob in
                    let lengths = values.map { _ in Int32(0) } + [Int32(bytes.count)]
                    let formats = values.map { _ in Int32(0) } + [1]
                    return PQexecParams(
                        handle, sql, Int32(lengths.count), nil, values + [blob.baseAddress], lengths, formats, 0)
                }
            }
        }
        return try Rows(result, from: handle)
    }

    /// Runs a script of several statements without parameters, such as a migration.
    public borrowing func run(script: String) throws(PostgresError) {
        _ = try Rows(PQexec(handle, script), from: handle)
    }

    /// Has the server parse and plan a statement without running it: for tests of SQL files.
    public borrowing func prepare(_ sql: String) throws(PostgresError) {
        _ = try Rows(PQprepare(handle, "", sql, 0, nil), from: handle)
    }

    /// Runs `body` inside a transaction; any error rolls back and is rethrown.
    /// - Parameter mode: what follows BEGIN, such as "isolation level repeatable read, read only".
    public borrowing func transaction<T>(
        _ mode: String = "", _ body: (borrowing Connection) throws -> T
    ) throws -> T {
        try query("begin \(mode)")
        do {
            let value = try body(self)
            try query("commit")
            return value
        } catch {
            _ = try? query("rollback")
            throw error
        }
    }

    func lastError() -> PostgresError {
        PostgresError(sqlState: nil, privateText: String(cString: PQerrorMessage(handle)))
    }
}

/// Lends the strings as C pointers for the duration of `body`.
private func withCStrings<T>(_ strings: [String?], _ body: ([UnsafePointer<CChar>?]) -> T) -> T {
    var bytes: [CChar] = []
    let offsets = strings.map { string -> Int? in
        guard let string else { return nil }
        defer { bytes.append(contentsOf: string.utf8CString) }
        return bytes.count
    }
    return bytes.withUnsafeBufferPointer { buffer in
        body(offsets.map { offset in offset.flatMap { buffer.baseAddress?.advanced(by: $0) } })
    }
}
