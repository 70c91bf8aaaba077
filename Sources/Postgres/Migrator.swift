import Foundation

/// Brings a database to the schema of this program: roles, then each migration once, then the views anew.
public struct Migrator: Sendable {
    public enum Failure: Error, CustomStringConvertible {
        case changed(name: String)
        case unknown(name: String)
        case refused(file: String, PostgresError)

        public var description: String {
            switch self {
            case .changed(let name):
                "Migration \(name) was changed after it had been applied to this database. "
                    + "Restore the file; put the change into a new migration."
            case .unknown(let name):
                "This database has migration \(name), which this version of mmt does not know: it was made by a "
                    + "newer one. Use that version, or restore a backup from before the upgrade."
            case .refused(let file, let error):
                "The database refused sql/\(file).sql (\(error)); nothing of it was kept. "
                    + "If somebody has changed tables or views of schema mmt by hand, undo that and migrate again."
            }
        }
    }

    private let sql: SQLFolder
    /// One migration at a time, whichever program starts first (the number is arbitrary).
    private static let lock = "6177001"

    public init(_ sql: SQLFolder) {
        self.sql = sql
    }

    /// - Parameter connection: of an administrator: a superuser, or the database's owner with `createrole`.
    /// - Returns: the names of the migrations applied now.
    public func migrate(_ connection: borrowing Connection) throws -> [String] {
        try connection.query("select pg_advisory_lock($1)", [Self.lock])
        defer { _ = try? connection.query("select pg_advisory_unlock($1)", [Self.lock]) }

        let bootstrap = try sql.text("bootstrap.sql")
        try connection.transaction { try $0.run(script: bootstrap) }
        try connection.run(script: "set role mmt_owner; set search_path = mmt, public")
        defer { _ = try? connection.query("reset role") }

        let applied = try applyMigrations(connection)
        try replaceViews(connection)
        return applied
    }

    /// Replacing a view locks out its readers, so it is done only where a file has changed.
    private func replaceViews(_ connection: borrowing Connection) throws {
        let files = try sql.files(in: "views")
        let script = files.map(\.text).joined(separator: "\n")
        try connection.transaction { connection in
            let isNew =
                try connection.query(
                    """
                    insert into migration (name, checksum) values ($1, encode(sha256(convert_to($2, 'UTF8')), 'hex'))
                    on conflict (name) do update set checksum = excluded.checksum, applied_at = now()
                    where migration.checksum <> excluded.checksum
                    """, [Self.viewsName, script]
                ).affected == 1
            guard isNew else { return }
            for file in files { try run(file.text, of: "views/\(file.name)", connection) }
        }
    }

    private func run(_ script: String, of file: String, _ connection: borrowing Connection) throws {
        do {
            try connection.run(script: script)
        } catch {
            throw Failure.refused(file: file, error)
        }
    }

    /// What the ledger calls the views together; no file of migrations can have this name.
    public static let viewsName = "views/*"

    private func applyMigrations(_ connection: borrowing Connection) throws -> [String] {
        try connection.run(script: Self.ledger)
        let known = try connection.query("select name, checksum from migration order by name")
            .map { (try $0.string("name"), try $0.string("checksum")) }
        let files = try sql.files(in: "migrations")
        let names = Set(files.map(\.name))
        if let stranger = known.first(where: { !names.contains($0.0) && $0.0 != Self.viewsName }) {
            throw Failure.unknown(name: stranger.0)
        }

        var applied: [String] = []
        for file in files {
            let checksum = try connection.query("select encode(sha256(convert_to($1, 'UTF8')), 'hex')", [file.text])[
                0, 0]
            if let before = known.first(where: { $0.0 == file.name }) {
                guard before.1 == checksum else { throw Failure.changed(name: file.name) }
                continue
            }
            try connection.transaction { connection in
                try run(file.text, of: "migrations/\(file.name)", connection)
                try connection.query("insert into migration (name, checksum) values ($1, $2)", [file.name, checksum])
            }
            applied.append(file.name)
        }
        return applied
    }

    private static let ledger = """
        create table if not exists migration (
            name       text not null,
            checksum   text not null,
            applied_at timestamptz not null default now(),
            constraint migration_pkey primary key (name)
        );
        comment on table migration is 'Ledger: the migrations applied to this database.';
        comment on column migration.name is 'File name in sql/migrations, without its ending.';
        comment on column migration.checksum is 'SHA-256 of the file as it was applied.';
        comment on column migration.applied_at is 'When it was applied.';
        """
}
