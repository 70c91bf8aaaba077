import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Reports that should never have been sent.
@Suite struct WithdrawalTests {
    private let month = Month("2026-03") ?? .first

    private func withdraw(_ site: String, _ database: TestDatabase) throws -> ReportWithdrawal.Outcome {
        let connection = try database.ingest.connect()
        let site = try #require(try RegisteredSite.find(site, connection))
        return try ReportWithdrawal(TestCluster.sql).withdraw(
            site, month, by: "Li", because: "the file meant April", connection)
    }

    @Test("a withdrawn report counts no more, stays readable, and its month is missing again")
    func withdrawn() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(
                Files.header + Files.row("QS-001", "2026-01")
                    + Files.row("QS-001", "2026-02", dropout: "4", closing: "100"))
            let wrong = Files.header + Files.row("QS-001", "2026-03")
            let receipt = try await database.load(wrong, named: "wrong.csv")
            let before = try database.value("select now()")
            let outcome = try withdraw("old-1", database)
            #expect(outcome == .withdrawn(version: 1, receipt: receipt.id ?? 0, line: 2, file: "wrong.csv"))

            #expect(try database.value("select count(*) from mmt.current_report") == "2")
            #expect(try database.value("select count(*) from mmt.indicator_count where month = '2026-03-01'") == "0")
            let state = """
                select state || ' ' || versions from mmt.expected_report x join mmt.site using (site_id)
                where code = 'QS-001' and month = '2026-03-01'
                """
            #expect(try database.value(state) == "late 0")
            #expect(try database.value("select last_month from mmt.programme") == "2026-02-01")
            // History, receipts and the past are what they were.
            #expect(
                try database.value(
                    "select is_current || ' ' || (withdrawn_at is not null) from mmt.report where file_name = 'wrong.csv'"
                )
                    == "false true")
            #expect(try database.value("select outcome from mmt.receipt where file_name = 'wrong.csv'") == "loaded")
            let past = "select count(*) from mmt.report_as_of($1) where month = '2026-03-01'"
            #expect(try database.value(past, [before]) == "1")
            #expect(try database.value(past, ["infinity"]) == "0")
            #expect(
                try database.value("select withdrawn_by || ': ' || reason from mmt.report_withdrawal")
                    == "Li: the file meant April")
            #expect(try withdraw("QS-001", database) == .notReported)
            #expect(try RegisteredSite.find("QS-009", database.ingest.connect()) == nil)
        }
    }

    @Test("the same bytes stay known; a report that is sent later is the month's, and starts afresh")
    func reportedAgain() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let wrong = Files.header + Files.row("QS-001", "2026-03")
            try await database.load(wrong)
            _ = try withdraw("QS-001", database)
            #expect(try await database.load(wrong).outcome == .repeated)
            #expect(try database.value("select count(*) from mmt.current_report") == "0")
            let right = try await database.load("site,month,closing\nQS-001,2026-03,12\n")
            #expect(right.counts == .init(received: 1, inserted: 1, changed: 0, unchanged: 0, rejected: 0, flagged: 0))
            #expect(
                try database.value(
                    "select version || ' ' || closing || ' ' || coalesce(opening, -1) from mmt.current_report")
                    == "2 12 -1")
            #expect(
                try database.value("select sum(numerator) from mmt.indicator_count where indicator = 'caseload'")
                    == "12")
            #expect(
                try database.value("select count(*) from mmt.first_report_movement where first_sum <> current_sum")
                    == "0")
        }
    }

    @Test("windows that reach over the month are open, and the next month is no longer asked about it")
    func neighbours() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let months = (1...9).map { "2025-0\($0)" } + ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02"]
            try await database.load(Files.header + months.map { Files.row("QS-001", $0) }.joined())
            try await database.load(Files.header + Files.row("QS-001", "2026-03") + Files.row("QS-001", "2026-04"))
            let isWhole = """
                select numerator is not null and denominator is not null from mmt.indicator_count
                where indicator = 'pool_retention' and month = '2026-04-01'
                """
            let flags = "select count(*) from mmt.flag where month = '2026-04-01' and code like 'opening%'"
            #expect(try database.value(isWhole) == "t")
            #expect(try database.value(flags) == "1")
            _ = try withdraw("QS-001", database)
            #expect(try database.value(isWhole) == "f")
            #expect(try database.value(flags) == "0")
            #expect(try database.value("select count(*) from mmt.flag where month = '2026-03-01'") == "0")
        }
    }

    @Test("a locked month is not changed by a withdrawal either")
    func locked() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(Files.header + Files.row("QS-001", "2026-03"))
            try database.ingest.connect().query(
                "update reporting_month set locks_on = due_on + 1 where month = '2026-03-01'")
            #expect(try withdraw("QS-001", database) == .monthLocked)
            #expect(try database.value("select count(*) from mmt.current_report") == "1")
        }
    }
}
