import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Where each clinic has been going, beside all others.
@Suite struct ClinicTrendsTests {
    @Test("Clinics' trends are judged together: q of each indicator is Benjamini and Hochberg's of its p values")
    func trendsOfClinics() async throws {
        let reports = SeriesReports.dropouts.enumerated().map { index, dropouts in
            SeriesReports.row("QS-001", Month(2023, 10) + index, dropouts, clients: 200 + index)
                + SeriesReports.row("QS-002", Month(2023, 10) + index, Double(8 + (index * 7) % 5), clients: 150)
                + SeriesReports.row("YH-001", Month(2023, 10) + index, Double(5 + (index * 3) % 4), clients: 3)
        }.joined()
        try await SeriesReports.withDashboard(reports, asOf: "2026-10-20") { dashboard, _, words in
            let panel = try #require(try await dashboard.panel(.trends, .programme, month: nil, words)?.panel)
            let rows = Dictionary(
                uniqueKeysWithValues: panel.rows.map { ($0["site"]?.plainText ?? "", $0) })
            guard case .number(let p)? = rows["QS-001"]?["dropout_rate_p"],
                case .number(let q)? = rows["QS-001"]?["dropout_rate_q"],
                case .number(let other)? = rows["QS-002"]?["dropout_rate_p"]
            else {
                Issue.record("no trends")
                return
            }
            #expect(abs(p - 0.00048228437508351) < 1e-12)
            #expect(p < other && abs(q - 2 * p) < 1e-12)
            #expect(rows["QS-001"]?["dropout_rate_trendText"] == .text("−21.8 (−31.3 to −11.1) *"))
            // Three clients: neither trend nor icon.
            #expect(rows["YH-001"]?["dropout_rate_trend"] == .missing)
            #expect(rows["YH-001"]?["dropout_rate_signalText"] == .text("hidden (small numbers)"))
            #expect(panel.rows.first?["site"] == .text("QS-001"))
            let region = try await dashboard.panel(.trends, .region(code: "YH"), month: nil, words)?.panel
            #expect(region?.rows.count == 1)
            #expect(try await dashboard.panel(.trends, .site(code: "QS-001"), month: nil, words) == nil)
        }
    }
}
