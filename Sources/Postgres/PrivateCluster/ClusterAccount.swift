import Foundation

/// The operating-system account that the cluster runs as: the caller's own, or `postgres` where the caller is root,
/// because PostgreSQL refuses to run as root.
struct ClusterAccount {
    /// Who runs `mmt`.
    let caller: String
    /// Who runs the cluster.
    let name: String
    private let userID: uid_t
    private let groupID: gid_t
    private var isOther: Bool { caller != name }

    static func current() throws -> ClusterAccount {
        guard geteuid() == 0 else {
            return ClusterAccount(
                caller: try accountName(geteuid()), name: try accountName(geteuid()), userID: geteuid(),
                groupID: getegid())
        }
        guard let entry = getpwnam("postgres") else { throw ClusterError.noAccount }
        return ClusterAccount(
            caller: "root", name: "postgres", userID: entry.pointee.pw_uid, groupID: entry.pointee.pw_gid)
    }

    private static func accountName(_ id: uid_t) throws -> String {
        guard let entry = getpwuid(id) else { throw ClusterError.namelessAccount(id) }
        return String(cString: entry.pointee.pw_name)
    }

    /// Makes the data folder and folders below it that belong to the account; the account must be able to enter it.
    func makeFolders(_ folder: URL, below names: [String]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in names {
            let url = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            if isOther, chown(url.path, userID, groupID) != 0 { throw ClusterError.cannotEnter(folder.path, self.name) }
        }
        guard (try? run(URL(filePath: "/usr/bin/test"), ["-x", folder.path])) != nil else {
            throw ClusterError.cannotEnter(folder.path, name)
        }
    }

    func write(_ text: String, to file: URL) throws {
        try text.write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        if isOther, chown(file.path, userID, groupID) != 0 { throw ClusterError.cannotEnter(file.path, name) }
    }

    /// Runs a program as the account.
    @discardableResult
    func run(_ program: URL, _ arguments: [String]) throws -> String {
        guard isOther else { return try Command.output(program, arguments) }
        return try Command.output(URL(filePath: "/usr/sbin/runuser"), ["-u", name, "--", program.path] + arguments)
    }
}
