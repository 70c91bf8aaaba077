import Crypto
import Foundation
import Ingest
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

    /// Why a token was not made. The words are in the catalogues under `token.<code>`.
    struct Refused: Error {
        let code: String
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
            guard let code = Self.codes[error.constraint ?? ""] else { throw error }
            throw Refused(code: code)
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
        SHA256.hash(data: Data(token.utf8)).hex()
    }

    /// By the constraint that refused it.
    private static let codes = [
        "load_token_pkey": "name_taken", "load_token_name_form": "name_form", "load_token_source_named": "source_blank",
    ]
}
