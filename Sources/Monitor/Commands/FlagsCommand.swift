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
                let connection = try backend.ingest.connect()
                let site = try site.map { try namedSite($0, words, connection).code }
                let lines = try connection.query(
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

    @Argument(help: "The month, as in 2026-08.", transform: namedMonth)
    var month: Month

    @Argument(help: "The question's code, as mmt flags prints it.")
    var code: String

    @Option(help: "Who does it.")
    var by = NSUserName()

    @OptionGroup var languages: LanguageOption

    func act(_ action: String, owner: String?, reason: String?) async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let words = backend.catalogues[languages.language]
            let connection = try backend.ingest.connect()
            let site = try namedSite(site, words, connection)
            guard ![owner, reason, by].compactMap(\.self).contains(where: isBlank) else {
                throw refused(words("command.text_blank"))
            }
            let state = try connection.query(
                "select state from flag_state where site_id = $1 and month = $2 and code = $3",
                ["\(site.id)", month.firstDay, code]
            ).first { try $0.string("state") }
            var values = ["site": site.code, "month": "\(month)", "code": code]
            guard let state else { throw refused(words("flags.unknown", values)) }
            let next = action == "reopened" ? "open" : action
            values["state"] = words("quality.state.\(state)")
            // A question may be given to somebody else, and is open but once.
            if state == next, next != "assigned" { throw refused(words("flags.already", values)) }
            let done = try connection.query(
                backend.sql.text("merge/flag_action.sql"),
                ["\(site.id)", month.firstDay, code, action, owner, by, reason])
            guard done.count == 1 else { throw refused(words("flags.unknown", values)) }
            print(words.said(words.place([site.code, "\(month)", code]), words("quality.state.\(next)")))
        }
    }
}
