import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Loads that did not come to their end.
@Suite struct InterruptedLoadTests {
    @Test("a load that was killed leaves nothing but its file, and the next one finishes it under its own receipt")
    func killed() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let rows = (1...9).map { Files.row("QS-001", "2025-0\($0)") }.joined()
            try await TestCluster.withFolder { folder in
                let url = folder.appending(path: "year.csv")
                try Data((Files.header + rows).utf8).write(to: url)
                let file = try ReceivedFile(url)
                // The state that a kill leaves: the arrival committed, the rest rolled back by the server, the lock gone.
                let doomed = try database.ingest.connect()
                let number = try doomed.transaction { doomed in
                    let kept = try FileArchive(nil).keep(file, doomed)
                    return try ReceiptLedger.begin(file, number: kept.file, .init(), doomed)
                }
                #expect(try database.loader().resumeInterrupted(database.ingest.connect()) == [], "it may still live")
                ReceiptLedger.letGo(number, doomed)

                let resumed = try database.loader().resumeInterrupted(database.ingest.connect())
                #expect(resumed.map(\.id) == [number])
                #expect(resumed.first?.counts.inserted == 9)
                #expect(try database.value("select count(*) from mmt.current_report") == "9")
                #expect(try database.loader().resumeInterrupted(database.ingest.connect()) == [])
            }
        }
    }
}
