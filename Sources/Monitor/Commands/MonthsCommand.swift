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
                let words = backend.catalogues[languages.language]
                let lines = try backend.ingest.connect().query(
                    """
                    select to_char(m.month, 'YYYY-MM') as month, m.locks_on, s.code as site, e.ends_on, e.owner, e.reason,
                           e.ends_on < programme_time(now())::date as is_over
                    from reporting_month m
                    left join lock_exception e using (month)
                    left join site s using (site_id)
                    where m.locks_on is not null
                    order by m.month, e.exception_id
                    """
                ).map { row in
                    let lock = words(
                        "months.locks", ["month": try row.string("month"), "from": try row.string("locks_on")])
                    guard let until = try row.text("ends_on") else { return lock }
                    let values = [
                        "site": try row.text("site") ?? words("months.all_sites"), "until": until,
                        "owner": try row.string("owner"), "reason": try row.string("reason"),
                    ]
                    let exception = try row.bool("is_over") ? "months.exception_over" : "months.exception"
                    return "\(lock) \(words(exception, values))"
                }
                print(lines.isEmpty ? words("months.none") : lines.joined(separator: "\n"))
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

        @Argument(help: "The month, as in 2026-08.", transform: namedMonth)
        var month: Month

        @Option(help: "First day on which changes are refused; after the deadline.", transform: namedDay)
        var from: Day

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let words = backend.catalogues[languages.language]
                let connection = try backend.ingest.connect()
                let due = try connection.query(
                    "select due_on from reporting_month where month = $1", [month.firstDay]
                ).first { try $0.string("due_on") }
                let values = ["month": "\(month)", "from": "\(from)", "due": due ?? ""]
                guard let due else { throw refused(words("command.month_unknown", values)) }
                guard due < from.description else { throw refused(words("months.not_yet_due", values)) }
                try connection.query(
                    "update reporting_month set locks_on = $2 where month = $1", [month.firstDay, from.description])
                print(words("months.locks", values))
            }
        }
    }

    struct OpenMonth: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "open", abstract: "Make an exception: a locked month takes changes for a time.")

        @Argument(help: "The month, as in 2026-08.", transform: namedMonth)
        var month: Month

        @Option(help: "Only for this clinic (default: all).")
        var site: String?

        @Option(help: "Last day of the exception: today or later.", transform: namedDay)
        var until: Day

        @Option(help: "Who answers for it.")
        var owner: String

        @Option(help: "Why.")
        var reason: String

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let words = backend.catalogues[languages.language]
                let connection = try backend.ingest.connect()
                let site = try site.map { try namedSite($0, words, connection) }
                guard !isBlank(owner), !isBlank(reason) else { throw refused(words("command.text_blank")) }
                let lock = try connection.query(
                    "select locks_on, programme_time(now())::date as today from reporting_month where month = $1",
                    [month.firstDay]
                ).first { (from: try $0.text("locks_on"), today: try $0.string("today")) }
                let values = [
                    "month": "\(month)", "until": "\(until)", "from": lock?.from ?? "", "today": lock?.today ?? "",
                    "site": site?.code ?? words("months.all_sites"),
                ]
                guard let lock else { throw refused(words("command.month_unknown", values)) }
                guard let from = lock.from else { throw refused(words("months.not_locked", values)) }
                guard until.description >= lock.today else { throw refused(words("months.until_past", values)) }
                guard until.description >= from else { throw refused(words("months.until_before_lock", values)) }
                try connection.query(
                    "insert into lock_exception (month, site_id, ends_on, owner, reason) values ($1, $2, $3, $4, $5)",
                    [month.firstDay, site.map { "\($0.id)" }, until.description, owner, reason])
                print(words("months.opened", values))
            }
        }
    }
}
