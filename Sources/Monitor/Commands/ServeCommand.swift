import ArgumentParser
import Foundation
import Hummingbird
import Ingest
import Logging
import NIOCore
import Postgres
import ServiceLifecycle
import Words

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the dashboard and its API until interrupted.")

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port (default: PORT from the environment, or 8080; 0 takes any free one).")
    var port: Int?

    @Flag(help: "If the database holds no site yet, load the simulated sample programme first.")
    var sample = false

    @Flag(help: "Listen beyond this machine although everybody who reaches the address can read everything.")
    var openToAll = false

    @Option(help: "Largest file that is taken over HTTP (POST /api/v1/loads), in megabytes.")
    var largestUpload = 512

    @Option(
        help: ArgumentHelp(
            "Whose eyes the pages have: a role of the database or a scope of it, such as trials.",
            discussion: "Until there are accounts: whoever reaches the address sees what the role sees."))
    var account: String?

    private static let loopback = ["127.0.0.1", "::1", "localhost"]

    func validate() throws {
        guard largestUpload >= 1 else { throw ValidationError("--largest-upload is 1 megabyte or more.") }
        guard Self.loopback.contains(host) || openToAll else {
            throw ValidationError(
                "There are no accounts yet: whoever reaches \(host) could read everything. "
                    + "Put a proxy with a login before 127.0.0.1, or say --open-to-all.")
        }
        guard Self.loopback.contains(host) || account == nil else {
            throw ValidationError("--account is for this machine alone: listen on 127.0.0.1.")
        }
    }

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.web)
            if backend.local != nil { try backend.resumeInterrupted(backend.catalogues[.english]) }
            if sample { try SampleLoading(backend: backend).loadIfEmpty() }
            let database = Database(backend.web, threads: 4)
            defer { database.close() }
            try await serve(backend, database)
        }
    }

    private func serve(_ backend: Backend, _ database: Database) async throws {
        let role = try account.map { try AccountRole.named($0, backend.web.connect()) }
        let server = WebServer(
            api: API(
                dashboard: Dashboard(database: database, sql: backend.sql, account: role),
                catalogues: backend.catalogues),
            site: try StaticSite(backend.home.web), catalogues: backend.catalogues,
            uploads: Uploads(
                ingest: backend.ingest, loader: backend.loader, returned: { backend.returnedFiles($0) },
                catalogues: backend.catalogues,
                largest: largestUpload * 1_000_000))
        var logger = Logger(label: "mmt", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .info
        let wanted = port ?? ProcessInfo.processInfo.environment["PORT"].flatMap { Int($0) } ?? 8080
        let application = server.application(host: host, port: wanted, logger: logger) { [host] port in
            printToTerminal("\nThe dashboard is at http://\(host):\(port)/  (Ctrl-C stops it)\n")
        }
        do {
            try await application.runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw PortTaken(host: host, port: wanted)
        }
    }

    struct PortTaken: Error, CustomStringConvertible {
        let host: String
        let port: Int
        var description: String {
            "Port \(port) of \(host) is taken, perhaps by another mmt. Choose another with --port or PORT (0 takes any)."
        }
    }
}

/// Fills an empty database with the sample programme, file by file, as a programme's own history would be.
struct SampleLoading {
    let backend: Backend

    func loadIfEmpty() throws {
        let connection = try backend.ingest.connect()
        let sites = try connection.query("select count(*) as sites from site").first { try $0.integer("sites") }
        guard sites == 0 else { return }
        let folder = FileManager.default.temporaryDirectory.appending(path: "mmt-sample-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try SampleProgramme.files(
            seed: SampleProgramme.usualSeed, lastMonth: ProgrammeClock.month(connection) - 1)
        printToTerminal("Loading the simulated sample programme (\(files.count) files) …")
        for file in files where !file.name.hasSuffix(".txt") {
            let url = folder.appending(path: file.name)
            try Data(file.bytes).write(to: url)
            _ = try backend.loader.load(try ReceivedFile(url), .init(history: true), connection)
        }
    }
}
