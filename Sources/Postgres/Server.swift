/// Where PostgreSQL is and as whom to speak to it.
public struct Server: Sendable {
    /// A libpq connection string or URI; empty leaves everything to libpq's own settings.
    public let conninfo: String
    /// The role whose rights every session takes on; nil keeps those of the login.
    public let role: String?

    public init(conninfo: String, role: String? = nil) {
        self.conninfo = conninfo
        self.role = role
    }

    /// Opens a session: UTC, our schema first, and no more rights than the role has. Without just-in-time
    /// compilation, which takes longer than any statement of ours (1 s against 20 ms for a merge); with memory enough
    /// to sort and hash a programme's months without files.
    public func connect() throws(PostgresError) -> Connection {
        let connection = try Connection(conninfo)
        try connection.run(
            script:
                "set search_path = mmt, public; set timezone = 'UTC'; set jit = off; set work_mem = '32MB'; set application_name = 'mmt'"
        )
        if let role {
            try connection.query("select set_config('role', $1, false)", [role])
        }
        return connection
    }

    /// The same server, in another role.
    public func taking(role: String) -> Server { Server(conninfo: conninfo, role: role) }
}
