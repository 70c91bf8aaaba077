import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// The same path, rolled back.
@Suite struct DryRunTests {
    @Test("a dry run gives the same receipt and stores nothing")
    func dryRun() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let file = Files.header + Files.row("QS-001", "2026-01") + Files.row("NO-1", "2026-01")
            let dry = try await database.load(file, .init(dryRun: true))
            #expect(try database.value("select count(*) from mmt.receipt") == "1")
            #expect(try database.value("select count(*) from mmt.rejected_row") == "0")
            let real = try await database.load(file)
            #expect(dry.counts == real.counts)
            #expect(dry.defects == real.defects)
            #expect(dry.outcome == real.outcome)
        }
    }

    @Test("a dry run of a file that breaks off in the middle is a refusal, as the load is")
    func dryRefusal() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let file = Files.header + Files.row("QS-001", "2026-01") + "QS-001,\"2026-02\n"
            let dry = try await database.load(file, .init(dryRun: true))
            #expect(dry.refusal?.code == "quote_unterminated")
            #expect(try await database.load(file).refusal == dry.refusal)
            #expect(try database.value("select count(*) from mmt.monthly_report") == "0")
        }
    }

    @Test("what our rules let through and the database refuses is said by a dry run as by the load")
    func databaseRefused() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try database.administration.connect().query(
                "alter table mmt.monthly_report add constraint of_this_test check (opening <> 100)")
            let file = Files.header + Files.row("QS-001", "2026-01")
            let dry = try await database.load(file, .init(dryRun: true))
            let real = try await database.load(file)
            #expect(real.refusal == FileRefusal("database_refused", ["state": "23514", "place": "of_this_test"]))
            #expect(dry.refusal == real.refusal && dry.outcome == .refused && dry.id == nil)
            #expect(try database.value("select count(*) from mmt.receipt") == "2")
        }
    }
}
