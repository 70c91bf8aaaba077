import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// The monthly panel of NIDA CTN-0027 (16 masked sites, six four-week periods), laid on an invented calendar.
@Suite(.enabled(if: TestCluster.hasShared, "the real data are not beside this checkout"))
struct StudyPanelTests {
    private struct Study {
        let sites: String
        let reports: String
        let rows: [[String: String]]

        init() throws {
            let text = try String(
                contentsOf: TestCluster.shared.appending(path: "data/ctn27_monthly_site_panel_methadone.csv"),
                encoding: .utf8)
            let lines = text.replacing("\"", with: "").split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
            let codes = Set(rows.compactMap { $0["site"] }).sorted()
            sites =
                "site,name,region,region_name,provenance\n"
                + codes.map { "S\($0),Study site \($0),CTN27,CTN-0027,synthetic_calendar\n" }.joined()
            reports =
                "site,month,opening,new,readmitted,transferred_in,exit_other,closing,clients_dosed,client_days,methadone_mg,on_60mg,tests_done,tests_positive\n"
                + rows.map { row in
                    let days = Double(row["client_days"] ?? "") ?? 0
                    let milligrams = (Double(row["mean_daily_dose_mg"] ?? "") ?? 0) * days
                    return [
                        "S\(row["site"] ?? "")", "2007-0\(row["period"] ?? "")", row["opening"] ?? "",
                        row["admissions"] ?? "", "0", "0", row["exits"] ?? "", row["closing"] ?? "",
                        row["dosed_clients"] ?? "", row["client_days"] ?? "", String(format: "%.2f", milligrams),
                        row["clients_last_dose_ge60"] ?? "", row["urine_tests"] ?? "", row["urine_opioid_pos"] ?? "",
                    ].joined(separator: ",")
                }.joined(separator: "\n")
        }

        func total(_ field: String, period: Int) -> Double {
            rows.filter { $0["period"] == "\(period)" }.compactMap { Double($0[field] ?? "") }.reduce(0, +)
        }
    }

    @Test("totals on the page equal those of the file, the site of one client is hidden, the calendar is labelled")
    func totals() async throws {
        let study = try Study()
        try await TestCluster.withDatabase { database in
            try await database.load(study.sites)
            let receipt = try await database.load(study.reports, named: "ctn27.csv")
            #expect(receipt.outcome == .loaded)
            #expect(receipt.counts.inserted == 96)
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let dashboard = Dashboard(database: threads, sql: TestCluster.sql)
            let words = try TestCluster.catalogues()[.english]
            let page = try #require(try await dashboard.page(.programme, month: Month("2007-06"), words))
            #expect(page.notices.map(\.code) == ["synthetic_calendar"])

            for (indicator, field) in [("caseload", "closing"), ("admissions", "admissions")] {
                let panel = try #require(try await dashboard.series(indicator, .programme, month: nil, words)?.panel)
                for period in 1...6 {
                    #expect(
                        panel.rows[period - 1]["numerator"] == .number(study.total(field, period: period)),
                        "\(indicator) \(period)")
                }
            }
            let tests = try #require(
                try await dashboard.series("positivity_tests", .programme, month: nil, words)?.panel)
            for period in 1...6 {
                #expect(tests.rows[period - 1]["numerator"] == .number(study.total("urine_opioid_pos", period: period)))
                #expect(tests.rows[period - 1]["denominator"] == .number(study.total("urine_tests", period: period)))
            }
            let single = try #require(try await dashboard.page(.site(code: "S16"), month: nil, words))
            // Nobody is not somebody: after the one client has left, zero is shown; before that, nothing.
            for panel in single.panels where panel.kind == .series {
                for row in panel.rows where row["state"] == .text("value") {
                    #expect(row["value"] == .number(0), "\(panel.id) \(row["month"] ?? .missing)")
                }
            }
            let shown = single.panels.first { $0.id == "caseload" }?.rows.map { $0["state"] ?? .missing }
            #expect(shown?.contains(.text("suppressed")) == true)
        }
    }
}
