import ArgumentParser

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database to this version's schema: roles, tables, views, words.",
        discussion: """
            On a given server run it as an administrator of the database (a superuser, or its owner with createrole). \
            A private cluster is migrated at every start.
            """)

    func run() async throws {
        try await withBackend { backend in
            let applied = try backend.migrate()
            print(applied.isEmpty ? "The schema is up to date." : "Applied: \(applied.joined(separator: ", ")).")
        }
    }
}
