import Postgres

/// Whose eyes pages are read with: a role of the database. A scope of this database may be named by its last part, such as
/// `trials` or `region.3`.
enum AccountRole {
    struct Unknown: Error, CustomStringConvertible {
        let name: String
        var description: String {
            "There is no account \(name): name a role of the database, or a scope of this one, such as programme or trials."
        }
    }

    static func named(_ name: String, _ connection: borrowing Connection) throws -> String {
        let role = try connection.query(
            """
            select rolname from pg_catalog.pg_roles
            where rolname::text in ($1::text, 'mmt.' || current_database() || '.' || $1::text)
            order by rolname::text = $1::text desc limit 1
            """, [name]
        ).first { try $0.string("rolname") }
        guard let role else { throw Unknown(name: name) }
        return role
    }
}
