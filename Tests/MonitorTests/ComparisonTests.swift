import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Twelve clinics from their file to the panels, against R's numbers for the same clinics (script/oracle/comparison.R).
@Suite struct ComparisonTests {
    private struct Golden: Decodable {
        struct Clinics: Decodable {
            let site, region: [String]
            let opening, closing: [Int]
            let dropout, tested, positive: [Int?]
        }
        struct Indicator: Decodable {
            let whole, phi, tau2: Double
            /// How many lie beyond the limits, and how many would by chance alone.
            let beyond95, beyond998: [Double]
            let p, q, shrunken, shrunkenLow, shrunkenHigh: [Double]
            let programme, region, peers: [[Double]]
        }
        let clinics: Clinics
        let dropout, positivity: Indicator

        private enum CodingKeys: String, CodingKey {
            case clinics
            case dropout = "dropout_rate"
            case positivity = "positivity_clients"
        }

        init() throws {
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/comparison.json")
            self = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
        }

        var sites: String {
            "site,name,region,region_name\n"
                + zip(clinics.site, clinics.region).map { "\($0),Clinic \($0.suffix(3)),\($1),Region \($1)\n" }.joined()
        }

        var reports: String {
            let rows = clinics.site.indices.map { index -> String in
                let counts: [Int?] = [
                    clinics.opening[index], clinics.closing[index], clinics.dropout[index], clinics.tested[index],
                    clinics.positive[index],
                ]
                return "\(clinics.site[index]),2026-09,"
                    + counts.map { $0.map(String.init) ?? "" }.joined(separator: ",")
            }
            return "site,month,opening,closing,exit_dropout,clients_tested,clients_positive\n"
                + rows.joined(separator: "\n") + "\n"
        }
    }

    private func withComparison(_ body: (Golden, Dashboard, TestDatabase, Words) async throws -> Void) async throws {
        let golden = try Golden()
        try await TestCluster.withDatabase { database in
            try await database.load(golden.sites)
            let receipt = try await database.load(golden.reports)
            #expect(receipt.counts.inserted == 12)
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            try await body(
                golden, Dashboard(database: threads, sql: TestCluster.sql), database,
                TestCluster.catalogues()[.english])
        }
    }

    private func number(_ datum: Datum?) -> Double? {
        if case .number(let number) = datum { number } else { nil }
    }

    private func rows(_ panel: Panel) -> [String: PanelRow] {
        Dictionary(
            panel.rows.compactMap { row in
                if case .text(let site) = row["site"] { (site, row) } else { nil }
            }
        ) { first, _ in first }
    }

    private func agree(_ got: Datum?, _ expected: Double, within tolerance: Double = 1e-6, _ what: String) {
        guard let value = number(got) else {
            Issue.record("\(what): no number")
            return
        }
        #expect(abs(value - expected) <= tolerance * max(1, abs(expected)), "\(what): \(value), not \(expected)")
    }

    @Test(
        "evidence, q, shrunken figures and differences from programme, region and peers are R's",
        arguments: ["dropout_rate", "positivity_clients"])
    func numbers(_ indicator: String) async throws {
        try await withComparison { golden, dashboard, _, words in
            let expected = indicator == "dropout_rate" ? golden.dropout : golden.positivity
            let document = try await dashboard.comparison(indicator, .sites, .programme, month: nil, words)
            let found = rows(try #require(document?.panel))
            for index in 0..<10 {
                let site = golden.clinics.site[index]
                let row = try #require(found[site])
                agree(row["centre"], expected.whole, "\(site) programme's figure")
                agree(row["p"], expected.p[index], "\(site) p")
                agree(row["q"], expected.q[index], "\(site) q")
                agree(row["shrunken"], expected.shrunken[index], within: 1e-4, "\(site) shrunken")
                agree(row["shrunkenLow"], expected.shrunkenLow[index], within: 1e-4, "\(site) shrunken, lower")
                agree(row["shrunkenHigh"], expected.shrunkenHigh[index], within: 1e-4, "\(site) shrunken, upper")
                for (key, column) in [
                    ("programme", expected.programme), ("region", expected.region), ("peers", expected.peers),
                ] {
                    for (place, end) in ["", "Low", "High"].enumerated() {
                        agree(row[key + end], column[index][place], "\(site) beside \(key)\(end)")
                    }
                }
            }
        }
    }

    @Test("the clearest difference comes first; a hidden and a blank clinic come last, typed, without a number")
    func order() async throws {
        try await withComparison { golden, dashboard, _, words in
            for part in [ComparePart.sites, .funnel] {
                let panel = try #require(
                    try await dashboard.comparison("dropout_rate", part, .programme, month: nil, words)?.panel)
                let expected = (0..<10).sorted { golden.dropout.p[$0] < golden.dropout.p[$1] }
                #expect(
                    panel.rows.map { $0["site"] } == (expected + [10, 11]).map { .text(golden.clinics.site[$0]) })
                #expect(
                    panel.rows[10]["state"] == .text("suppressed") && panel.rows[11]["state"] == .text("not_reported"))
                for row in panel.rows.suffix(2) {
                    for (key, datum) in row where key != "centre" { #expect(number(datum) == nil, "\(key)") }
                }
            }
        }
    }

    @Test(
        "the funnel tells φ and τ² in words, how many lie beyond the limits and how many would by chance, as R has them",
        arguments: ["dropout_rate", "positivity_clients"])
    func sentence(_ indicator: String) async throws {
        try await withComparison { golden, dashboard, _, words in
            let expected = indicator == "dropout_rate" ? golden.dropout : golden.positivity
            let panel = try #require(
                try await dashboard.comparison(indicator, .funnel, .programme, month: nil, words)?.panel)
            let numbers = NumberText(words: words)
            func told(_ count: Double) -> String { numbers.number(count, digits: count < 0.1 ? 2 : 1) }
            #expect(panel.sentence.contains("φ = " + numbers.number(expected.phi, digits: 2)))
            #expect(panel.sentence.contains("τ² = " + numbers.number(expected.tau2, digits: 4)))
            #expect(panel.sentence.contains("10 clinics are compared"))
            let byChance = [expected.beyond95[1], expected.beyond998[1]].map(told)
            let seen = [expected.beyond95[0], expected.beyond998[0]].map { "\(Int($0))" }
            #expect(panel.sentence.contains("about \(byChance[0]) would lie beyond the 95 % limits"))
            #expect(panel.sentence.contains("\(byChance[1]) beyond the 99.8 % limits; \(seen[0]) and \(seen[1]) do."))
            let beyond = panel.rows.count { row in
                guard let value = number(row["value"]), let lower = number(row["lower95"]),
                    let upper = number(row["upper95"])
                else { return false }
                return value < lower || value > upper
            }
            #expect(Double(beyond) == expected.beyond95[0])
        }
    }

    @Test("a region's clinics keep their place in the whole programme's comparison")
    func region() async throws {
        try await withComparison { golden, dashboard, _, words in
            let whole = rows(
                try #require(
                    try await dashboard.comparison("dropout_rate", .sites, .programme, month: nil, words)?.panel))
            let region = Scope.Place.region(code: "N")
            let part = try #require(
                try await dashboard.comparison("dropout_rate", .sites, region, month: nil, words)?.panel)
            #expect(part.rows.count == 6)
            for (site, row) in rows(part) { #expect(row == whole[site], "\(site)") }
            let page = try #require(try await dashboard.page(region, month: nil, words))
            let short = try #require(page.panels.first { $0.id == "compare_dropout_rate" })
            for (site, row) in rows(short) { #expect(row["q"] == whole[site]?["q"], "\(site)") }
        }
    }

    @Test("a target is shown from the month it is in force in, under the definition it was set for, until taken back")
    func target() async throws {
        try await withComparison { _, dashboard, database, words in
            func beside() async throws -> (label: String?, row: PanelRow?, caveat: String) {
                let panel = try #require(
                    try await dashboard.comparison("dropout_rate", .sites, .programme, month: Month("2026-09"), words)?
                        .panel)
                return (
                    panel.columns.first { $0.key == "targetText" }?.label, rows(panel)["C-008"], panel.caveat ?? ""
                )
            }
            let without = try await beside()
            #expect(without.label == nil && without.row?["target"] == nil && without.caveat.contains("no target"))
            let connection = try database.administration.connect()
            try connection.query(
                "insert into mmt.target values ('dropout_rate', 1, 1, 4, '2026-09-01', 'Plan 2026'), ('dropout_rate', 2, 1, 3, '2026-10-01', 'Plan 2027')"
            )
            let with = try await beside()
            #expect(with.label == "× the target, 4")
            // 22 dropouts in (210 + 214)/2 person-months are 10.377 per 100: 2.594 times 4.
            agree(with.row?["target"], 100 * 22 / 212 / 4, "C-008 beside the target")
            #expect(!with.caveat.contains("no target"))
            try connection.query(
                "insert into mmt.target values ('dropout_rate', 3, 1, null, '2026-09-01', 'Withdrawn by letter')")
            let after = try await beside()
            #expect(after.label == nil)
            #expect(throws: PostgresError.self) {
                try connection.query("insert into mmt.target values ('no_such', 1, 1, 4, '2026-09-01', 'Plan')")
            }
        }
    }

    @Test("nothing to compare says so: two clinics, none of whom dropped out, and indicators without a chance model")
    func nothing() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            try await database.load(
                ProgrammeFiles.header + "QS-001,2026-09,100,0,0,0,0,100,80,20\nYH-001,2026-09,90,0,0,0,0,90,80,20\n")
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let dashboard = Dashboard(database: threads, sql: TestCluster.sql)
            let words = try TestCluster.catalogues()[.english]
            let page = try #require(
                try await dashboard.comparisonPage("dropout_rate", .programme, month: nil, words))
            #expect(page.panels[0].curve == [])
            #expect(page.panels[0].title == "Dropout: too little to compare clinics on")
            #expect(page.panels[1].rows.map { $0["q"] } == [.missing, .missing, .missing])
            let caseload = try await dashboard.comparisonPage("caseload", .programme, month: nil, words)
            let meanDose = try await dashboard.comparison("mean_dose", .funnel, .programme, month: nil, words)
            #expect(caseload == nil && meanDose == nil)
        }
    }

    @Test("peers are the same third by size, ties together")
    func peers() {
        let thirds = PeerDefinition(version: 1, groups: 3)
        #expect(thirds.groups(of: [1: 10, 2: 20, 3: 30, 4: 40, 5: 50, 6: 60]) == [1: 0, 2: 0, 3: 1, 4: 1, 5: 2, 6: 2])
        #expect(thirds.groups(of: [1: 10, 2: 10, 3: 10, 4: 40]) == [1: 0, 2: 0, 3: 0, 4: 2])
        #expect(thirds.groups(of: [:]) == [:])
    }
}
