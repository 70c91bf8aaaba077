import Postgres

/// Whose eyes pages are read with: a role of the database. An account or a scope of this database may be named by its last
/// part, such as `region.3`; `trials` is the account, for a scope cannot give a reason for uncovering arms.
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
            join unnest(array[$1::text, 'mmt.' || current_database() || '.account.' || $1::text,
                              'mmt.' || current_database() || '.' || $1::text])
                 with ordinality as known (name, place) on known.name = rolname::text
            order by known.place limit 1
            """, [name]
        ).first { try $0.string("rolname") }
        guard let role else { throw Unknown(name: name) }
        return role
    }
}
