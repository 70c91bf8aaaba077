import Foundation
import Ingest
import Postgres
import Words

/// All that a command works with: the database, ready for use, and the program's own files.
final class Backend: Sendable {
    let home: Home
    let configuration: Configuration
    let catalogues: Catalogues
    let sql: SQLFolder
    private let cluster: PrivateCluster?

    enum Failure: Error, CustomStringConvertible {
        case notMigrated(String)
        var description: String {
            switch self {
            case .notMigrated(let reason):
                "The database is not ready for this version of mmt (\(reason)). Run `mmt migrate` as its administrator."
            }
        }
    }

    /// Starts or joins the private cluster and migrates it; a given server is only checked.
    init() throws {
        home = try Home.find(ProcessInfo.processInfo.environment)
        configuration = try .fromProcess()
        catalogues = try Catalogues(home.web.appending(path: "words"))
        sql = SQLFolder(home.sql)
        cluster = configuration.server == nil ? try PrivateCluster(folder: configuration.dataFolder) : nil
        guard let cluster else { return }
        do {
            try migrate()
        } catch {
            try? cluster.leave()  // a start that fails leaves no server behind
            throw error
        }
    }

    /// Lets the private cluster go; it stops unless somebody else uses it.
    func close() throws { try cluster?.leave() }

    /// The server for people who administer it.
    var administration: Server { server(login: "postgres", role: nil) }
    /// The server as the daemon sees it: what the account of a transaction may see.
    var web: Server { server(login: "mmt_web", role: "mmt_web") }
    /// The server as the loader sees it.
    var ingest: Server {
        guard cluster == nil, let own = configuration.ingestServer else {
            return server(login: "mmt_ingest", role: "mmt_ingest")
        }
        return Server(conninfo: own, role: "mmt_ingest")
    }
    /// The private cluster for psql on this machine; nil where a server is given. Its conninfo holds no secret.
    var local: Server? { cluster?.server(login: "mmt_local") }

    private func server(login: String, role: String?) -> Server {
        // Into a private cluster one logs in as the role itself; a given server's login takes it on.
        cluster?.server(login: login) ?? Server(conninfo: configuration.server ?? "", role: role)
    }

    /// Brings schema, views and words up to date. Needs an administrator's rights.
    @discardableResult
    func migrate() throws -> [String] {
        let connection = try administration.connect()
        let applied = try Migrator(sql).migrate(connection)
        try connection.transaction { connection in
            try Wording.store(catalogues, connection)
            guard let chosen = configuration.timeZone else { return }
            try connection.query("update mmt.programme set time_zone = $1 where time_zone <> $1", [chosen.identifier])
        }
        try IndicatorCounts.complete(sql: sql, connection)
        try ClientCounts.complete(sql: sql, connection)
        try TrialRecords.complete(sql: sql, connection)
        if cluster != nil { try connection.run(script: sql.text("private_cluster.sql")) }
        return applied
    }

    /// A given server is migrated by its administrator, not behind his back.
    /// - Parameter server: as the command will use it.
    func requireMigrated(_ server: Server) throws {
        guard cluster == nil else { return }
        let known = Set(try sql.files(in: "migrations").map(\.name))
        do {
            let applied = try server.connect().query(
                "select name from migration where name <> $1", [Migrator.viewsName]
            ).map { try $0.string("name") }
            guard Set(applied) == known else { throw Failure.notMigrated("its migrations are not this version's") }
        } catch let error as PostgresError where error.sqlState != nil {
            // Reached, but without our roles or tables.
            throw Failure.notMigrated("\(error)")
        }
    }

    /// Finishes loads that were killed, if this login may: a daemon on a given server leaves them to the next load.
    func resumeInterrupted(_ words: Words) throws {
        for receipt in try Submission(backend: self, words: words).resumeInterrupted() {
            printToTerminal(words("load.resumed"))
            printToTerminal(try ReceiptText(receipt: receipt, words: words).text(.table))
        }
    }

    var loader: ReportLoader { ReportLoader(sql: sql, vocabulary: vocabulary, pseudonyms: pseudonyms) }
    func returnedFiles(_ words: Words) -> ReturnedFiles {
        ReturnedFiles(
            returned: ReturnedFile(pseudonyms: pseudonyms, vocabulary: vocabulary, words: words), words: words,
            server: ingest)
    }
    var vocabulary: Vocabulary { Vocabulary(catalogues) }
    var pseudonyms: Pseudonyms? { configuration.pseudonyms }
}
