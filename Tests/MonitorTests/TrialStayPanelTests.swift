import Ingest
import Metrics
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// The sensitivity of a time to dropout, as a reader of trials who has uncovered the arms sees it.
@Suite struct TrialStayPanelTests {
    private typealias Arms = TrialStayFiles.Arms

    private func panel(_ database: TestDatabase, _ language: Language = .english) async throws -> Panel {
        let threads = Database(database.web, threads: 1)
        defer { threads.close() }
        let dashboard = Dashboard(
            database: threads, sql: TestCluster.sql, account: "mmt.\(database.name).account.trials")
        try await dashboard.unmask("T1", reason: "Final analysis as planned")
        let words = try TestCluster.catalogues()[language]
        let read = try await dashboard.trialPanel("T1", .sensitivity, outcome: "client.dropout", words)
        return try #require(read?.panel)
    }

    private func withTrial(_ files: [String], _ body: (TestDatabase) async throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            for file in files { try await database.load(file) }
            try await body(database)
        }
    }

    /// Of the 16 participants: day from enrolment on which each of those who leave had the last dose, and the day until which
    /// the others are followed.
    private func hazards(leaving: [Int: [Double]], until end: Double) -> TrialHazards {
        TrialHazards(
            (0..<4).flatMap { clinic in
                (0..<4).map { member in
                    let left = leaving[clinic].flatMap { member < $0.count ? $0[member] : nil }
                    return CoxSubject(
                        exit: left ?? end, hasEvent: left != nil, covariates: [clinic % 2 == 0 ? 1 : 0],
                        cluster: clinic)
                }
            })
    }

    @Test("each rule has a row with who is counted and who dropped out, as by hand; then come the clinics")
    func rows() async throws {
        try await withTrial(Arms.all + [Arms.doses]) { database in
            let panel = try await panel(database)
            #expect(
                panel.rows.prefix(4).map { $0["label"] }
                    == [
                        "As planned", "7 days without a dose", "14 days without a dose", "30 days without a dose",
                    ].map { .text($0) })
            for clinic in 1...4 {
                let label = Datum.text("Without Clinic QS-00\(clinic)")
                #expect(panel.rows.suffix(4).contains { $0["label"] == label }, "\(clinic)")
            }
            #expect(panel.rows.count == 8)
            #expect(panel.rows.prefix(5).map { $0["participants"] } == [16, 16, 16, 16, 12].map { .whole($0) })
            #expect(panel.rows.prefix(4).map { $0["dropouts"] } == [6, 7, 6, 6].map { .whole($0) })
            #expect(panel.rows.compactMap { $0["rule"] } == ["missed_7", "missed_14", "missed_30"].map { .text($0) })
            // Days after 15 January; who is absent for eight days has had the last dose on 9 March.
            let left: [Int: [Double]] = [0: [95], 1: [36, 80], 2: [137], 3: [45, 115]]
            let planned = try hazards(leaving: left, until: 197).effect(.pairedCox).get()
            #expect(planned.interval.upper < 0)
            let seven = hazards(leaving: left.merging([2: [137, 53]]) { $1 }, until: 190)
            for (place, hazards) in [
                (0, hazards(leaving: left, until: 197)), (1, seven), (2, hazards(leaving: left, until: 183)),
                (3, hazards(leaving: left, until: 167)),
            ] {
                let ratio = try #require(try hazards.effect(.pairedCox).get().ratio)
                for (key, expected) in [("value", ratio.point), ("high", ratio.interval.upper)] {
                    guard case .number(let found)? = panel.rows[place][key] else {
                        Issue.record("row \(place) has no \(key)")
                        continue
                    }
                    #expect(abs(found / expected - 1) < 1e-9, "row \(place)")
                }
            }
            // As planned the interval lies below 1, under seven days it does not.
            #expect(
                panel.sentence
                    == "The finding as planned (lower with the intervention) does not stay if 7 days without a dose make a dropout."
            )
            try await database.load(
                TrialStayFiles.doses([.init("QS-003b", "2026-03-10", "2026-03-12")], at: "QS-003"))
            let filled = try await self.panel(database)
            #expect(filled.rows[1]["dropouts"] == .whole(6))
            #expect(
                filled.sentence
                    == "Whether 7, 14 or 30 days without a dose make a dropout, the finding stays as planned: lower with the intervention."
            )
            #expect(panel.chart == "ratios" && panel.caveat?.contains("fewer than thirty clinics") == true)
            #expect(panel.rows.suffix(4).compactMap { $0["site"] }.count == 4)
        }
    }

    @Test("a rule under which nobody is counted has a row that says so, in both languages")
    func nobody() async throws {
        try await withTrial(Arms.all) { database in
            for (language, text) in [
                (Language.english, "no participant has doses"), (.chinese, "参与者无服药记录"),
            ] {
                let panel = try await panel(database, language)
                let rules = panel.rows.filter { $0["rule"] != nil }
                #expect(rules.count == 3)
                for row in rules {
                    #expect(row["state"] == .text("unavailable") && row["text"] == .text(text))
                    #expect(row["participants"] == .whole(0) && row["value"] == nil)
                }
                #expect(panel.rows[0]["state"] == .text("value"))
            }
            let said = try await panel(database).sentence
            #expect(said == "By doses nothing can be told: no rule of missed days gives an estimate.")
        }
    }

    @Test("doses of some are said to be of some, clinics without any are counted")
    func some() async throws {
        let doses = Arms.doses.split(separator: "\n").filter { !$0.hasPrefix("QS-004") }.joined(separator: "\n")
        try await withTrial(Arms.all + [doses]) { database in
            let panel = try await panel(database)
            #expect(panel.rows[1]["participants"] == .whole(12) && panel.rows[1]["clinics"] == .whole(3))
            #expect(panel.rows[1]["noteText"] == .text("One clinic has nobody to count."))
            #expect(panel.caveat?.contains("known of 12 of the 16 participants") == true)
        }
    }
}
