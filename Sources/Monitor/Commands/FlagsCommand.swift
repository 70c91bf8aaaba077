import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct FlagsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flags", abstract: "Questions to reports: list, assign, resolve with a reason.",
        subcommands: [ListFlags.self, AssignFlag.self, ResolveFlag.self, ReopenFlag.self],
        defaultSubcommand: ListFlags.self)

    struct ListFlags: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Print the questions that are not resolved.")

        @Option(help: "Only those of this clinic.")
        var site: String?

        @Flag(help: "Resolved ones too.")
        var all = false

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let words = backend.catalogues[languages.language]
                let lines = try backend.ingest.connect().query(
                    """
                    select site, to_char(month, 'YYYY-MM') as month, code, state, owner, reason,
                           case when $3 = 'zh' then coalesce(sentence_zh, sentence) else coalesce(sentence, sentence_zh) end as sentence
                    from flag_state
                    where ($1::text is null or site = $1) and ($2 or state <> 'resolved')
                    order by site, month desc, code
                    """, [site, "\(all)", words.language.rawValue]
                ).map { row in
                    let place = words.place([try row.string("site"), try row.string("month")])
                    let note = [
                        words("quality.state.\(try row.string("state"))"), try row.text("owner"),
                        try row.text("reason"),
                    ].compactMap(\.self).joined(separator: " · ")
                    return "\(words.said(place, try row.text("sentence") ?? "")) [\(try row.string("code"))] (\(note))"
                }
                print(lines.isEmpty ? words.counted("quality.flags.title", 0) : lines.joined(separator: "\n"))
            }
        }
    }

    struct AssignFlag: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign", abstract: "Give a question to somebody.")

        @OptionGroup var flag: FlagArguments

        @Option(help: "Who is to answer it.")
        var to: String

        func run() async throws { try await flag.act("assigned", owner: to, reason: nil) }
    }

    struct ResolveFlag: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resolve", abstract: "Close a question; it opens again if its numbers change.")

        @OptionGroup var flag: FlagArguments

        @Option(help: "Why it needs no correction.")
        var reason: String

        func run() async throws { try await flag.act("resolved", owner: nil, reason: reason) }
    }

    struct ReopenFlag: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "reopen", abstract: "Open a question again.")

        @OptionGroup var flag: FlagArguments

        @Option(help: "Why.")
        var reason: String

        func run() async throws { try await flag.act("reopened", owner: nil, reason: reason) }
    }
}

/// Which question, and who does something about it.
struct FlagArguments: ParsableArguments {
    @Argument(help: "The clinic's code.")
    var site: String

    @Argument(help: "The month, as in 2026-08.")
    var month: String

    @Argument(help: "The question's code, as mmt flags prints it.")
    var code: String

    @Option(help: "Who does it.")
    var by = NSUserName()

    func act(_ action: String, owner: String?, reason: String?) async throws {
        guard month.count == 7, let month = Month(month) else {
            throw ValidationError("\"\(month)\" is no month: write it as in 2026-08.")
        }
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let connection = try backend.ingest.connect()
            let number = try connection.query("select site_id from site where upper(code) = upper($1)", [site])
                .first { try $0.string("site_id") }
            guard let number else { throw ValidationError("No clinic has the code \(site).") }
            let done = try connection.query(
                backend.sql.text("merge/flag_action.sql"),
                [number, month.firstDay, code, action, owner, by, reason])
            guard done.count == 1 else {
                throw ValidationError(
                    "\(site) has no question \(code) in \(month); mmt flags --site \(site) lists them.")
            }
            print("\(site), \(month), \(code): \(action)")
        }
    }
}
