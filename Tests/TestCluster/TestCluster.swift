public import Foundation
public import Postgres
public import Words

/// What tests stand on: the project's own folders, and a real PostgreSQL with a database of its own for each suite.
public enum TestCluster {
    public static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    public static let sql = SQLFolder(root.appending(path: "sql"))
    public static let web = root.appending(path: "web")

    /// Real data and reference answers beside the checkout; a user's clone has none.
    public static let shared = root.deletingLastPathComponent().appending(path: "shared")
    public static let hasShared = FileManager.default.fileExists(atPath: shared.appending(path: "data").path)

    /// One cluster for the whole test run, kept in a folder of its own so that the next run starts at once.
    private static let cluster: Result<PrivateCluster, any Error> = Result {
        let cluster = try PrivateCluster(
            folder: FileManager.default.temporaryDirectory.appending(path: "mmt-tests-\(geteuid())"))
        // A power cut may lose what a test wrote: nothing else here waits for a disk.
        let connection = try cluster.server(login: "postgres", database: "postgres").connect()
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            try connection.query("alter system set \(setting) = off")
        }
        try connection.query("select pg_reload_conf()")
        atexit { try? TestCluster.cluster.get().leave() }
        return cluster
    }

    public static func catalogues() throws -> Catalogues { try Catalogues(web.appending(path: "words")) }

    /// Lends a migrated database that is gone when `body` returns.
    public static func withDatabase<T>(_ body: (TestDatabase) async throws -> T) async throws -> T {
        let database = try TestDatabase(cluster.get())
        do {
            let value = try await body(database)
            try database.drop()
            return value
        } catch {
            try? database.drop()
            throw error
        }
    }

    /// Lends a folder that is gone when `body` returns.
    public static func withFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mmt-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}
