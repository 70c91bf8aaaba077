import Foundation
import Ingest
import Postgres
import Words

/// A file on its way in. Where the database goes away in the middle of its load, the load is taken up again once the
/// database is back: by then nothing of it, or all of it, has been stored.
struct Submission {
    private static let waits: [Double] = [1, 1, 2, 2, 4, 4, 8, 8, 15, 15, 30, 30]

    private static let mostRestarts = 5

    let backend: Backend
    let words: Words

    func load(
        _ file: ReceivedFile, _ options: ReportLoader.Options, _ progress: ReportLoader.Progress = { _, _ in }
    ) throws -> [Receipt] {
        var isAgain = false
        return try outlasting { connection in
            defer { isAgain = true }
            // What the database had finished is known by its content; what it had begun is finished under its receipt.
            let resumed =
                isAgain
                ? try resume(connection, progress).filter { $0.isOf(file) } : []
            return resumed.isEmpty ? try backend.loader.load(file, options, connection, progress) : resumed
        }
    }

    /// Finishes loads that were killed.
    func resumeInterrupted() throws -> [Receipt] {
        try outlasting { try resume($0) }
    }

    private func resume(
        _ connection: borrowing Connection, _ progress: ReportLoader.Progress = { _, _ in }
    ) throws -> [Receipt] {
        try backend.loader.resumeInterrupted(
            connection, isWaiting: { printToTerminal(words("load.awaited", ["file": $0])) }, progress)
    }

    /// Runs the body again each time that the database goes away under it.
    private func outlasting<T>(_ body: (borrowing Connection) throws -> T) throws -> T {
        var connection = try backend.ingest.connect()
        for _ in 0..<Self.mostRestarts {
            do {
                return try body(connection)
            } catch let error as PostgresError where error.isAboutServer && error.connectionText == nil {
                printToTerminal(words("load.connection_lost"))
                connection = try reconnected(error)
            }
        }
        return try body(connection)
    }

    private func reconnected(_ error: PostgresError) throws -> Connection {
        for wait in Self.waits {
            Thread.sleep(forTimeInterval: wait)
            if let connection = try? backend.ingest.connect() { return connection }
        }
        throw error
    }
}

extension Receipt {
    var status: LoadStatus { outcome.status }
}

extension Receipt.Outcome {
    var status: LoadStatus {
        switch self {
        case .loaded, .repeated: .accepted
        case .partlyLoaded: .rowsRefused
        case .refused: .fileRefused
        }
    }
}
