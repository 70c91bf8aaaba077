import Foundation
import Postgres
import TestCluster

@testable import Ingest

extension TestDatabase {
    /// A file that has arrived and whose load is held up, as long as `body` lasts; it is finished then.
    func heldUp(_ text: String, named name: String = "held.csv", _ body: () async throws -> Void) async throws
        -> [Receipt]
    {
        var rest: Data? = Data(text.utf8)
        let file = try ReceivedFile(name: name) {
            defer { rest = nil }
            return rest
        }
        // The state that a kill leaves: the arrival committed, the rest rolled back by the server.
        let number = try ingest.connect().transaction { session in
            let kept = try FileArchive(nil).keep(file, session)
            return try ReceiptLedger.begin(file, number: kept.file, .init(), session)
        }
        try await body()
        let resumed = try loader().resumeInterrupted(ingest.connect())
        precondition(resumed.first?.id == number)
        return resumed
    }
}
