import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Who reads outcomes of a trial, who uncovers its arms and hides them again, and who does not.
@Suite struct TrialAccessTests {
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
        try await TrialFiles.inDatabase { database in
            try database.session(scopes: ["trials"]) { session in
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
            try database.session(scopes: ["trials", "programme"]) { session in
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
        try await TrialFiles.inDatabase { database in
            let pool = Database(database.web, threads: 1)
            defer { pool.close() }
            let board = Dashboard(database: pool, sql: TestCluster.sql, account: "mmt.\(database.name).account.trials")
            try database.session(scopes: ["trials"]) { session in
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
        try await TrialFiles.inDatabase { database in
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
        try await TrialFiles.inDatabase { database in
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
        try await TrialFiles.inDatabase { database in
            try database.session(scopes: ["programme"]) { session in
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
        try await TrialFiles.inDatabase { database in
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
