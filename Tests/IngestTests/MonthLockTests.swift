import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Months that are closed to changes: what says what is known already is no change.
@Suite struct MonthLockTests {
    private static let doses = "site,client,dosed_on,dose_mg\n"
    private static let urine = "site,client,collected_on,result\n"

    private func lock(_ month: String, _ database: TestDatabase) throws {
        try database.ingest.connect().query(
            "update reporting_month set locks_on = due_on + 1 where month = $1", ["\(month)-01"])
    }

    @Test("a cumulative file loads, its known rows unchanged; only what would change a locked month is refused")
    func monthly() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let january = Files.row("QS-001", "2026-01")
            try await database.load(Files.header + january)
            try lock("2026-01", database)
            let cumulative = try await database.load(Files.header + january + Files.row("QS-001", "2026-02"))
            #expect(cumulative.outcome == .loaded)
            #expect(cumulative.counts.unchanged == 1 && cumulative.counts.inserted == 1)
            let changed = try await database.load(
                Files.header + Files.row("QS-001", "2026-01", dropout: "4", closing: "100")
                    + Files.row("QS-002", "2026-01") + Files.row("QS-001", "2026-02"))
            #expect(
                changed.defects.map { "\($0.line) \($0.column ?? "") \($0.value ?? "")" } == [
                    "2 month 2026-01", "3 month 2026-01",
                ])
            #expect(changed.counts.unchanged == 1 && changed.counts.rejected == 2)
            try database.ingest.connect().query(
                """
                insert into lock_exception (month, site_id, ends_on, owner, reason)
                select '2026-01-01', site_id, current_date + 400, 'Li', 'a test' from site where code = 'QS-002'
                """)
            let excepted = try await database.load(Files.header + Files.row("QS-002", "2026-01"))
            #expect(excepted.outcome == .loaded)
        }
    }

    @Test("of a locked month's doses and tests those that are known stay, and the others are refused one by one")
    func bundles() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let dose = { (day: Int, dose: Int) in "QS-001,7,2026-01-0\(day),\(dose)\n" }
            try await database.load(Self.doses + dose(1, 50) + dose(2, 50))
            let test = { (day: Int, result: String) in "QS-001,7,2026-01-0\(day),\(result)\n" }
            try await database.load(Self.urine + test(1, "positive") + test(2, "negative"))
            try lock("2026-01", database)

            let doses = try await database.load(
                Self.doses + dose(1, 50) + dose(2, 60) + dose(3, 50)
                    + "QS-001,8,2026-01-01,50\nQS-001,7,2026-02-01,50\n")
            #expect(doses.counts == .init(received: 5, inserted: 1, changed: 0, unchanged: 1, rejected: 3, flagged: 0))
            #expect(doses.defects.map(\.line) == [3, 4, 5])
            #expect(Set(doses.defects.map(\.code)) == [.monthLocked])
            #expect(try database.value("select count(*) from mmt.client") == "1", "nothing is known of the other")

            let tests = try await database.load(
                Self.urine + test(1, "negative") + test(2, "negative") + test(3, "negative")
                    + "QS-001,7,2026-02-01,negative\nQS-002,9,2026-01-01,negative\n")
            #expect(tests.counts == .init(received: 5, inserted: 1, changed: 0, unchanged: 1, rejected: 3, flagged: 0))
            #expect(tests.defects.map(\.line) == [2, 4, 6])
            let known = try database.value(
                "select string_agg(result, ',' order by collected_on) from mmt.urine_test")
            #expect(known == "positive,negative,negative")
        }
    }

    @Test("a file that is taken whole or not at all is held back by a row of a locked month")
    func wholeFile() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try database.administration.connect().query(
                "insert into mmt.source (source, takes) values ('w', 'whole_file')")
            try await database.load(Files.header + Files.row("QS-001", "2026-01"))
            try lock("2026-01", database)
            let file =
                Files.header + Files.row("QS-001", "2026-01", dropout: "4", closing: "100")
                + Files.row("QS-001", "2026-02")
            let held = try await database.load(file, .init(source: "w"))
            #expect(held.outcome == .refused)
            #expect(held.defects.map(\.code) == [.monthLocked, .heldWithFile])
        }
    }
}
