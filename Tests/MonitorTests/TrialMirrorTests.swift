import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Arms of a trial stay hidden. The test is a mirror: two programmes that differ in nothing but which clinics have the
/// intervention must look the same to everybody who has not uncovered the arms.
@Suite struct TrialMirrorTests {
    /// What a reader in psql can get out of a database: every table and view that is granted, every row, and what EXPLAIN
    /// says of rows that are not.
    private static func everything(_ session: borrowing Connection) throws -> [String: [String]] {
        let relations = try session.query(
            """
            select relname from pg_class
            where relnamespace = 'mmt'::regnamespace and relkind in ('r', 'v')
              and has_table_privilege(oid, 'select') and relname <> 'migration'
            order by relname
            """
        ).map { try $0.string("relname") }
        var told: [String: [String]] = [:]
        for relation in relations {
            told[relation] = try session.query("select t::text as row from mmt.\(relation) t").map {
                timeless(try $0.string("row"))
            }.sorted()
            let hasSite = try session.query(
                "select count(*) from pg_attribute where attrelid = $1::regclass and attname = 'site_id'",
                ["mmt.\(relation)"])[0, 0]
            guard hasSite == "1" else { continue }
            for site in 1...6 {
                told["\(relation) at \(site)"] = try session.query(
                    "explain (analyze, timing off, summary off, costs off) select * from mmt.\(relation) where site_id = \(site)"
                ).map { try $0.string("QUERY PLAN") }.filter { $0.contains("Rows Removed") || $0.contains("rows=") }
            }
        }
        return told
    }

    /// Times, and how long things took, differ between any two loads.
    private static func timeless(_ text: String) -> String {
        text.replacing(/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d[.\d]*)?([+-]\d\d)?/, with: "T").replacing(
            /test_[0-9a-f]+/, with: "D")
    }

    @Test("to an analyst of the whole programme, a programme and its mirror are the same, row by row and plan by plan")
    func psql() async throws {
        var told: [[String: [String]]] = []
        for mirrored in [false, true] {
            try await TrialFiles.inDatabase(mirrored: mirrored) { database in
                // Plans follow what is known of tables, which the server looks up when it finds the time.
                try database.administration.connect().query("analyze")
                told.append(try database.session(scopes: ["programme"], Self.everything))
            }
        }
        #expect(told[0].keys.sorted() == told[1].keys.sorted())
        for (what, rows) in told[0] { #expect(rows == told[1][what], "\(what)") }
        // The test looks: what is not hidden is there.
        #expect(told[0]["trial_cluster"]?.count == 6)
        #expect(told[0]["trial_flow"]?.isEmpty == false)
        #expect(told[0]["assessment"] == [])
        for hidden in ["allocation", "trial_subject", "trial_stay"] {
            #expect(told[0][hidden] == nil, "\(hidden) is not even granted")
        }
    }

    /// Everything that the daemon answers to an official, as it answers it.
    private static func pages(_ database: TestDatabase) async throws -> [String: String] {
        let pool = Database(database.web, threads: 1)
        defer { pool.close() }
        let dashboard = Dashboard(database: pool, sql: TestCluster.sql)
        let words = try TestCluster.catalogues()[.english]
        var told: [String: String] = [:]
        func tell(_ what: String, _ value: (some Encodable)?) throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            told[what] =
                try value.map { timeless(String(decoding: try encoder.encode($0), as: UTF8.self)) } ?? "nothing"
        }
        let places: [Scope.Place] = [.programme, .region(code: "QS")] + (1...6).map { .site(code: "QS-00\($0)") }
        for place in places {
            try tell("page of \(place)", await dashboard.page(place, month: nil, words))
            try tell("quality of \(place)", await dashboard.quality(place, month: nil, words))
        }
        for site in 1...6 { try tell("receipts of \(site)", await dashboard.receipts(site: "QS-00\(site)", words)) }
        try tell("receipts", await dashboard.receipts(site: nil, words))
        for number in 1...10 { try tell("receipt \(number)", await dashboard.receipt(number, words)) }
        try tell("trials", await dashboard.trials(words))
        let trial = try await dashboard.trial("T1", outcome: nil, words)
        try tell("trial", trial)
        told["trial as a file"] = trial?.fileText
        for name in TrialPanelName.allCases {
            try tell("trial: \(name)", await dashboard.trialPanel("T1", name, outcome: nil, words))
        }
        try tell("data cut", await dashboard.dataCut().version)
        return told
    }

    @Test("to an official, pages, files and receipts of a programme and its mirror are the same")
    func official() async throws {
        var told: [[String: String]] = []
        for mirrored in [false, true] {
            try await TrialFiles.inDatabase(mirrored: mirrored) { told.append(try await Self.pages($0)) }
        }
        #expect(told[0].count > 30)
        for (what, text) in told[0] { #expect(text == told[1][what], "\(what)") }
        #expect(told[0]["trial"]?.contains("smallest_p") == true)
        #expect(told[0]["trial: effect"] == "nothing")
    }

    @Test("the mirror is seen by who has uncovered the arms: the test would find a leak")
    func unmasked() async throws {
        var told: [[String: [String]]] = []
        for mirrored in [false, true] {
            try await TrialFiles.inDatabase(mirrored: mirrored) { database in
                told.append(
                    try database.session(scopes: ["trials"]) { session in
                        try session.query("select unmask('T1', 'Final analysis as planned')")
                        return try Self.everything(session)
                    })
            }
        }
        for relation in ["allocation", "session", "trial_delivery", "rejected_row", "trial_outcome"] {
            #expect(told[0][relation]?.isEmpty == false, "\(relation)")
            #expect(told[0][relation] != told[1][relation], "\(relation)")
        }
        #expect(told[0]["trial_stay"]?.count == 36)
    }
}
