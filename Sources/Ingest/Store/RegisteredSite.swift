public import Postgres

/// A clinic of the registry, as commands name it.
public struct RegisteredSite: Sendable, Equatable {
    /// In the database.
    public let id: Int
    /// The code that it goes by.
    public let code: String

    /// - Parameter written: its code, or another one under which its reports arrive, in any case of letters.
    /// - Returns: nil where no clinic has it.
    public static func find(_ written: String, _ connection: borrowing Connection) throws -> RegisteredSite? {
        try connection.query(
            """
            select site_id, code from site where upper(code) = upper($1)
            union all
            select site_id, s.code from site_alias a join site s using (site_id) where upper(a.alias) = upper($1)
            """, [written]
        ).first { RegisteredSite(id: try $0.integer("site_id"), code: try $0.string("code")) }
    }
}
