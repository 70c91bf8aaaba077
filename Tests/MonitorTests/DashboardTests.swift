import Foundation
import Ingest
import Metrics
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

@Suite struct DashboardTests {
    private func withDashboard(_ body: (Dashboard, TestDatabase, Words) async throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            try await database.load(ProgrammeFiles.reports)
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            try await body(
                Dashboard(database: threads, sql: TestCluster.sql), database, TestCluster.catalogues()[.english])
        }
    }

    private func row(_ panel: Panel, _ month: String) -> PanelRow {
        panel.rows.first { $0["month"] == .text(month) } ?? [:]
    }

    @Test(
        "a programme's rate adds counts over the clinics that reported both of them, by hand: (5 + 0 + 10) / (100 + 3.5 + 200)"
    )
    func programmeRate() async throws {
        try await withDashboard { dashboard, _, words in
            let document = try await dashboard.series("dropout_rate", .programme, month: Month("2026-09"), words)
            let panel = try #require(document?.panel)
            #expect(row(panel, "2026-09")["numerator"] == .number(15))
            #expect(row(panel, "2026-09")["denominator"] == .number(303.5))
            // In October YH-001 left its closing blank: neither its dropouts nor its clients count.
            #expect(row(panel, "2026-10")["numerator"] == .number(5))
            #expect(row(panel, "2026-10")["denominator"] == .number(102.5))
        }
    }

    @Test("a blank is not reported: no figure, and not zero")
    func blank() async throws {
        try await withDashboard { dashboard, _, words in
            let document = try await dashboard.series("admissions", .site(code: "YH-001"), month: nil, words)
            let october = row(try #require(document?.panel), "2026-10")
            #expect(october["state"] == .text("not_reported"))
            #expect(october["value"] == .missing)
        }
    }

    @Test("a clinic of fewer than five clients is hidden whole: no number of it in its page, its panels or its file")
    func hidden() async throws {
        try await withDashboard { dashboard, _, words in
            let page = try #require(try await dashboard.page(.site(code: "QS-002"), month: nil, words))
            for panel in page.panels where panel.kind == .series {
                for row in panel.rows {
                    #expect(row["state"] != .text("value"), "\(panel.id)")
                    for key in ["value", "low", "high", "numerator", "denominator", "centre"] {
                        #expect(row[key] ?? .missing == .missing, "\(panel.id) \(key)")
                    }
                }
                #expect(panel.figure?.detail == nil)
            }
            #expect(page.panels.first { $0.id == "dropout_rate" }?.figure?.text == "hidden (small numbers)")
            let compared = try #require(
                try await dashboard.comparison("dropout_rate", .programme, month: nil, words)?.panel)
            let entry = compared.rows.first { $0["site"] == .text("QS-002") }
            #expect(entry?["state"] == .text("suppressed"))
            #expect(entry?["value"] == .missing)
        }
    }

    @Test("the analyst's view gives the figure of the page")
    func view() async throws {
        try await withDashboard { dashboard, database, words in
            let document = try await dashboard.series("positivity_clients", .site(code: "QS-001"), month: nil, words)
            let shown = row(try #require(document?.panel), "2026-10")["value"]
            let figure = try database.value(
                "select figure from mmt.figure where site = 'QS-001' and month = '2026-10-01' and indicator = 'positivity_clients'"
            )
            #expect(shown == figure.flatMap(Double.init).map(Datum.number))
        }
    }

    @Test("completeness and timeliness never exceed 100 %, whatever arrives unexpectedly")
    func completeness() async throws {
        try await withDashboard { _, database, _ in
            try await database.load(
                "site,name,region,opened_on,closed_on\nYH-001,Yunhe First,YH,2020-01-01,2026-08-31\n")
            let over = try database.value(
                "select count(*) from mmt.completeness where received > expected or received_in_time > received")
            #expect(over == "0")
            let expected = try database.value(
                "select expected || '/' || received from mmt.completeness where month = '2026-10-01'")
            #expect(expected == "2/2")
        }
    }

    @Test("the same data give the same bytes")
    func reproducible() async throws {
        try await withDashboard { dashboard, _, words in
            let first = try Document.json(try await dashboard.page(.programme, month: nil, words), tag: nil)
            let second = try Document.json(try await dashboard.page(.programme, month: nil, words), tag: nil)
            #expect(first.bytes == second.bytes)
        }
    }

    @Test("what is not known, or not the reader's, is nothing")
    func unknown() async throws {
        try await withDashboard { dashboard, _, words in
            let site = try await dashboard.page(.site(code: "NO-1"), month: nil, words)
            let region = try await dashboard.page(.region(code: "NO"), month: nil, words)
            let panel = try await dashboard.series("no_such", .programme, month: nil, words)
            let receipt = try await dashboard.receipt(999, words)
            #expect(site == nil && region == nil && panel == nil && receipt == nil)
        }
    }
}
