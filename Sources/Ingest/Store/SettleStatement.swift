/// The statements that settle refused rows by their keys, for one kind: the text of its key, as `Findings` writes it.
struct SettleStatement {
    let kind: ReportKind

    /// `sql/merge/settle_by_key.sql`: the keys of the rows of this load, in the staging table.
    func staged(_ template: String) -> String {
        let person = kind.columns.first { $0.form == .client }?.name
        return filled(
            template,
            key: key { column in
                column.form == .client ? "coalesce(person.code, '')" : text(of: column, "s.\(column.stagingName)")
            },
            person: person.map { "left join staged_client person on person.client = s.\($0)" })
    }

    /// `sql/merge/settle_late.sql`: the keys of rows that have been stored.
    /// - Parameter table: that keeps every version.
    func stored(_ template: String, table: String) -> String {
        let isOfClients = kind.key.contains("client")
        return filled(
            template,
            key: key { column in
                column.name == "client"
                    ? "k.code"
                    : column.form == .client ? "r.\(column.name)" : text(of: column, "r.\(column.storedName)")
            },
            person: isOfClients ? "join client k using (site_id, client_id)" : nil
        ).replacing("{table}", with: table)
    }

    private func filled(_ template: String, key: String, person: String?) -> String {
        template.replacing("{key}", with: key).replacing("{person}", with: person ?? "")
    }

    private func key(_ part: (Column) -> String) -> String {
        kind.key.compactMap { name in kind.columns.first { $0.name == name } }.map(part).joined(
            separator: " || '|' || ")
    }

    private func text(of column: Column, _ name: String) -> String {
        switch column.form {
        case .code where kind.sealedInKey.contains(column.name):
            "coalesce((select seal from staged_seal where code = upper(\(name))), upper(\(name)))"
        case .code, .trial, .text, .choice, .choices: "upper(\(name))"
        default: "\(name)::text"
        }
    }
}
