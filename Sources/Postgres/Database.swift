import Dispatch
import Foundation
import Synchronization

/// A few threads, each owning one connection. Work goes to whichever thread is free, so callers await and
/// no event loop is ever blocked.
public final class Database: Sendable {
    private typealias Job = @Sendable (inout Session) -> Void

    private let jobs = Mutex<[Job]>([])
    private let waiting = DispatchSemaphore(value: 0)
    private let threads: Int

    /// - Parameters:
    ///   - server: how to connect, and the statements that set up each new session.
    ///   - threads: how many statements may run at once.
    public init(_ server: Server, threads: Int) {
        self.threads = threads
        for number in 1...threads {
            let thread = Thread { [self] in serve(server) }
            thread.name = "postgres-\(number)"
            thread.start()
        }
    }

    /// Runs `body` on a database thread, with that thread's connection. Where the connection turns out to be broken,
    /// as after a restart of the server, it is opened anew and `body` runs once more: it must only read.
    public func run<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Connection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            jobs.withLock { $0.append { session in continuation.resume(with: Result { try session.use(body) }) } }
            waiting.signal()
        }
    }

    /// Lets queued work finish, then closes every connection.
    public func close() {
        for _ in 0..<threads { waiting.signal() }
    }

    private func serve(_ server: Server) {
        var session = Session(server)
        while let job = next() { job(&session) }
    }

    private func next() -> Job? {
        waiting.wait()
        return jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}

/// A thread's connection: opened on first use, reopened after it breaks.
private struct Session: ~Copyable {
    private let server: Server
    private var connection: Connection?

    init(_ server: Server) {
        self.server = server
        self.connection = nil
    }

    mutating func use<T>(_ body: (borrowing Connection) throws -> T) throws -> T {
        let isFresh = connection?.isUsable != true
        if isFresh { connection = try server.connect() }
        do {
            return try run(body)
        } catch {
            guard !isFresh, connection?.isUsable == false else { throw error }
            connection = try server.connect()
            return try run(body)
        }
    }

    private borrowing func run<T>(_ body: (borrowing Connection) throws -> T) throws -> T {
        switch connection {
        case .some(let open): return try body(open)
        case .none: throw PostgresError(connectionText: "the session was lost")
        }
    }
}
