public import Foundation

/// A PostgreSQL cluster of the program's own in a data folder: made on first use, reached through a Unix socket
/// only, shared by every `mmt` on that folder, and stopped by the last of them.
///
/// ```
/// folder/pg    the cluster        folder/run   its socket
/// folder/log   its log            folder/*.lock  who uses it, who is starting it
/// ```
public final class PrivateCluster: Sendable {
    private let folder: URL
    private let programs: ServerPrograms
    private let account: ClusterAccount
    /// Held, shared, as long as this process uses the cluster.
    private let presence: FileLock

    private var data: URL { folder.appending(path: "pg") }
    private var socket: URL { folder.appending(path: "run") }
    private var log: URL { folder.appending(path: "log/postgresql.log") }

    /// The longest path of a Unix socket on Linux is 107 bytes; PostgreSQL adds "/.s.PGSQL.5432".
    private static let longestSocketFolder = 107 - 14

    private static let startTries = 5
    /// Half seconds for which a server that is on its way up or down is waited for.
    private static let joinTries = 120

    /// Starts the cluster in `folder`, or joins the one that runs there.
    public init(folder: URL) throws {
        self.folder = folder.standardizedFileURL
        account = try ClusterAccount.current()
        programs = try ServerPrograms.find(madeBy: folder.appending(path: "pg"))
        guard folder.appending(path: "run").path.utf8.count <= Self.longestSocketFolder else {
            throw ClusterError.pathTooLong(folder.path, limit: Self.longestSocketFolder - "/run".utf8.count)
        }
        try account.makeFolders(folder, below: ["run", "log"])
        presence = try FileLock(folder.appending(path: "in-use.lock"))
        try starting {
            try presence.share()
            try makeCluster()
            try writeAccess()
            try startOrJoin()
            try makeDatabase()
        }
    }

    /// Joins the server that runs, once it answers; one that another `mmt` has just told to stop is let go first.
    private func startOrJoin() throws {
        for _ in 1...Self.joinTries {
            if try !isRunning() { return try start() }
            if (try? Connection("host='\(socket.path)' dbname=postgres user=postgres")) != nil { return }
            Thread.sleep(forTimeInterval: 0.5)
        }
        throw ClusterError.didNotStart(log: log.path)
    }

    /// How to connect as `login`: one of `postgres`, `mmt_web`, `mmt_ingest`, `mmt_local`.
    public func server(login: String, database: String = "mmt") -> Server {
        Server(conninfo: "host='\(socket.path)' dbname='\(database)' user=\(login)")
    }

    /// Stops the cluster, unless another `mmt` still uses it.
    public func leave() throws {
        try starting {
            guard presence.claimAlone() else { return presence.release() }
            try account.run(programs.pgCtl, ["stop", "-D", data.path, "-m", "fast", "-w", "-s"])
            presence.release()
        }
    }

    /// Serialises starting and stopping among processes.
    private func starting(_ body: () throws -> Void) throws {
        let lock = try FileLock(folder.appending(path: "starting.lock"))
        try lock.claim()
        defer { lock.release() }
        try body()
    }

    /// Whether the process that the cluster's lock names lives. A killed server that nobody has reaped (state Z, in
    /// containers without an init), or whose number another program has by now, would keep PostgreSQL from starting:
    /// its lock is taken away.
    private func isRunning() throws -> Bool {
        let lock = data.appending(path: "postmaster.pid")
        guard let text = try? String(contentsOf: lock, encoding: .utf8),
            let process = text.split(separator: "\n").first.flatMap({ pid_t($0) })
        else { return false }
        let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        let isServer = stat.contains("(postgres)") && stat.split(separator: ")").last?.hasPrefix(" Z") == false
        if isServer { return kill(process, 0) == 0 || errno == EPERM }
        try FileManager.default.removeItem(at: lock)
        return false
    }

    /// `initdb` beside the place and a rename into it: a kill half-way leaves nothing that looks like a cluster.
    private func makeCluster() throws {
        if FileManager.default.fileExists(atPath: data.appending(path: "PG_VERSION").path) { return }
        let draft = folder.appending(path: "pg.draft")
        try? FileManager.default.removeItem(at: draft)
        try account.makeFolders(folder, below: ["pg.draft"])
        try account.run(
            programs.initdb,
            ["-D", draft.path, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "peer", "--data-checksums"])
        try FileManager.default.moveItem(at: draft, to: data)
    }

    /// The account that runs `mmt` is let in as the program's logins by the kernel's word; all others need a password.
    private func writeAccess() throws {
        let logins = ["postgres", "mmt_web", "mmt_ingest", "mmt_local"]
        let access = """
            # Written by mmt at each start.
            local all \(logins.joined(separator: ",")) peer map=mmt
            local all all scram-sha-256

            """
        let people = Set([account.caller, account.name])
        let map = people.sorted().flatMap { person in logins.map { "mmt \(person) \($0)\n" } }.joined()
        try account.write(access, to: data.appending(path: "pg_hba.conf"))
        try account.write("# Written by mmt at each start.\n" + map, to: data.appending(path: "pg_ident.conf"))
    }

    /// After a kill the old server's last children may hold its shared memory for a moment: hence more than one try.
    private func start() throws {
        let options = "-c listen_addresses='' -c unix_socket_directories='\(socket.path)' -c max_connections=100"
        for _ in 1...Self.startTries {
            let started = try? account.run(
                programs.pgCtl, ["start", "-D", data.path, "-l", log.path, "-o", options, "-w", "-s", "-t", "60"])
            if started != nil { return }
            Thread.sleep(forTimeInterval: 1)
        }
        throw ClusterError.didNotStart(log: log.path)
    }

    private func makeDatabase() throws {
        let connection = try Connection("host='\(socket.path)' dbname=postgres user=postgres")
        if try connection.query("select from pg_database where datname = 'mmt'").count == 0 {
            try connection.query("create database mmt")
        }
    }
}
