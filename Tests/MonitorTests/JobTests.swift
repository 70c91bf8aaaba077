import Ingest
import Postgres
import TestCluster
import Testing

@testable import Monitor

/// The history of what runs unattended, and the alerts that it raises.
@Suite struct JobTests {
    private static let outcomes = "select string_agg(outcome, ' ' order by job_run_id) from mmt.job_history"

    private func begin(_ connection: borrowing Connection) throws -> Int {
        try JobLedger.begin("inbox", host: "here", connection)
    }

    @Test("a second run, from whichever session, is told that the first goes on; after its end it may begin")
    func alone() async throws {
        try await TestCluster.withDatabase { database in
            let one = try database.ingest.connect()
            let other = try database.ingest.connect()
            let run = try begin(one)
            let busy = #expect(throws: JobLedger.Busy.self) { _ = try JobLedger.begin("inbox", host: "there", other) }
            #expect(busy?.host == "here")
            #expect(try database.value(Self.outcomes) == "running")
            try JobLedger.finish(run, JobEnd(.completed, files: 2, filesRefused: 1), one)
            try JobLedger.finish(try begin(other), JobEnd(.failed, error: "PostgreSQL error 53100"), other)
            #expect(try database.value(Self.outcomes) == "completed failed")
        }
    }

    @Test("a run whose session is gone is interrupted at once, and stays so when the next one begins")
    func killed() async throws {
        try await TestCluster.withDatabase { database in
            func die() throws { _ = try begin(database.ingest.connect()) }
            try die()
            for _ in 0..<100 where try database.value(Self.outcomes) == "running" {
                try await Task.sleep(for: .milliseconds(20))  // the server notices a closed session in its own time
            }
            #expect(try database.value(Self.outcomes) == "interrupted")
            let session = try database.ingest.connect()
            _ = try begin(session)
            #expect(try database.value(Self.outcomes) == "interrupted running")
            #expect(
                try database.value("select string_agg(outcome, ' ' order by job_run_id) from mmt.job_run")
                    == "interrupted running")
        }
    }

    @Test(
        "a job is silent from its expectation and its grace on; without data nobody waits, and nobody for a job without one"
    )
    func alerts() async throws {
        try await TestCluster.withDatabase { database in
            let alert = "select string_agg(job || ' ' || reason, ',') from mmt.job_alert"
            #expect(try database.value(alert) == nil)
            try await database.load(ProgrammeFiles.sites)
            try await database.load(ProgrammeFiles.reports)
            #expect(try database.value(alert) == "inbox never_ran")

            let session = try database.ingest.connect()
            try JobLedger.finish(begin(session), JobEnd(.failed), session)
            #expect(try database.value(alert) == "inbox never_ran", "a failure is no success")
            try JobLedger.finish(begin(session), JobEnd(.completed), session)
            #expect(try database.value(alert) == nil)

            let administration = try database.administration.connect()
            let age = "update mmt.job_run set finished_at = now() - $1::interval where outcome = 'completed'"
            try administration.query(age, ["25 hours"])
            #expect(try database.value(alert) == nil, "within the grace of two hours")
            try administration.query(age, ["27 hours"])
            #expect(try database.value(alert) == "inbox silent")
            try session.query("update job set expected_every = null")
            #expect(try database.value(alert) == nil)
        }
    }

    @Test("an absent report is one that was expected and is late; a reader sees those of her scope")
    func absent() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            try await database.load(ProgrammeFiles.header + "QS-001,2026-01,100,4,1,0,5,100,80,20\n")
            let absent = try database.administration.connect().query(
                "select site, days_late, programme_time(now())::date - due_on as days from absent_report where month = '2026-01-01'"
            ).map { "\(try $0.string("site")) \(try $0.integer("days_late") == $0.integer("days"))" }
            #expect(absent.sorted() == ["QS-002 true", "YH-001 true"])
            let web = try database.web.connect()
            let nobody = try web.query("select count(*) from absent_report")[0, 0]
            #expect(nobody == "0")
        }
    }
}
