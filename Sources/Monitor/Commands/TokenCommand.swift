import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Say who may send files to POST /api/v1/loads: add, list, revoke.",
        discussion: "On a given server run it as an administrator of the database: the loader cannot make tokens.",
        subcommands: [Add.self, List.self, Revoke.self], defaultSubcommand: List.self)

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token and print it, once: it is kept nowhere.")

        @Argument(help: "Who or what sends with it: letters, digits, dots, dashes and underscores. Never used twice.")
        var name: String

        @Option(help: "The source that its files are loaded under.")
        var source = Policy.defaultSource

        @Flag(help: "Take site registries, calendars, trials, allocations and events from it too, not only reports.")
        var registers = false

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withTokens(languages) { tokens, words in
                do {
                    print(try tokens.add(name, source: source, registers: registers))
                } catch let error as LoadTokens.Refused {
                    throw refused(words("token.\(error.code)", ["name": name]))
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the tokens' names, sources and times.")

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withTokens(languages) { tokens, words in
                let lines = try tokens.list()
                print(lines.isEmpty ? words("token.none") : lines.joined(separator: "\n"))
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse a token from now on.")

        @Argument(help: "The token's name.")
        var name: String

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withTokens(languages) { tokens, words in
                guard try tokens.revoke(name) else { throw refused(words("token.unknown", ["name": name])) }
            }
        }
    }
}

private func withTokens(_ languages: LanguageOption, _ body: (LoadTokens, Words) throws -> Void) async throws {
    try await withBackend { backend in
        try backend.requireMigrated(backend.administration)
        let words = backend.catalogues[languages.language]
        do {
            try body(LoadTokens(server: backend.administration), words)
        } catch let error as PostgresError where error.sqlState == "42501" {
            throw refused(words("token.forbidden"))
        }
    }
}
