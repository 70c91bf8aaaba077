import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Months of which some is still to come, by what came late before.
@Suite struct ProvisionalMonthTests {
    /// QS-001 always on the 5th; QS-002 every other month on the 25th; YH-001 corrects every third month after 40 days.
    private static let habits: String = (0..<36).map { index in
        let month = Month(2023, 10) + index
        let isLast = index == 35
        return SeriesReports.row("QS-001", month, 10, clients: 200)
            + SeriesReports.row("QS-002", month, 10, clients: 200, day: index % 2 == 0 && !isLast ? 25 : 5)
            + SeriesReports.row("YH-001", month, 10, clients: 200)
    }.joined()

    private static let corrections: String = (0..<35).filter { $0 % 3 == 0 }.map { index in
        let month = Month(2023, 10) + index
        return SeriesReports.row("YH-001", month, 12, clients: 200).replacing(
            (month + 1).date(day: 5), with: (month + 2).date(day: 10))
    }.joined()

    @Test(
        "A month is provisional by the clinic's own reports: while one in ten came or changed later than now",
        arguments: [
            // 20 days after the end of September: half of QS-002's came later, a third of YH-001's changed later.
            ("2026-10-20", ["QS-002", "YH-001"], true),
            // 30 days: everything of QS-002's had come.
            ("2026-10-30", ["YH-001"], true),
            // 61 days: nothing changed later.
            ("2026-11-30", [], false),
        ])
    func provisional(_ day: String, _ sites: [String], _ ofProgramme: Bool) async throws {
        try await SeriesReports.withDashboard(Self.habits) { _, database, words in
            try await database.load(
                SeriesReports.header + Self.corrections, named: "corrected.csv", .init(history: true))
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let dashboard = Dashboard(database: threads, sql: TestCluster.sql, asOf: Day(day))
            func last(_ place: Scope.Place) async throws -> (panel: Panel, isProvisional: Bool) {
                let panel = try #require(
                    try await dashboard.series("dropout_rate", place, month: Month("2026-09"), words)?.panel)
                return (panel, panel.row("2026-09")["provisional"] == .flag(true))
            }
            for site in ["QS-001", "QS-002", "YH-001"] {
                let (panel, isProvisional) = try await last(.site(code: site))
                #expect(isProvisional == sites.contains(site), "\(site)")
                #expect(panel.sentence.contains("Provisional") == isProvisional)
                // Half a year later nothing is.
                #expect(panel.row("2026-03")["provisional"] == .flag(false))
            }
            #expect(try await last(.programme).isProvisional == ofProgramme)
            if day == "2026-10-20" {
                let said = try await last(.site(code: "QS-002")).panel.sentence
                #expect(said.contains("of 24 earlier reports of this clinic, 12 came or changed later than now."))
                // Σ: 0 of 24, 12 of 24 and 8 of 24, over three clinics.
                let whole = try await last(.programme).panel
                #expect(whole.sentence.contains("0 of 3 reports have not come"))
                #expect(whole.sentence.contains("about 28 %"))
                // What may still rise is left out of the trend.
                #expect(whole.trend?.last == "2026-08")
            }
        }
    }

    @Test("A clinic without a history of its own is judged by all clinics'; without anybody's no month is provisional")
    func withoutHistory() {
        let month = Month(2026, 9)
        func settling(_ own: (Int, Int), _ all: (Int, Int)) -> Settling {
            Settling(
                history: [
                    1: [month: .init(reports: own.0, later: own.1, allReports: all.0, allLater: all.1)]
                ])
        }
        #expect(settling((5, 5), (100, 10)).provisional(site: 1).isEmpty)
        #expect(
            settling((5, 0), (100, 11)).provisional(site: 1) == [
                month: .history(later: 11, reports: 100, isOwn: false)
            ])
        #expect(
            settling((20, 3), (100, 0)).provisional(site: 1) == [month: .history(later: 3, reports: 20, isOwn: true)])
        #expect(settling((20, 2), (100, 50)).provisional(site: 1).isEmpty)
        #expect(settling((0, 0), (5, 5)).provisional(site: 1).isEmpty)
    }
}
