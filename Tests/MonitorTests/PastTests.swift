import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// What was known on a day, and what a correction changed.
@Suite struct PastTests {
    private static let report = """
        site,month,submitted_at,opening,new,readmitted,transferred_in,exit_dropout,closing
        QS-001,2026-01,2026-02-05,100,0,0,0,4,96

        """

    @Test("as of a day before the correction arrived, the first report counts; today the correction does")
    func asOf() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load("site,name,region\nQS-001,Qingshan First,QS\n")
            try await database.load(Self.report, .init(history: true))
            try await database.load(
                Self.report.replacing(",4,96", with: ",9,91").replacing("02-05", with: "03-20"), .init(history: true))
            let words = try TestCluster.catalogues()[.english]
            func dropouts(_ day: String?) async throws -> PanelDocument? {
                let sessions = Database(database.web, threads: 1)
                defer { sessions.close() }
                let dashboard = Dashboard(
                    database: sessions, sql: TestCluster.sql, asOf: day.flatMap { Day($0) })
                return try await dashboard.series(
                    "dropout_rate", .site(code: "QS-001"), month: Month("2026-01"), words)
            }
            #expect(try await dropouts(nil)?.panel.rows.first?["numerator"] == .number(9))
            let then = try await dropouts("2026-03-01")
            #expect(then?.panel.rows.first?["numerator"] == .number(4))
            #expect(then?.notices.map(\.code) == ["as_of"])
            #expect(try await dropouts("2026-03-20")?.panel.rows.first?["numerator"] == .number(9))
            #expect(try await dropouts("2026-01-31")?.panel.rows.first?["numerator"] ?? .missing == .missing)
            // Nothing of it stays: the next reader has today's.
            #expect(
                try database.value("select numerator from mmt.indicator_count where indicator = 'dropout_rate'") == "9")
        }
    }

    @Test("a correction is told field by field, and a resolved question opens again when its numbers change")
    func changes() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load("site,name,region\nQS-001,Qingshan First,QS\n")
            let header =
                "site,month,opening,new,readmitted,transferred_in,exit_dropout,exit_transferred,exit_completed,exit_disciplinary,exit_detained,exit_hospital,exit_moved,exit_died,exit_other,closing\n"
            try await database.load(header + "QS-001,2026-01,100,5,0,0,4,0,0,0,0,0,0,0,0,90\n")
            let act = try TestCluster.sql.text("merge/flag_action.sql")
            let site = try database.value("select site_id from mmt.site")
            let session = try database.ingest.connect()
            try session.query(
                act, [site, "2026-01-01", "caseload_does_not_add_up", "resolved", nil, "Li", "counted by hand"])
            let state =
                "select state || coalesce(' ' || reason, '') from mmt.flag_state where code = 'caseload_does_not_add_up'"
            #expect(try database.value(state) == "resolved counted by hand")
            try await database.load(header + "QS-001,2026-01,100,5,0,0,4,0,0,0,0,0,0,0,0,92\n")
            #expect(try database.value(state) == "open")
            let change = try database.value(
                "select field || ' ' || was::int || ' ' || became::int from mmt.report_change")
            #expect(change == "closing 90 92")
        }
    }

    @Test(
        "rates of completeness and timeliness never pass 100 %, whatever calendar and reports there are",
        arguments: 0..<6)
    func neverAbove(_ seed: UInt64) async throws {
        var random = Dice(random: SampleRandom(seed: seed, stream: 0))
        try await TestCluster.withDatabase { database in
            try await database.load("site,name,region\nA-1,A,R\nB-1,B,R\n")
            let month = {
                Month.through(Month("2025-01") ?? .first, Month("2026-09") ?? .first).randomElement(using: &random)
                    ?? .first
            }
            let statuses = ["open", "suspended", "closed"]
            var calendar = "site,starts_on,ends_on,status\n"
            for site in ["A-1", "B-1"] {
                for day in Set((0..<4).map { _ in month() }) {
                    calendar +=
                        "\(site),\(day)-\(["01", "15"].randomElement(using: &random) ?? "01"),,\(statuses.randomElement(using: &random) ?? "open")\n"
                }
            }
            try await database.load(calendar)
            for _ in 0..<12 {
                try await database.load(
                    "site,month,submitted_at,opening\n\(["A-1", "B-1"].randomElement(using: &random) ?? "A-1"),\(month()),\(month())-20,\(Int.random(in: 0...9, using: &random))\n",
                    .init(history: true))
            }
            let broken = try database.value(
                "select count(*) from mmt.completeness where received > expected or received_in_time > received")
            #expect(broken == "0")
        }
    }
}

/// The sample's reproducible numbers as the standard library takes them.
private struct Dice: RandomNumberGenerator {
    var random: SampleRandom
    mutating func next() -> UInt64 { random.next() }
}
