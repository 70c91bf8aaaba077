import Foundation
public import Ingest
public import Postgres
import Words

/// A migrated database of one test, seen as each of the program's logins.
public struct TestDatabase: Sendable {
    public let name: String
    private let cluster: PrivateCluster

    public var administration: Server { cluster.server(login: "postgres", database: name) }
    public var web: Server { cluster.server(login: "mmt_web", database: name) }
    public var ingest: Server { cluster.server(login: "mmt_ingest", database: name) }

    init(_ cluster: PrivateCluster) throws {
        self.cluster = cluster
        name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "").prefix(12)
        let server = try cluster.server(login: "postgres", database: "postgres").connect()
        try server.query("create database \(name)")
        _ = try Migrator(TestCluster.sql).migrate(administration.connect())
    }

    func drop() throws {
        let server = try cluster.server(login: "postgres", database: "postgres").connect()
        try server.query("drop database \(name) with (force)")
        let roles = try server.query("select rolname from pg_roles where starts_with(rolname, $1)", ["mmt.\(name)."])
            .map { try $0.string("rolname") }
        for role in roles { try server.query("drop role \"\(role)\"") }
    }

    /// The loader of this database; "today" is in November 2026 unless told otherwise.
    public func loader(today: String = "2026-11-22", pseudonyms: Pseudonyms? = nil) throws -> ReportLoader {
        ReportLoader(
            sql: TestCluster.sql, vocabulary: Vocabulary(try TestCluster.catalogues()), pseudonyms: pseudonyms,
            today: Day(today))
    }

    /// Loads bytes as a file of that name would be: its receipts, one a table.
    public func loadAll(
        _ bytes: [UInt8], named name: String = "report.csv", _ options: ReportLoader.Options = .init(),
        pseudonyms: Pseudonyms? = nil
    ) async throws -> [Receipt] {
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: name)
            try Data(bytes).write(to: url)
            return try loader(pseudonyms: pseudonyms).load(try ReceivedFile(url), options, ingest.connect())
        }
    }

    /// Loads bytes that are one table.
    @discardableResult
    public func load(
        _ bytes: [UInt8], named name: String = "report.csv", _ options: ReportLoader.Options = .init()
    ) async throws -> Receipt {
        let receipts = try await loadAll(bytes, named: name, options)
        precondition(receipts.count == 1, "one table")
        return receipts[0]
    }

    @discardableResult
    public func load(
        _ text: String, named name: String = "report.csv", _ options: ReportLoader.Options = .init()
    ) async throws -> Receipt {
        try await load([UInt8](text.utf8), named: name, options)
    }

    /// One value, read by the administrator.
    public func value(_ statement: String, _ parameters: [String?] = []) throws -> String? {
        try administration.connect().query(statement, parameters)[0, 0]
    }
}
