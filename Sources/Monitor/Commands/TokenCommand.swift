import ArgumentParser
import Foundation
import Ingest
import Postgres

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

        func run() async throws {
            try await withTokens { tokens in print(try tokens.add(name, source: source, registers: registers)) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the tokens' names, sources and times.")

        func run() async throws {
            try await withTokens { tokens in
                let lines = try tokens.list()
                print(
                    lines.isEmpty
                        ? "There are no tokens: nobody may send files over HTTP." : lines.joined(separator: "\n"))
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuse a token from now on.")

        @Argument(help: "The token's name.")
        var name: String

        func run() async throws {
            try await withTokens { tokens in
                guard try tokens.revoke(name) else {
                    throw ValidationError("There is no token \(name) that still holds.")
                }
            }
        }
    }
}

private func withTokens(_ body: (LoadTokens) throws -> Void) async throws {
    try await withBackend { backend in
        try backend.requireMigrated(backend.administration)
        do {
            try body(LoadTokens(server: backend.administration))
        } catch let error as PostgresError where error.sqlState == "42501" {
            throw ValidationError(
                "This login may not make or revoke tokens: run it as an administrator of the database, as mmt migrate.")
        }
    }
}
