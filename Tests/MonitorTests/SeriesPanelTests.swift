import Foundation
import Ingest
import Metrics
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Trends, charts, targets and events, from files through PostgreSQL to the panel.
@Suite struct SeriesPanelTests {
    @Test("Three years of falling dropout are told as R tells them, with the months, and drawn where R predicts")
    func trend() async throws {
        let first = Month(2023, 10)
        let reports = SeriesReports.dropouts.enumerated().map { index, dropouts in
            SeriesReports.row("QS-001", first + index, dropouts, clients: 200 + index)
        }.joined()
        try await SeriesReports.withDashboard(reports, asOf: "2026-10-20") { dashboard, _, words in
            let panel = try #require(
                try await dashboard.series("dropout_rate", .site(code: "QS-001"), month: nil, words)?.panel)
            #expect(
                panel.trend?.text
                    == "Falling by 21.8 % a year (95 % interval 11.1 to 31.3 %), Oct 2023–Sep 2026.")
            #expect(panel.trend?.direction == "falling" && panel.trend?.method == "log_linear")
            #expect(abs((panel.trend?.p ?? 1) - 0.00048228437508351) < 1e-12)
            #expect(panel.trend?.bends == nil)
            guard case .number(let drawn)? = panel.row("2026-09")["trend"] else {
                Issue.record("no course in the last month")
                return
            }
            #expect(abs(drawn - 3.19599881075) < 1e-9)
            #expect(panel.row("2026-09")["trendText"] == .text("3.2 (2.5–4.0)"))
            // Of a stock: twelve times the mean change, here one a month without any spread.
            let caseload = try #require(
                try await dashboard.series("caseload", .site(code: "QS-001"), month: nil, words)?.panel)
            #expect(caseload.trend?.text == "No trend, Oct 2023–Sep 2026: no variation.")
        }
    }

    @Test("Eleven months are too few, and the panel says so")
    func tooFewMonths() async throws {
        let reports = (0..<11).map {
            SeriesReports.row("QS-001", Month(2025, 10) + $0, Double(8 + $0 % 3), clients: 200)
        }.joined()
        try await SeriesReports.withDashboard(reports, asOf: "2026-09-20") { dashboard, _, words in
            let panel = try #require(
                try await dashboard.series("dropout_rate", .site(code: "QS-001"), month: nil, words)?.panel)
            #expect(panel.trend?.text == "No trend, Oct 2025–Aug 2026: too few months.")
            #expect(panel.trend?.change == nil)
        }
    }

    /// Sixteen months about 10 dropouts, sixteen about 20, of 200 clients: 5 and 10 per 100.
    private static let twoLevels = (0..<32).map { index in
        SeriesReports.row(
            "QS-001", Month(2024, 3) + index, (index < 16 ? 10 : 20) + (index % 2 == 0 ? 1 : -1), clients: 200)
    }.joined()

    @Test(
        "A usual level begins anew only where an event that concerns the clinic is registered to do so",
        arguments: [
            ("", false), ("E-1,training,QS-001,,2025-07-03,,Li,New staff,no\n", false),
            ("E-1,training,QS-002,,2025-07-03,,Li,New staff,yes\n", false),
            ("E-1,training,,YH,2025-07-03,,Li,New staff,yes\n", false),
            ("E-1,training,QS-001,,2026-04-03,,Li,New staff,yes\n", false),
            ("E-1,training,QS-001,,2025-07-03,,Li,New staff,yes\n", true),
            ("E-1,policy,,QS,2025-07-03,,Li,New staff,yes\n", true),
            ("E-1,policy,,,2025-07-31,,Li,New staff,yes\n", true),
        ])
    func rebased(_ events: String, _ isRebased: Bool) async throws {
        try await SeriesReports.withDashboard(Self.twoLevels, events: events) { dashboard, _, words in
            let panel = try #require(
                try await dashboard.series("dropout_rate", .site(code: "QS-001"), month: nil, words)?.panel)
            let centres = ["2025-06", "2025-07"].map { panel.row($0)["centre"] ?? .missing }
            #expect(panel.control?.rebases == (isRebased ? ["2025-07"] : []))
            if isRebased {
                #expect(centres == [.number(5), .number(10)])
                #expect(panel.row("2026-10")["signal"] == .text("none"))
                let said = "The usual level begins anew in July 2025, as registered: “New staff”."
                #expect(panel.sentence.contains(said))
                #expect(panel.sentence.contains("from 16 months (Jul 2025–Oct 2026), is 10.0"))
            } else {
                #expect(centres[0] == centres[1])
                #expect(panel.row("2026-10")["signal"] == .text("worse"))
                #expect(!panel.sentence.contains("begins anew in"))
            }
        }
    }

    @Test(
        "A target beside the limits: reached, missed, or hit or miss; who stands on it has reached it",
        arguments: [
            (Definition.Direction.worse, 4, 2, 4, Assurance.pass), (.worse, 4, 2, 4.1, .hitOrMiss),
            (.worse, 4, 4, 6, .hitOrMiss), (.worse, 4, 4.1, 6, .fail), (.better, 80, 80, 90, .pass),
            (.better, 80, 79, 90, .hitOrMiss), (.better, 80, 70, 80, .hitOrMiss), (.better, 80, 70, 79.9, .fail),
            (.neutral, 80, 70, 79.9, nil),
        ] as [(Definition.Direction, Double, Double, Double, Assurance?)])
    func assurance(
        _ higherIs: Definition.Direction, _ target: Double, _ lower: Double, _ upper: Double, _ expected: Assurance?
    ) {
        #expect(Assurance(target: target, lower: lower, upper: upper, higherIs: higherIs) == expected)
    }

    @Test("Where a target is in force the figure has its icon of assurance, in words too; elsewhere it has none")
    func target() async throws {
        // 10 dropouts on 200 clients, give or take one: 5 per 100, by chance alone 0.3 to 9.7.
        let reports = (0..<30).map { index in
            SeriesReports.row("QS-001", Month(2024, 3) + index, index % 2 == 0 ? 11 : 9, clients: 200)
        }.joined()
        try await SeriesReports.withDashboard(reports) { dashboard, database, _ in
            func panel(_ language: Language, _ month: String = "2026-08", indicator: String = "dropout_rate")
                async throws
                -> Panel
            {
                let words = try TestCluster.catalogues()[language]
                let site = Scope.Place.site(code: "QS-001")
                return try #require(try await dashboard.series(indicator, site, month: Month(month), words)?.panel)
            }
            #expect(try await panel(.english).figure?.assurance == nil)
            #expect(try await !panel(.english).sentence.contains("target"))
            let connection = try database.administration.connect()
            for (version, value, code, letter, english, chinese) in [
                (1, 9.9, "pass", "P", "Target ≤ 9.9: consistently reached", "目标 ≤ 9.9：稳定达到"),
                (2, 0, "fail", "F", "Target ≤ 0: consistently missed", "目标 ≤ 0：始终达不到"),
                (3, 4, "hit_or_miss", "?", "Target ≤ 4: hit or miss", "目标 ≤ 4：时达时不达"),
            ] {
                try connection.query(
                    "insert into mmt.target values ('dropout_rate', \(version), 1, \(value), '2026-02-01', 'Plan')")
                let shown = try #require(try await panel(.english).figure?.assurance)
                #expect(shown.code == code && shown.letter == letter && shown.text == english)
                #expect(try await panel(.chinese).figure?.assurance?.text == chinese)
            }
            #expect(
                try await panel(.english).sentence.contains(
                    "At its usual level some months reach the target (≤ 4) and some do not, by chance alone."))
            #expect(try await panel(.english, "2026-01").figure?.assurance == nil)
            #expect(try await panel(.english, indicator: "caseload").figure?.assurance == nil)
        }
    }

    @Test("Events stand on the charts that they concern, in rows and sentence; who answers for them does not")
    func events() async throws {
        let events = """
            E-1,stock_out,QS-001,,2025-07-03,2025-08-09,Li,No kits,no
            E-2,policy,,YH,2025-09-03,,Li,Elsewhere,no
            E-3,definition,,,2026-01-01,,Li,A new form,no

            """
        try await SeriesReports.withDashboard(Self.twoLevels, events: events) { dashboard, database, words in
            let site = try #require(
                try await dashboard.series("dropout_rate", .site(code: "QS-001"), month: nil, words)?.panel)
            #expect(site.events?.map(\.code) == ["E-1", "E-3"])
            #expect(site.events?.first?.text == "2025-07-03 to 2025-08-09, this clinic: No kits")
            #expect(site.row("2025-07")["noteText"] == .text("Stock-out"))
            #expect(site.sentence.contains("Registered: Stock-out (Jul 2025), Definition changed (Jan 2026)."))
            let programme = try #require(
                try await dashboard.series("dropout_rate", .programme, month: nil, words)?.panel)
            #expect(programme.events?.map(\.code) == ["E-3"])
            // A later version of an event takes the place of the first.
            try await database.load(
                "event,kind,site,within,happened_on,ended_on,owner,reason,rebases\nE-1,move,QS-001,,2025-10-03,,Li,Moved,no\n",
                named: "events.csv")
            let corrected = try #require(
                try await dashboard.series("dropout_rate", .site(code: "QS-001"), month: nil, words)?.panel)
            #expect(corrected.events?.map(\.month) == ["2025-10", "2026-01"])
            let json = try Document.json(try await dashboard.page(.site(code: "QS-001"), month: nil, words), tag: nil)
            #expect(!String(decoding: json.bytes, as: UTF8.self).contains("\"Li\""))
        }
    }

    @Test("Eight months in a row above the usual level are a signal; with a month missing among them they are none")
    func gapBreaksRun() async throws {
        for missing in [nil, 28] {
            // 24 months about 10, then eight (or nine with a gap) at 12.
            let reports = (0..<(missing == nil ? 32 : 33)).filter { $0 != missing }.map { index in
                SeriesReports.row(
                    "QS-001", Month(2024, 1) + index, index < 24 ? (index % 2 == 0 ? 11 : 9) : 12, clients: 200)
            }.joined()
            try await SeriesReports.withDashboard(reports) { dashboard, _, words in
                let panel = try #require(
                    try await dashboard.series("dropout_rate", .site(code: "QS-001"), month: nil, words)?.panel)
                let last = panel.rows.last { $0["state"] == .text("value") }
                #expect(last?["signal"] == .text(missing == nil ? "worse" : "none"))
                // EWMA begins anew after the gap too.
                let averages = try #require(
                    try await dashboard.charting(.weightedAverage)
                        .series("dropout_rate", .site(code: "QS-001"), month: nil, words)?.panel)
                #expect(averages.chart == "memory" && averages.control?.method == "ewma")
                if missing != nil {
                    guard case .number(let limit)? = averages.row("2026-06")["upperLimit"] else {
                        Issue.record("no limit after the gap")
                        return
                    }
                    #expect(abs(limit - 0.6) < 1e-12)
                }
            }
        }
    }

    @Test("Limits stay inside 0 and 100 % and at or above 0")
    func limitsInside() async throws {
        let header = SeriesReports.header.replacing("\n", with: ",clients_tested,clients_positive\n")
        let rows = (0..<30).map { index in
            "QS-001,\(Month(2024, 1) + index),\((Month(2024, 2) + index).date(day: 5)),20,0,0,0,\(index % 3),20,20,\(19 + index % 2)\n"
        }.joined()
        try await TestCluster.withDatabase { database in
            try await database.load(SeriesReports.sites)
            try await database.load(header + rows, .init(history: true))
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let dashboard = Dashboard(database: threads, sql: TestCluster.sql)
            let words = try TestCluster.catalogues()[.english]
            for (indicator, ceiling) in [("dropout_rate", Double.infinity), ("positivity_clients", 100)] {
                let panel = try #require(
                    try await dashboard.series(indicator, .site(code: "QS-001"), month: nil, words)?.panel)
                for row in panel.rows {
                    guard case .number(let lower)? = row["lowerLimit"], case .number(let upper)? = row["upperLimit"]
                    else {
                        Issue.record("no limits: \(indicator)")
                        continue
                    }
                    #expect(lower >= 0 && upper <= ceiling && lower <= upper)
                }
            }
        }
    }
}
