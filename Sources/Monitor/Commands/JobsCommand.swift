import ArgumentParser
import Foundation
import Postgres
import Words

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Print what ran unattended, and what is silent.",
        discussion: """
            Exit status: 4 where a job has not succeeded for longer than expected (so that cron can mail), else 0. The same \
            for psql: the views job_history, job_alert and absent_report.
            """,
        subcommands: [List.self, Expect.self], defaultSubcommand: List.self)

    /// A job is silent, or a report is (with --absent).
    static let alert: Int32 = 4

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the newest runs and the alerts; exit status 4 where there is an alert.")

        @Option(help: "How many runs.")
        var last = 20

        @Flag(help: "List the reports that have not come, too; they count as alerts.")
        var absent = false

        @Flag(help: "Print alerts only.")
        var quiet = false

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let report = try JobReport(backend.ingest.connect(), runs: last)
                if !quiet { print(report.history) }
                if !report.alerts.isEmpty { print(report.alerts.joined(separator: "\n")) }
                if absent, !report.absent.isEmpty { print(report.absent.joined(separator: "\n")) }
                if !quiet, !absent, !report.absent.isEmpty {
                    print("Reports past their deadline that have not come: \(report.absent.count) (--absent)")
                }
                let isAlarming = !report.alerts.isEmpty || absent && !report.absent.isEmpty
                if isAlarming { throw ExitCode(JobsCommand.alert) }
            }
        }
    }

    struct Expect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how often a job is expected to succeed, such as: mmt jobs expect inbox \"1 day\"")

        @Argument(help: "The job.")
        var job: String

        @Argument(help: "At least every so often, such as \"1 day\" or \"90 minutes\"; never: nobody waits for it.")
        var every: String

        @Option(help: "How much later is still no alert, such as \"2 hours\".")
        var grace: String?

        @Option(help: "Whom to tell.")
        var owner: String?

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let words = backend.catalogues[languages.language]
                do {
                    let changed = try backend.ingest.connect().query(
                        """
                        update job set expected_every = $2::interval, grace = coalesce($3::interval, grace),
                            owner = coalesce($4, owner)
                        where name = $1
                        """, [job, every == "never" ? nil : every, grace, owner]
                    ).affected
                    guard changed == 1 else { throw refused(words("jobs.unknown", ["job": job])) }
                } catch let error as PostgresError where error.isAboutData {
                    throw refused(words("jobs.time_unreadable"))
                }
            }
        }
    }
}
