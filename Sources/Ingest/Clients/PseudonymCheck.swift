import Postgres

/// One programme, one key: with another one, or without it, known clients would come back as strangers.
enum PseudonymCheck {
    static func hold(
        _ pseudonyms: Pseudonyms?, for kind: ReportKind, _ connection: borrowing Connection
    ) throws {
        guard kind.isPersonal else { return }
        let known = try connection.query("select pseudonym_key from programme")[0, 0]
        switch (known, pseudonyms) {
        case (let known?, let pseudonyms?):
            if known != pseudonyms.fingerprint { throw FileRefusal("pseudonym_key_changed") }
        case (.some, nil): throw FileRefusal("pseudonym_key_missing")
        case (nil, let pseudonyms?):
            let hasNumbers = try connection.query("select from client limit 1").count > 0
            if hasNumbers { throw FileRefusal("pseudonym_key_changed") }
            try connection.query("update programme set pseudonym_key = $1", [pseudonyms.fingerprint])
        case (nil, nil): break
        }
    }
}
