import Foundation
import Ingest

/// What the environment says. Without any of it the program works, with a PostgreSQL of its own.
struct Configuration: Sendable {
    /// A given server's connection string; "" leaves it to libpq's own variables; nil: none is given.
    let server: String?
    /// The loader's own way into a given server, where the daemon's login may only read; nil: the same as `server`.
    let ingestServer: String?
    /// The data folder of the private cluster.
    let dataFolder: URL
    /// The programme's time zone, written into the database at each migration; nil leaves what is there.
    let timeZone: TimeZone?

    /// Makes pseudonyms of clients' numbers; nil keeps the numbers.
    let pseudonyms: Pseudonyms?

    struct UnknownTimeZone: Error, CustomStringConvertible {
        let name: String
        var description: String {
            "MMT_TIMEZONE is \"\(name)\", which is no time zone. Write it as in Asia/Shanghai or Europe/London."
        }
    }

    init(_ environment: [String: String]) throws {
        let libpqVariables = ["PGHOST", "PGHOSTADDR", "PGSERVICE"]
        server = environment["DATABASE_URL"] ?? (libpqVariables.contains { environment[$0] != nil } ? "" : nil)
        ingestServer = environment["MMT_INGEST_URL"]
        dataFolder = environment["MMT_DATA"].map { URL(filePath: $0) } ?? Self.usualDataFolder(environment)
        timeZone = try environment["MMT_TIMEZONE"].map { name in
            guard let zone = TimeZone(identifier: name) else { throw UnknownTimeZone(name: name) }
            return zone
        }
        pseudonyms = try environment["MMT_PSEUDONYM_KEY_FILE"].map { try Pseudonyms(keyFile: $0) }
    }

    static func fromProcess() throws -> Configuration { try Configuration(ProcessInfo.processInfo.environment) }

    private static func usualDataFolder(_ environment: [String: String]) -> URL {
        if geteuid() == 0 { return URL(filePath: "/var/lib/mmt") }
        let home = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share"
        return URL(filePath: home).appending(path: "mmt")
    }
}
