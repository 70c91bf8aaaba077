import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Panels made from client records, against figures worked out by hand.
@Suite struct FollowUpTests {
    /// At QS-001 forty enter on one day: four drop out on their 50th day, six are transferred on their 60th, thirty stay; one
    /// more comes on 10 August, which is as far as the record goes. At YH-001 twenty of forty drop out. QS-002 has three.
    private static let episodes: String = {
        var rows = ["site,client,started_on,ended_on,exit_reason,entry"]
        for number in 1...40 {
            let end = number <= 4 ? "2026-02-19,dropout" : number <= 10 ? "2026-03-01,transferred" : ","
            rows.append("QS-001,A\(number),2026-01-01,\(end),new")
            rows.append("YH-001,B\(number),2026-01-01,\(number <= 20 ? "2026-02-19,dropout" : ","),new")
        }
        rows += ["QS-001,A99,2026-08-10,,,new", "YH-001,B99,2026-08-10,,,new"]
        rows += (1...3).map { "QS-002,C\($0),2026-01-01,\($0 == 1 ? "2026-03-01,died" : ","),new" }
        return rows.joined(separator: "\n") + "\n"
    }()

    private func withDashboard(_ body: (Dashboard, TestDatabase, Words) async throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            try await database.load(ProgrammeFiles.reports)
            let receipt = try await database.load(Self.episodes, named: "episodes.csv")
            #expect(receipt.counts.inserted == 85)
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            try await body(
                Dashboard(database: threads, sql: TestCluster.sql), database, TestCluster.catalogues()[.english])
        }
    }

    private func panel(
        _ name: PanelName, _ place: Scope.Place, rule: String? = nil, _ dashboard: Dashboard, _ words: Words
    ) async throws -> Panel {
        try #require(try await dashboard.panel(name, place, month: nil, rule: rule, words)?.panel)
    }

    private let clinic = Scope.Place.site(code: "QS-001")

    @Test("retention by hand: 36 of 40 stay after 50 days, who is transferred is not lost; limits on ln(−ln S)")
    func retention() async throws {
        try await withDashboard { dashboard, _, words in
            let panel = try await panel(.retention, clinic, dashboard, words)
            let own = panel.rows.filter { $0["series"] == .text("own") }
            let six = try #require(own.first { $0["time"] == .whole(6) })
            // 0.9 to the power exp(±1.96 √(4/(40·36)) / ln 0.9)
            #expect(six["text"] == .text("90.0 (75.5–96.1)"))
            #expect(six["atRisk"] == .whole(30))
            #expect(panel.figure?.text == "90.0")
            // The curve ends where fewer than ten are followed: after day 222 nobody is.
            #expect(own.last?["time"] == .whole(7))
            let programme = panel.rows.filter { $0["series"] == .text("programme") }
            // 24 of 83 who enter on one day drop out on their 50th, of C1 to C3 nobody.
            #expect(programme.first { $0["time"] == .whole(1) }?["text"] == .text("100.0 (95.7–100.0)"))
        }
    }

    @Test(
        "the rest of the programme is compared with a log-rank test, and the figure of the naive is told with its counts"
    )
    func sentences() async throws {
        try await withDashboard { dashboard, _, words in
            let panel = try await panel(.retention, clinic, dashboard, words)
            #expect(panel.sentence.contains("more of a difference than chance makes (log-rank p < 0.001)"))
            let caveat = try #require(panel.caveat)
            #expect(caveat.contains("Dividing the 31 who are in treatment by all 41 ever admitted would say 76 %"))
        }
    }

    @Test("a programme of client records alone has no charts of monthly reports, and says what it is made from")
    func recordsAlone() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            try await database.load(Self.episodes, named: "episodes.csv")
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let dashboard = Dashboard(database: threads, sql: TestCluster.sql)
            let words = try TestCluster.catalogues()[.english]
            for place in [Scope.Place.programme, clinic] {
                let page = try #require(try await dashboard.page(place, month: nil, words))
                #expect(page.panels.isEmpty && page.callFirst == nil)
                #expect(page.sentence.contains("until 2026-08-10; no monthly report"))
                #expect(page.recordsURL?.hasSuffix("/records?month=2026-07") == true)
                let records = try #require(try await dashboard.records(place, month: nil, rule: nil, words))
                #expect(records.panels.contains { $0.id == "retention" })
                // A line through a single year is none.
                for panel in records.panels where panel.kind == .curve {
                    #expect(panel.chart == nil || panel.rows.count > 1)
                }
            }
        }
    }

    @Test("reasons compete: 10 of 100 drop out, then 6 of the 36 who are left are transferred, which is 15 of 100")
    func incidence() async throws {
        try await withDashboard { dashboard, _, words in
            let panel = try await panel(.exitIncidence, clinic, dashboard, words)
            for (reason, share) in [("exit_dropout", 10.0), ("exit_transferred", 15), ("exit_died", 0)] {
                let row = try #require(panel.rows.first { $0["reason"] == .text(reason) })
                let seen = try #require(Double(row["share"]?.plainText ?? ""))
                #expect(abs(seen - share) < 1e-9)
            }
        }
    }

    @Test("of the cohort of January 30 of 40 are in treatment after six months: Wilson's interval")
    func occupancy() async throws {
        try await withDashboard { dashboard, _, words in
            let panel = try await panel(.occupancy, clinic, dashboard, words)
            let six = panel.rows.first { $0["series"] == .text("in_treatment") && $0["time"] == .whole(6) }
            #expect(six?["text"] == .text("75.0 (59.8–85.8)"))
        }
    }

    @Test("a clinic of three clients shows no number of theirs in any panel, in any form")
    func hidden() async throws {
        try await withDashboard { dashboard, _, words in
            let page = try #require(
                try await dashboard.records(.site(code: "QS-002"), month: nil, rule: nil, words))
            #expect(!page.panels.isEmpty)
            for panel in page.panels {
                for row in panel.rows where row["series"] != .text("programme") {
                    for key in ["value", "low", "high", "share", "count", "atRisk", "numerator", "denominator"] {
                        #expect(row[key] ?? .missing == .missing, "\(panel.id) \(key)")
                    }
                }
                #expect(!panel.sentence.contains("3"), "\(panel.id): \(panel.sentence)")
            }
        }
    }

    @Test("the reader chooses what ends a stay: a gap of ten days ends it after seven days and not after fourteen")
    func rules() async throws {
        try await withDashboard { dashboard, database, words in
            try await database.load(Self.doses, named: "doses.csv")
            let seven = try await panel(.retention, clinic, rule: "missed_7", dashboard, words)
            let fourteen = try await panel(.retention, clinic, rule: "missed_14", dashboard, words)
            let share = { (panel: Panel) in
                panel.rows.first { $0["series"] == .text("own") && $0["time"] == .whole(1) }?["text"]
            }
            #expect(share(seven) == .text("0.0 (–)") || share(seven) != share(fourteen))
            #expect(share(fourteen) == .text("100.0 (73.5–100.0)"))
            await #expect(throws: UnknownRule.self) {
                _ = try await dashboard.panel(.retention, clinic, month: nil, rule: "missed_9", words)
            }
        }
    }

    /// Twelve clients of QS-001 who take a dose each day from 1 January to 15 March, but not from 21 to 30 January; their
    /// episodes say that they stay.
    private static let doses: String = {
        let days =
            (1...31).filter { !(21...30).contains($0) }.map { "2026-01-\($0 < 10 ? "0" : "")\($0)" }
            + (1...28).map { "2026-02-\($0 < 10 ? "0" : "")\($0)" }
            + (1...15).map { "2026-03-\($0 < 10 ? "0" : "")\($0)" }
        let rows = (11...22).flatMap { client in days.map { "QS-001,A\(client),\($0),60" } }
        return (["site,client,dosed_on,dose_mg"] + rows).joined(separator: "\n") + "\n"
    }()

    @Test(
        "tests of one client resemble one another: the interval is of the clients, and every test missed may be positive"
    )
    func tests() async throws {
        try await withDashboard { dashboard, database, words in
            // Ten clients with four tests each: five always positive, five never; one more test each was missed.
            let rows = (11...20).flatMap { client in
                (1...4).map { "QS-001,A\(client),2026-10-0\($0),opioid,\(client <= 15 ? "positive" : "negative")" }
                    + ["QS-001,A\(client),2026-10-20,opioid,missed"]
            }
            try await database.load(
                (["site,client,collected_on,substance,result"] + rows).joined(separator: "\n") + "\n",
                named: "urine.csv")
            let panel = try await panel(.tests, clinic, dashboard, words)
            // The design effect is 40·(10/9)·10·4/1600 / 0.25 = 40/9; Wilson at 40/(40/9) = 9 tests.
            #expect(panel.figure?.text == "50.0")
            #expect(panel.figure?.interval == "22.7–77.3")
            #expect(panel.sentence.contains("a design effect of 4.4"))
            #expect(panel.sentence.contains("80 % of 50 tests due were done"))
            #expect(panel.sentence.contains("it would be 60.0"))
        }
    }
}
