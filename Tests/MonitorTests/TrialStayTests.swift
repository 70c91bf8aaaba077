import Ingest
import Metrics
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// How long clients of a trial stay under each rule of missed days: worked out by hand.
@Suite struct TrialStayTests {
    private typealias Course = TrialStayFiles.Course

    private static let sites = "site,name,region\nQS-001,One,QS\nQS-002,Two,QS\n"
    private static func trials(ends: String) -> String {
        "trial,name,design,starts_on,ends_on\nT1,A trial,parallel,2026-01-01,\(ends)\n"
    }

    /// e has no doses at all; z is nobody of the trial's but has the code of a provider.
    private static let participants =
        "trial,site,participant,role,enrolled_on\n"
        + ["a", "b", "c", "d", "e", "f", "g"].map { "T1,QS-001,\($0),client,2026-02-01\n" }.joined()
        + "T1,QS-001,z,provider,2026-02-01\n"

    /// The newest dose is of 31 May, so it is known until 24 May who stays under 7 days, until 17 May under 14, until 1 May
    /// under 30.
    private static let doses = TrialStayFiles.doses([
        // Eight days are missed.
        Course("a", "2026-01-20", "2026-03-02"), Course("a", "2026-03-11", "2026-05-31"),
        Course("b", "2026-01-20", "2026-04-10"),
        // Handed over, as the register says.
        Course("c", "2026-01-20", "2026-04-20"),
        // Comes eleven days after enrolment.
        Course("d", "2026-02-12", "2026-05-31"),
        // Was gone before.
        Course("f", "2026-01-10", "2026-01-25"),
        Course("g", "2026-01-20", "2026-05-20"),
        Course("z", "2026-01-05", "2026-05-31"),
    ])
    private static let episodes =
        "site,client,started_on,ended_on,exit_reason\nQS-001,c,2026-01-20,2026-04-21,transferred\n"

    private static let expected = [
        "missed_14 68 t 1", "missed_14 78 f 1", "missed_14 105 f 3",
        "missed_30 68 t 1", "missed_30 78 f 1", "missed_30 89 f 3",
        "missed_7 29 t 1", "missed_7 68 t 1", "missed_7 78 f 1", "missed_7 108 t 1",
    ]

    private static func told(_ database: TestDatabase) throws -> [String] {
        try database.administration.connect().query(
            """
            select concat_ws(' ', rule, days, has_dropped, people) as told from mmt.trial_stay
            where trial = 'T1' order by rule, days, has_dropped
            """
        ).map { try $0.string("told") }
    }

    private func expect(
        _ rows: [String], _ database: TestDatabase, of rule: String = "", at place: SourceLocation = #_sourceLocation
    ) throws {
        let told = try Self.told(database).filter { $0.hasPrefix(rule) }
        #expect(told == rows, sourceLocation: place)
    }

    /// That a row came, and that another went.
    private func expect(
        _ came: String, without gone: String, _ database: TestDatabase, at place: SourceLocation = #_sourceLocation
    ) throws {
        let told = try Self.told(database)
        #expect(told.contains(came) && !told.contains(gone), "\(told)", sourceLocation: place)
    }

    private func withTrial(
        _ files: [String] = [
            sites, trials(ends: "2026-06-30"), participants, episodes, doses,
        ], _ body: (TestDatabase) async throws -> Void
    ) async throws {
        try await TestCluster.withDatabase { database in
            for file in files { try await database.load(file) }
            try await body(database)
        }
    }

    @Test("days from enrolment and dropouts under 7, 14 and 30 missed days, in whatever order the files come")
    func rules() async throws {
        try await withTrial { try expect(Self.expected, $0) }
        try await withTrial([
            Self.sites, Self.doses, Self.trials(ends: "2026-06-30"), Self.participants, Self.episodes,
        ]) { try expect(Self.expected, $0) }
    }

    @Test("the end of the trial ends the time")
    func ends() async throws {
        try await withTrial { database in
            // Of allocated clinics a new protocol works everything out anew.
            try await database.load("trial,site,arm,allocated_on\nT1,QS-001,control,2026-01-10\n")
            try await database.load(Self.trials(ends: "2026-04-15"))
            try expect(
                [
                    "missed_14 68 t 1", "missed_14 73 f 4", "missed_30 68 t 1", "missed_30 73 f 4",
                    "missed_7 29 t 1", "missed_7 68 t 1", "missed_7 73 f 2",
                ], database)
        }
    }

    @Test("later doses, episodes and participants change what is known")
    func later() async throws {
        try await withTrial { database in
            // Six days are missed, and not eight.
            try await database.load(TrialStayFiles.doses([Course("a", "2026-03-03", "2026-03-04")]))
            try expect("missed_7 112 f 1", without: "missed_7 29 t 1", database)
            try await database.load(
                "site,client,started_on,ended_on,exit_reason\nQS-001,b,2026-01-20,2026-04-12,died\n")
            for rule in ["missed_7", "missed_14", "missed_30"] {
                try expect("\(rule) 68 f 1", without: "\(rule) 68 t 1", database)
            }
            try await database.load("trial,site,participant,role,enrolled_on\nT1,QS-001,g,client,2026-02-11\n")
            try expect("missed_7 98 t 1", without: "missed_7 108 t 1", database)
            // Another client's doses move the day until which it is known of all: a and d had their last on 31 May.
            try await database.load(TrialStayFiles.doses([Course("z", "2026-06-01", "2026-06-20")]))
            try expect("missed_14 119 t 2", without: "missed_14 105 f 3", database)
        }
    }

    @Test("doses of a clinic without participants change nothing of trials")
    func others() async throws {
        try await withTrial { database in
            let loads = try database.value("select trial_loads from mmt.programme")
            try await database.load(
                TrialStayFiles.doses([Course("a", "2026-01-20", "2026-03-02")], at: "QS-002"))
            #expect(try database.value("select trial_loads from mmt.programme") == loads)
            try expect(Self.expected, database)
        }
    }

    private static func complete(_ database: TestDatabase) throws -> String? {
        let owner = try database.administration.connect()
        try ClientCounts.complete(sql: TestCluster.sql, owner)
        try TrialRecords.complete(sql: TestCluster.sql, owner)
        return try database.value("select trial_loads from mmt.programme")
    }

    @Test("a database with trials and stays from before has them after the next start, and then nothing more is done")
    func upgraded() async throws {
        try await withTrial { database in
            let loads = try Self.complete(database)
            try database.administration.connect().query("delete from mmt.trial_stay")
            let after = try Self.complete(database)
            try expect(Self.expected, database)
            #expect(after != loads)
            #expect(try Self.complete(database) == after)
        }
    }

    @Test("a rule that is added is worked out at the next start, or with the next doses")
    func added() async throws {
        try await withTrial { database in
            let owner = try database.administration.connect()
            try owner.query("insert into mmt.stay_rule values ('missed_60', 60, 5, 'This test')")
            let after = try Self.complete(database)
            // Known until 1 April, when all who have come have doses before and after.
            try expect(["missed_60 59 f 5"], database, of: "missed_60")
            #expect(try Self.complete(database) == after)
            try owner.query("insert into mmt.stay_rule values ('missed_21', 21, 6, 'This test')")
            try await database.load(
                TrialStayFiles.doses([Course("y", "2026-01-20", "2026-03-02")], at: "QS-002"))
            // Until 10 May.
            try expect(["missed_21 68 t 1", "missed_21 78 f 1", "missed_21 98 f 3"], database, of: "missed_21")
        }
    }
}
