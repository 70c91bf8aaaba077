/// Why the private cluster cannot be had, for the operator who must act.
public enum ClusterError: Error, Sendable, CustomStringConvertible {
    case notInstalled
    case otherVersion(cluster: Int, installed: [Int], folder: String)
    case noAccount
    case namelessAccount(UInt32)
    case cannotEnter(String, String)
    case cannotWrite(String)
    case cannotLock(String)
    case pathTooLong(String, limit: Int)
    case didNotStart(log: String)

    public var description: String {
        switch self {
        case .notInstalled:
            "PostgreSQL 15 or later was not found. Install it (Debian: apt-get install postgresql), or name a server "
                + "in DATABASE_URL or PGHOST."
        case .otherVersion(let cluster, let installed, let folder):
            "The data in \(folder) was made by PostgreSQL \(cluster), and only "
                + "\(installed.isEmpty ? "older ones" : installed.map(String.init).joined(separator: ", ")) is installed. "
                + "Install PostgreSQL \(cluster), or move the data with pg_upgrade; mmt does not upgrade data by itself."
        case .noAccount:
            "PostgreSQL refuses to run as root and there is no account postgres to run it as. Install the "
                + "distribution's postgresql package, which makes it, or run mmt as another user."
        case .namelessAccount(let id):
            "The user id \(id) has no name on this machine, which PostgreSQL needs. Run mmt as a named user."
        case .cannotEnter(let folder, let account):
            "The account \(account), which runs PostgreSQL, cannot use \(folder). Choose a data folder that it can "
                + "enter, such as MMT_DATA=/var/lib/mmt."
        case .cannotWrite(let file):
            "\(file) cannot be written. Check the folder's owner, or choose another one with MMT_DATA."
        case .cannotLock(let reason):
            "The data folder cannot be locked (\(reason)). Put it on a local disk."
        case .pathTooLong(let folder, let limit):
            "The path \(folder) is too long for PostgreSQL's socket: choose an MMT_DATA of at most \(limit) bytes."
        case .didNotStart(let log):
            "PostgreSQL did not start. Its log says why: \(log)"
        }
    }
}
