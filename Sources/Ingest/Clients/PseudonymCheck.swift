import Postgres

/// One programme, one key: with another one, or without it, known clients would come back as strangers.
enum PseudonymCheck {
    static func hold(
        _ pseudonyms: Pseudonyms?, for kind: ReportKind, _ connection: borrowing Connection
    ) throws {
        guard kind.isPersonal else { return }
        var known = try fingerprint(connection)
        if known == nil, pseudonyms != nil {
            // Of two first loads at once one brings the key; merges take their locks in the same order.
            try Merge.lock(connection)
            known = try fingerprint(connection)
        }
        switch (known, pseudonyms) {
        case (let known?, let pseudonyms?):
            if known != pseudonyms.fingerprint { throw FileRefusal("pseudonym_key_changed") }
        case (.some, nil): throw FileRefusal("pseudonym_key_missing")
        case (nil, let pseudonyms?):
            let kinds = ReportKind.all.filter(\.isPersonal).map(\.name).joined(separator: ",")
            let hasNumbers =
                try connection.query(
                    "select from receipt where kind = any ($1::text[]) and outcome in ('loaded', 'partly_loaded') limit 1",
                    ["{\(kinds)}"]
                ).count > 0
            if hasNumbers { throw FileRefusal("pseudonym_key_changed") }
            try connection.query("update programme set pseudonym_key = $1", [pseudonyms.fingerprint])
        case (nil, nil): break
        }
    }

    private static func fingerprint(_ connection: borrowing Connection) throws -> String? {
        try connection.query("select pseudonym_key from programme")[0, 0]
    }
}
