import Foundation

/// The distribution's own PostgreSQL programs.
struct ServerPrograms {
    let folder: URL
    var initdb: URL { folder.appending(path: "initdb") }
    var pgCtl: URL { folder.appending(path: "pg_ctl") }

    /// Oldest PostgreSQL with `security_invoker` views, on which row-level access rests.
    private static let oldestVersion = 15

    /// Looks where distributions put them; an existing cluster decides the version, and is never upgraded in silence.
    static func find(madeBy cluster: URL) throws -> ServerPrograms {
        let installed = candidates().filter { hasServer($0.folder) && $0.version >= oldestVersion }
        let made = try? String(contentsOf: cluster.appending(path: "PG_VERSION"), encoding: .utf8)
        guard let made, let version = Int(made.prefix { $0.isNumber }) else {
            guard let newest = installed.max(by: { $0.version < $1.version }) else { throw ClusterError.notInstalled }
            return ServerPrograms(folder: newest.folder)
        }
        guard let same = installed.first(where: { $0.version == version }) else {
            throw ClusterError.otherVersion(cluster: version, installed: installed.map(\.version), folder: cluster.path)
        }
        return ServerPrograms(folder: same.folder)
    }

    private static func hasServer(_ folder: URL) -> Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: folder.appending(path: $0).path)
        }
    }

    private static func candidates() -> [(version: Int, folder: URL)] {
        let debian = URL(filePath: "/usr/lib/postgresql")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian.path)) ?? []
        var folders = versions.map { debian.appending(path: "\($0)/bin") }
        folders += (oldestVersion...30).map { URL(filePath: "/usr/pgsql-\($0)/bin") }
        folders += (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
            URL(filePath: String($0))
        }
        return folders.compactMap { folder in version(of: folder).map { ($0, folder) } }
    }

    /// From "postgres (PostgreSQL) 15.18 (Debian …)".
    private static func version(of folder: URL) -> Int? {
        let program = folder.appending(path: "postgres")
        guard FileManager.default.isExecutableFile(atPath: program.path),
            let output = try? Command.output(program, ["--version"])
        else { return nil }
        return output.split(separator: " ").compactMap { Int($0.prefix { $0.isNumber }) }.first
    }
}
