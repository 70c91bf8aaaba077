import Foundation
import Ingest
import Metrics
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Roll-outs from file to panel, against PostgreSQL.
@Suite struct RolloutTests {
    private func withRollout(
        _ rollouts: String = RolloutFiles.rollouts(),
        _ body: (Dashboard, TestDatabase, Words) async throws -> Void
    ) async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(RolloutFiles.sites)
            try await database.load(RolloutFiles.reports, .init(history: true))
            let receipt = try await database.load(rollouts, named: "rollouts.csv")
            #expect(receipt.outcome == .loaded)
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            try await body(
                Dashboard(database: threads, sql: TestCluster.sql), database, TestCluster.catalogues()[.english])
        }
    }

    @Test("halved dropout is found: by time since the start, overall, clinic by clinic, in one clinic's months")
    func page() async throws {
        try await withRollout { dashboard, _, words in
            let page = try #require(try await dashboard.rollout("MI", .init(), words))
            #expect(page.panels.map(\.id) == RolloutPanelName.allCases.map(\.rawValue))
            #expect(page.standing == "late")
            let panels = Dictionary(uniqueKeysWithValues: page.panels.map { ($0.id, $0) })

            let overall = try #require(panels["effect"]?.rows.first)
            guard case .number(let ratio)? = overall["value"] else { throw UnknownRolloutSite(site: "no ratio") }
            #expect((0.45...0.55).contains(ratio))
            let states = panels["effect"]?.rows.map { $0["state"] ?? .missing }
            #expect(states == ["value", "value", "value", "value", "unavailable"].map(Datum.text))

            let course = try #require(panels["course"])
            for row in course.rows {
                guard case .number(let value)? = row["value"], case .whole(let time)? = row["time"] else { continue }
                #expect(time < 0 ? (0.85...1.15).contains(value) : (0.4...0.6).contains(value), "\(time)")
            }
            #expect(course.rows.contains { $0["isBase"] == .flag(true) && $0["value"] == .number(1) })

            let sites = try #require(panels["sites"])
            #expect(sites.rows.count == 12)
            #expect(panels["unestimated"]?.rows.count == 5)
            let series = try #require(panels["series"])
            #expect(series.rows.count == RolloutFiles.months)
            #expect(series.rows[11]["continued"] == .missing && series.rows[12]["continued"] != .missing)
            #expect(series.rows[0]["numerator"] == .number(Double(RolloutFiles.dropouts(0, 0))))
        }
    }

    @Test("a clinic of three clients has no figure anywhere; a line is not drawn through hidden months")
    func hidden() async throws {
        try await withRollout { dashboard, _, words in
            let panel = try #require(
                try await dashboard.rolloutPanel("MI", .series, .init(site: "YH-005"), words)?.panel)
            #expect(panel.rows.allSatisfy { $0["state"] == .text("suppressed") && $0["value"] == .missing })
            #expect(panel.rows.allSatisfy { $0["numerator"] == .missing && $0["fitted"] == .missing })
        }
    }

    @Test("an indicator that was not named is exploratory; what is not of the roll-out is refused by name")
    func choices() async throws {
        try await withRollout { dashboard, _, words in
            let page = try #require(try await dashboard.rollout("MI", .init(indicator: "dose_adequacy"), words))
            #expect(page.standing == "exploratory")
            #expect(page.panels.map(\.id).contains("effect"))
            #expect(page.panels.first { $0.id == "effect" }?.figure?.state == "unavailable")
            await #expect(throws: UnknownRolloutIndicator.self) {
                _ = try await dashboard.rollout("MI", .init(indicator: "caseload"), words)
            }
            await #expect(throws: UnknownRolloutSite.self) {
                _ = try await dashboard.rollout("MI", .init(site: "ZZ-001"), words)
            }
            #expect(try await dashboard.rollout("OTHER", .init(), words) == nil)
        }
    }

    @Test(
        "a roll-out planned before its first start is fixed beforehand; nothing can be estimated yet, and it says why")
    func planned() async throws {
        let next = Month(of: Date()) + 3
        let text = RolloutFiles.rollouts().replacing("2024-07-01", with: next.date(day: 1)).replacing(
            "2025-01-01", with: (next + 6).date(day: 1))
        try await withRollout(text) { dashboard, _, words in
            let page = try #require(try await dashboard.rollout("MI", .init(), words))
            #expect(page.standing == "fixed")
            #expect(page.panels.map(\.id) == ["effect", "unestimated", "series", "design"])
            let sentence = page.panels[0].sentence
            #expect(sentence.contains(words("rollout.failure.noneTreated")))
            let list = try await dashboard.rollouts(words)
            #expect(list.panels[0].rows.map { $0["clinics"] } == [.whole(10)])
        }
    }

    @Test("an analyst of a region has its clinics of a roll-out, and no other clinic's month")
    func region() async throws {
        try await withRollout { _, database, _ in
            let administration = try database.administration.connect()
            let analyst = "analyst_\(database.name)"
            let region = try database.value("select region_id from mmt.region where code = 'YH'") ?? ""
            try administration.query(
                "create role \(analyst) login in role mmt_analyst, \"mmt.\(database.name).region.\(region)\"")
            do {
                let session = try database.administration.connect()
                try session.query("set session authorization \(analyst)")
                let counts = Counts(sql: TestCluster.sql)
                let rollout = try #require(try counts.rollouts(nil, session).first)
                #expect(rollout.clinics == 5 && rollout.planned == 0)
                let clinics = try counts.rolloutClinics(rollout, session)
                #expect(clinics.map(\.code) == (1...5).map { "YH-00\($0)" })
                let series = try counts.rolloutSeries(rollout, indicator: "dropout_rate", session)
                #expect(Set(series.keys) == Set(clinics.map(\.id)))
            }
            try administration.query("drop role \(analyst)")
        }
    }

    @Test("a roll-out's newer file is new to who has one of its clinics, too")
    func newer() async throws {
        try await withRollout { dashboard, database, words in
            let region = try database.value("select region_id from mmt.region where code = 'QS'") ?? ""
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let local = Dashboard(
                database: threads, sql: TestCluster.sql, account: "mmt.\(database.name).region.\(region)")
            #expect(try await local.rollout("MI", .init(), words)?.standing == "late", "he sees when it was named")
            let before = try await local.dataCut().version
            let text = RolloutFiles.rollouts().replacing("2025-01-01", with: "2025-02-01")
            try await database.load(text, named: "later.csv")
            #expect(try await local.dataCut().version > before)
        }
    }

    @Test("the rows of a panel's file are those of its JSON, and the page's file has all panels")
    func file() async throws {
        try await withRollout { dashboard, _, words in
            let document = try #require(try await dashboard.rolloutPanel("MI", .course, .init(), words))
            let lines = document.fileText.split(separator: "\r\n").count
            #expect(lines == document.panel.rows.count + 1)
            let page = try #require(try await dashboard.rollout("MI", .init(), words))
            #expect(page.fileText.split(separator: "\r\n").count == page.panels.reduce(1) { $0 + $1.rows.count })
            #expect(document.notices.contains { $0.code == "late" })
        }
    }

    @Test("every failure that a page can name has words")
    func failuresHaveWords() throws {
        let words = try TestCluster.catalogues()[.english]
        let wanted =
            SeriesFailure.allCases.map { "rollout.site.\($0.rawValue)" }
            + WedgeModel.Failure.allCases.map { "rollout.wedge.\($0.rawValue)" }
            + [PanelFailure.impossiblePanel, .noneTreated, .noControls, .tooFewSites, .noVariation].map {
                "rollout.failure.\($0)"
            }
            + SegmentedRegression.Method.allCases.map { "rollout.model.\($0.rawValue)" }
        #expect(wanted.filter { !words.has($0) } == [])
    }
}
