import Postgres
import TestCluster

extension TrialFiles {
    /// A database with the trial of these files.
    static func inDatabase(mirrored: Bool = false, _ body: (TestDatabase) async throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            for file in TrialFiles(isMirrored: mirrored).all { try await database.load(file.text, named: file.name) }
            try await body(database)
        }
    }
}

extension TestDatabase {
    /// A login of the test's own; a superuser's session authorization makes it the session's user.
    func session<T>(scopes: [String], _ body: (borrowing Connection) throws -> T) throws -> T {
        let administration = try administration.connect()
        let role = "reader_\(name)_\(scopes.joined())"
        try administration.query(
            "create role \(role) login in role mmt_analyst, "
                + scopes.map { "\"mmt.\(name).\($0)\"" }.joined(separator: ", "))
        defer { _ = try? administration.query("drop role \(role)") }
        let session = try self.administration.connect()
        try session.query("set session authorization \(role)")
        return try body(session)
    }
}
