import CLibPQ

extension Connection {
    /// Streams rows into a table with `copy … from stdin`.
    ///
    /// `produce` writes as many chunks as it likes; a blocking send is the back-pressure. One failure contract:
    /// if `produce` throws, the copy is abandoned, its error is rethrown and the connection stays usable;
    /// if the server refuses, its error comes back with the line and column.
    /// - Returns: the number of rows that PostgreSQL stored.
    @discardableResult
    public borrowing func copy(_ sql: String, _ produce: (inout CopyWriter) throws -> Void) throws -> Int {
        _ = try Rows(PQexec(handle, sql), from: handle)
        var writer = CopyWriter(handle)
        do {
            try produce(&writer)
            try writer.flush()
        } catch {
            let refusal = endCopy(abandoning: true)
            throw writer.serverRefused ? refusal ?? error : error
        }
        var stored = 0
        if let refusal = endCopy(abandoning: false, stored: &stored) { throw refusal }
        return stored
    }

    private borrowing func endCopy(abandoning: Bool) -> PostgresError? {
        var ignored = 0
        return endCopy(abandoning: abandoning, stored: &ignored)
    }

    /// Ends the copy and reads every answer, so that the connection can be used again.
    private borrowing func endCopy(abandoning: Bool, stored: inout Int) -> PostgresError? {
        var failure: PostgresError?
        if PQputCopyEnd(handle, abandoning ? "abandoned by the sender" : nil) != 1 { failure = lastError() }
        while let result = PQgetResult(handle) {
            do throws(PostgresError) { stored = try Rows(result, from: handle).affected } catch { failure = error }
        }
        return failure
    }
}

/// Collects bytes of a COPY and sends them in chunks of 64 KiB.
public struct CopyWriter: ~Copyable {
    private let handle: OpaquePointer
    private var buffer: [UInt8] = []
    /// True once the server has stopped taking rows: its own error is then the one to report.
    private(set) var serverRefused = false
    private static let chunk = 65536

    init(_ handle: OpaquePointer) {
        self.handle = handle
        buffer.reserveCapacity(Self.chunk + 4096)
    }

    public mutating func write(_ bytes: some Sequence<UInt8>) throws(PostgresError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.chunk { try flush() }
    }

    mutating func flush() throws(PostgresError) {
        if buffer.isEmpty { return }
        let sent = buffer.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { PQputCopyData(handle, $0.baseAddress, Int32($0.count)) }
        }
        guard sent == 1 else {
            serverRefused = true
            throw PostgresError(sqlState: nil, privateText: String(cString: PQerrorMessage(handle)))
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
