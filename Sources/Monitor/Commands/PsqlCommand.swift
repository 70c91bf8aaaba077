import ArgumentParser
import Foundation
import Postgres

struct PsqlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql",
        abstract: "Open psql on mmt's own PostgreSQL as an analyst; what follows is given to psql.",
        discussion: "On a given server connect with psql itself, as a member of mmt_analyst and of a scope.")

    @Argument(parsing: .captureForPassthrough, help: "Arguments of psql, such as -c 'select * from figure limit 5'.")
    var arguments: [String] = []

    func run() async throws {
        try await withBackend { backend in
            guard let server = backend.local else {
                throw ValidationError("The server is a given one: connect with psql itself.")
            }
            signal(SIGINT, SIG_IGN)  // while psql runs, Ctrl-C is its own business
            let status = try Command.onTerminal("psql", [server.conninfo] + arguments)
            if status != 0 { throw ExitCode(status) }
        }
    }
}
