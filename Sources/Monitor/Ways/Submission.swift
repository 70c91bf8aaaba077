import Foundation
import Ingest
import Postgres
import Words

/// A file on its way in. Where the database goes away in the middle of its load, the load is taken up again once the
/// database is back: by then nothing of it, or all of it, has been stored.
struct Submission {
    private static let waits: [Double] = [1, 1, 2, 2, 4, 4, 8, 8, 15, 15, 30, 30]

    let backend: Backend
    let words: Words

    func load(
        _ file: ReceivedFile, _ options: ReportLoader.Options, _ progress: ReportLoader.Progress = { _, _ in }
    ) throws -> [Receipt] {
        do {
            return try backend.loader.load(file, options, backend.ingest.connect(), progress)
        } catch let error as PostgresError where error.isAboutServer && error.connectionText == nil {
            printToTerminal(words("load.connection_lost"))
            let connection = try reconnected(error)
            // The database may still be undoing what it was doing; what it had finished is known by its content.
            let resumed = try backend.loader.resumeInterrupted(connection, progress)
                .filter { $0.sha256 == file.sha256 }
            return resumed.isEmpty ? try backend.loader.load(file, options, connection, progress) : resumed
        }
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
