import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct MonthsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "months",
        abstract: "Close months to changes, open them again for a time, withdraw a report, with a reason.",
        subcommands: [ListMonths.self, LockMonth.self, OpenMonth.self, WithdrawReport.self],
        defaultSubcommand: ListMonths.self)

    struct ListMonths: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Print the months that are or will be locked, the exceptions, and the reports withdrawn.")

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let rows = try backend.ingest.connect().query(
                    """
                    select to_char(m.month, 'YYYY-MM') as month, m.locks_on, s.code as site, e.ends_on, e.owner, e.reason
                    from reporting_month m
                    left join lock_exception e using (month)
                    left join site s using (site_id)
                    where m.locks_on is not null
                    order by m.month, e.exception_id
                    """)
                if rows.count == 0 { print("No month is locked.") }
                for line in try rows.map({ row -> String in
                    let lock = "\(try row.string("month")) locked from \(try row.string("locks_on"))"
                    guard let end = try row.text("ends_on") else { return lock }
                    return
                        "\(lock), open for \(try row.text("site") ?? "all clinics") until \(end): "
                        + "\(try row.string("reason")) (\(try row.string("owner")))"
                }) { print(line) }
                try printWithdrawals(backend)
            }
        }

        private func printWithdrawals(_ backend: Backend) throws {
            let words = backend.catalogues[languages.language]
            for line in try backend.ingest.connect().query(
                """
                select s.code as site, to_char(w.month, 'YYYY-MM') as month, w.withdrawn_by, w.reason,
                       to_char(programme_time(w.withdrawn_at), 'YYYY-MM-DD') as day
                from report_withdrawal w join site s using (site_id)
                order by w.withdrawn_at
                """
            ).map({ row in
                words(
                    "months.withdrawal",
                    [
                        "site": try row.string("site"), "month": try row.string("month"),
                        "day": try row.string("day"), "by": try row.string("withdrawn_by"),
                        "reason": try row.string("reason"),
                    ])
            }) { print(line) }
        }
    }

    struct LockMonth: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lock", abstract: "Refuse changes to a month from a day on.")

        @Argument(help: "The month, as in 2026-08.")
        var month: String

        @Option(help: "First day on which changes are refused; after the deadline.")
        var from: String

        func run() async throws {
            let (month, day) = (try readMonth(month), try readDay(from))
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let connection = try backend.ingest.connect()
                let due = try connection.query(
                    "select due_on from reporting_month where month = $1", [month.firstDay]
                ).first { try $0.string("due_on") }
                guard let due, due < day.description else {
                    throw ValidationError("\(month) is due until \(due ?? "?"): it can be locked from the day after.")
                }
                try connection.query(
                    "update reporting_month set locks_on = $2 where month = $1", [month.firstDay, day.description])
                print("\(month) is locked from \(day).")
            }
        }
    }

    struct OpenMonth: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "open", abstract: "Make an exception: a locked month takes changes for a time.")

        @Argument(help: "The month, as in 2026-08.")
        var month: String

        @Option(help: "Only for this clinic (default: all).")
        var site: String?

        @Option(help: "Last day of the exception.")
        var until: String

        @Option(help: "Who answers for it.")
        var owner: String

        @Option(help: "Why.")
        var reason: String

        func run() async throws {
            let (month, day) = (try readMonth(month), try readDay(until))
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let connection = try backend.ingest.connect()
                let made = try connection.query(
                    """
                    insert into lock_exception (month, site_id, ends_on, owner, reason)
                    select $1, s.site_id, $3, $4, $5
                    from (select 1) as one left join site s on upper(s.code) = upper($2)
                    where $2::text is null or s.site_id is not null
                    """, [month.firstDay, site, day.description, owner, reason])
                guard made.affected == 1 else { throw ValidationError("No clinic has the code \(site ?? "").") }
                print("\(month) is open for \(site ?? "all clinics") until \(day).")
            }
        }
    }
}

func readMonth(_ text: String) throws -> Month {
    guard text.count == 7, let month = Month(text) else {
        throw ValidationError("\"\(text)\" is no month: write it as in 2026-08.")
    }
    return month
}

private func readDay(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw ValidationError("\"\(text)\" is no day: write it as in 2026-08-31.") }
    return day
}
