import Crypto
import Foundation
import Postgres

/// Tokens of those who may send files. Kept by their SHA-256: who reads the database, or a backup, cannot send.
struct LoadTokens: Sendable {
    let server: Server

    /// Whoever sends with a token.
    struct Holder: Sendable, Equatable {
        let name, source: String
        /// Whether files that change the programme's registers are taken from it too.
        let registers: Bool
    }

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// - Returns: the token; it is kept nowhere.
    func add(_ name: String, source: String, registers: Bool = false) throws -> String {
        // 256 bits, as the hash has; the generator is the system's own (getrandom).
        let secret = Data((0..<32).map { _ in UInt8.random(in: .min ... .max) })
        let token =
            "mmt_"
            + secret.base64EncodedString().filter { $0 != "=" }.replacing("+", with: "-")
            .replacing("/", with: "_")
        let connection = try server.connect()
        do {
            try connection.query(
                "insert into mmt.load_token (name, sha256, source, registers) values ($1, $2, $3, $4)",
                [name, Self.sha256(token), source, "\(registers)"])
        } catch {
            guard error.isAboutData else { throw error }
            throw Refused(description: Self.reason(error, name))
        }
        return token
    }

    func list() throws -> [String] {
        try server.connect().query(
            """
            select name, source, registers, to_char(mmt.programme_time(created_at), 'YYYY-MM-DD HH24:MI') as created,
                   to_char(mmt.programme_time(revoked_at), 'YYYY-MM-DD HH24:MI') as revoked
            from mmt.load_token order by name
            """
        ).map { row in
            let revoked = try row.text("revoked").map { ", revoked \($0)" } ?? ""
            let (name, source) = (try row.string("name"), try row.string("source"))
            let takes = try row.bool("registers") ? "reports and registers" : "reports"
            return "\(name): source \(source), \(takes), made \(try row.string("created"))\(revoked)"
        }
    }

    /// - Returns: whether there was such a token, not yet revoked.
    func revoke(_ name: String) throws -> Bool {
        try server.connect().query(
            "update mmt.load_token set revoked_at = now() where name = $1 and revoked_at is null", [name]
        ).affected == 1
    }

    /// Nil for a token that was never made, or is revoked.
    static func holder(of token: String, _ connection: borrowing Connection) throws -> Holder? {
        try connection.query(
            "select name, source, registers from load_token where sha256 = $1 and revoked_at is null", [sha256(token)]
        ).first {
            Holder(name: try $0.string("name"), source: try $0.string("source"), registers: try $0.bool("registers"))
        }
    }

    private static func sha256(_ token: String) -> String {
        SHA256.hash(data: Data(token.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func reason(_ error: PostgresError, _ name: String) -> String {
        switch error.constraint {
        case "load_token_pkey": "There is, or was, a token \(name): choose another name."
        case "load_token_name_form": "A name is up to 40 letters, digits, dots, dashes and underscores."
        case "load_token_source_named": "The source needs a name."
        default: "\(error)"
        }
    }
}
