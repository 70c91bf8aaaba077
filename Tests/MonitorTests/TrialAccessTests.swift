import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Arms of a trial stay hidden. The test is a mirror: two programmes that differ in nothing but which clinics have the
/// intervention must look the same to everybody who has not uncovered the arms.
@Suite struct TrialAccessTests {
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

    private func withTrial(
        mirrored: Bool, _ body: (TestDatabase) async throws -> Void
    ) async throws {
        try await TestCluster.withDatabase { database in
            for file in TrialFiles(isMirrored: mirrored).all { try await database.load(file.text, named: file.name) }
            try await body(database)
        }
    }

    /// A login of the test's own; a superuser's session authorization makes it the session's user.
    private func session<T>(
        _ database: TestDatabase, scopes: [String], _ body: (borrowing Connection) throws -> T
    ) throws -> T {
        let administration = try database.administration.connect()
        let name = "reader_\(database.name)_\(scopes.joined())"
        try administration.query(
            "create role \(name) login in role mmt_analyst, "
                + scopes.map { "\"mmt.\(database.name).\($0)\"" }.joined(separator: ", "))
        defer { _ = try? administration.query("drop role \(name)") }
        let session = try database.administration.connect()
        try session.query("set session authorization \(name)")
        return try body(session)
    }

    @Test("to an analyst of the whole programme, a programme and its mirror are the same, row by row and plan by plan")
    func psql() async throws {
        var told: [[String: [String]]] = []
        for mirrored in [false, true] {
            try await withTrial(mirrored: mirrored) { database in
                // Plans follow what is known of tables, which the server looks up when it finds the time.
                try database.administration.connect().query("analyze")
                told.append(try session(database, scopes: ["programme"], Self.everything))
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
            try await withTrial(mirrored: mirrored) { told.append(try await Self.pages($0)) }
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
            try await withTrial(mirrored: mirrored) { database in
                told.append(
                    try session(database, scopes: ["trials"]) { session in
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

    private static func count(_ rows: String, _ session: borrowing Connection) throws -> Int? {
        try session.query("select count(*) as rows from \(rows)").first { try $0.integer("rows") }
    }

    private func expect(
        _ rows: String, _ count: Int, _ session: borrowing Connection, at place: SourceLocation = #_sourceLocation
    ) throws {
        let found = try Self.count(rows, session)
        #expect(found == count, "\(rows)", sourceLocation: place)
    }

    /// SQLSTATE of what the database refuses; nil where it does not.
    private static func refusal(_ statement: String, _ session: borrowing Connection) -> String? {
        do {
            try session.query(statement)
            return nil
        } catch {
            return error.sqlState ?? "none"
        }
    }

    private func refused(
        _ statement: String, _ state: String, _ session: borrowing Connection,
        at place: SourceLocation = #_sourceLocation
    ) {
        let found = Self.refusal(statement, session)
        #expect(found == state, "\(statement)", sourceLocation: place)
    }

    @Test("a reader of trials sees outcomes, and arms only after saying why; what he said stays")
    func looks() async throws {
        try await withTrial(mirrored: false) { database in
            try session(database, scopes: ["trials"]) { session in
                try expect("trial_outcome", 72, session)
                // Under three rules at six clinics: three clients who go on coming, and one who does not.
                try expect("trial_stay", 36, session)
                try expect("trial_stay where people = 3 and not has_dropped or people = 1 and has_dropped", 36, session)
                try expect("allocation", 0, session)
                try expect("current_session", 0, session)
                refused("select unmask('T1', 'short')", "23514", session)
                refused("select unmask('T9', 'There is no such trial')", "P0002", session)
                try expect("trial_look", 0, session)
                try session.query("select unmask('T1', 'Final analysis as planned')")
                try expect("allocation", 6, session)
                try expect("trial_outcome where arm is not null", 72, session)
                let told = try session.query("select trial || ' ' || reason from trial_look")[0, 0]
                #expect(told == "T1 Final analysis as planned")
                refused("delete from trial_look", "42501", session)
                try expect("trial_look where hidden_at is not null", 0, session)
                #expect(try session.query("select mask('T1')")[0, 0] == "1")
                try expect("allocation", 0, session)
                try expect("trial_look where hidden_at between looked_at and ends_at", 1, session)
                #expect(try session.query("select mask('T1')")[0, 0] == "0", "nothing is left to hide")
                refused("select mask('T9')", "P0002", session)
            }
            // A look that has ended shows nothing, though its role is still there.
            try session(database, scopes: ["trials", "programme"]) { session in
                try session.query("select unmask('T1', 'Second look of the board')")
                let role = try database.value(
                    "select rolname from pg_roles where rolname like $1", ["mmt.\(database.name).look.%"])
                try database.administration.connect().query(
                    "alter role \"\(role ?? "")\" valid until '2020-01-01'")
                let seen = try session.query("select count(*) from allocation")[0, 0]
                #expect(seen == "0")
            }
        }
    }

    @Test("who hides the arms again hides them from himself, and not from another reader")
    func hiddenAgain() async throws {
        try await withTrial(mirrored: false) { database in
            let pool = Database(database.web, threads: 1)
            defer { pool.close() }
            let board = Dashboard(database: pool, sql: TestCluster.sql, account: "mmt.\(database.name).account.trials")
            try session(database, scopes: ["trials"]) { session in
                try session.query("select unmask('T1', 'Final analysis as planned')")
            }
            try await board.unmask("T1", reason: "First look of the board")
            let words = try TestCluster.catalogues()[.english]
            #expect(try await board.trial("T1", outcome: nil, words)?.masking.isMasked == false)
            #expect(try await board.mask("T1") == 1)
            #expect(try await board.trial("T1", outcome: nil, words)?.masking.isMasked == true)
            #expect(
                try database.value("select string_agg(reason, ', ') from mmt.trial_look where hidden_at is null")
                    == "Final analysis as planned")
            let official = Dashboard(database: pool, sql: TestCluster.sql)
            await #expect(throws: Unmasking.Refusal.mayNot) { _ = try await official.mask("T1") }
        }
    }

    @Test(
        "who is analysed is told to readers of outcomes, by arm once they are uncovered")
    func analysed() async throws {
        try await withTrial(mirrored: false) { database in
            let pool = Database(database.web, threads: 1)
            defer { pool.close() }
            let words = try TestCluster.catalogues()[.english]
            func analysed(_ dashboard: Dashboard) async throws -> [[String?]] {
                let panel = try #require(try await dashboard.trialPanel("T1", .flow, outcome: nil, words)).panel
                return panel.rows.filter { $0["step"] == .text("analysed") }.map { row in
                    [row["arm"]?.plainText, row["clinics"]?.plainText, row["clientsText"]?.plainText]
                }
            }
            #expect(try await analysed(Dashboard(database: pool, sql: TestCluster.sql)) == [])
            let reader = Dashboard(database: pool, sql: TestCluster.sql, account: "mmt.\(database.name).account.trials")
            #expect(try await analysed(reader) == [["all", "6", "24"]])
            try await reader.unmask("T1", reason: "Final analysis as planned")
            #expect(try await analysed(reader) == [["intervention", "3", "12"], ["control", "3", "12"]])
            let course = try await reader.trialPanel("T1", .course, outcome: nil, words)?.panel.rows ?? []
            #expect(course.filter { $0["visit"] == .whole(6) }.map { $0["participants"] } == [.whole(12), .whole(12)])
        }
    }

    @Test("a scope uncovers nothing, for what it holds is everybody's who has it; a look is its account's alone")
    func scopes() async throws {
        try await withTrial(mirrored: false) { database in
            let pool = Database(database.web, threads: 1)
            defer { pool.close() }
            let words = try TestCluster.catalogues()[.english]
            func board(_ role: String) -> Dashboard {
                Dashboard(database: pool, sql: TestCluster.sql, account: "mmt.\(database.name).\(role)")
            }
            await #expect(throws: (any Error).self) {
                try await board("trials").unmask("T1", reason: "Final analysis as planned")
            }
            try await board("account.trials").unmask("T1", reason: "Final analysis as planned")
            #expect(
                try await board("account.trials").trials(words).panels[0].rows[0]["armsText"]
                    == .text(words("trials.shown")))
            #expect(
                try await board("trials").trials(words).panels[0].rows[0]["armsText"] == .text(words("trials.hidden")))
        }
    }

    @Test("nobody else uncovers: not an analyst, not for himself, not in another's name")
    func othersRefused() async throws {
        try await withTrial(mirrored: false) { database in
            try session(database, scopes: ["programme"]) { session in
                for attempt in [
                    "select unmask('T1', 'I would like to know')",
                    "select uncover('T1', 'I would like to know', current_user::text)",
                    "select uncover('T1', 'I would like to know', 'mmt.\(database.name).trials')",
                    "select mask('T1')",
                    "create role \"mmt.\(database.name).look.1.T1\"",
                    "set role \"mmt.\(database.name).trials\"",
                    "insert into trial_look values (1, 'T1', current_user, now(), now() + interval '1 day', 'I would like to')",
                    "select * from allocation", "select * from session", "select * from trial_delivery",
                    "select * from trial_measure", "select * from trial_stay", "explain select * from trial_stay",
                ] {
                    refused(attempt, "42501", session)
                }
            }
        }
    }

    @Test("a trial that was stored before there were its records has them after the next start")
    func upgraded() async throws {
        try await withTrial(mirrored: false) { database in
            let tables = [
                "trial_cluster", "trial_flow", "trial_baseline", "trial_subject", "trial_measure", "trial_delivery",
                "trial_stay",
            ]
            func counts() throws -> [String?] {
                try tables.map { try database.value("select count(*) from mmt.\($0)") }
            }
            let before = try counts()
            #expect(!before.contains("0"))
            let owner = try database.administration.connect()
            for table in tables { try owner.query("delete from mmt.\(table)") }
            try TrialRecords.complete(sql: TestCluster.sql, owner)
            #expect(try counts() == before)
            let loads = try database.value("select trial_loads from mmt.programme")
            try TrialRecords.complete(sql: TestCluster.sql, owner)
            #expect(try database.value("select trial_loads from mmt.programme") == loads, "nothing more to do")
        }
    }
}
