/// `sql/merge/keyed.sql` for one kind: its table, its key and its fields in the places marked by braces. All of them are
/// declared names of ours; nothing of a file goes in here.
struct KeyedStatement {
    let kind: ReportKind
    let table: String

    func filled(_ template: String) -> String {
        let key = kind.columns.filter { kind.key.contains($0.name) }
        let fields = kind.columns.filter { !kind.key.contains($0.name) }
        let words = [
            "kind": kind.name, "table": table,
            "key": key.map(\.storedName).joined(separator: ", "),
            "fields": fields.map(\.storedName).joined(separator: ", "),
            "staged.fields": fields.map { "staged.\($0.storedName)" }.joined(separator: ", "),
            "known.fields": fields.map { "known.\($0.storedName)" }.joined(separator: ", "),
            "named": kind.columns.map(\.named).joined(separator: ", "),
            "from": from,
            "same.key": key.map { "r.\($0.storedName) = staged.\($0.storedName)" }.joined(separator: " and "),
        ]
        return words.reduce(template) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// `sql/merge/keep_absent.sql` for a file that lacks some columns; nil where there is nothing to keep. When a report
    /// was submitted is told of the file that it came in, and is not kept.
    func filled(_ template: String, absent: [String]) -> String? {
        let fields = kind.columns.filter { !kind.key.contains($0.name) && $0.form != .time }
        let lacking = fields.filter { absent.contains($0.name) }.map(\.storedName)
        let present = fields.filter { !absent.contains($0.name) }.map(\.storedName)
        guard !lacking.isEmpty, !present.isEmpty else { return nil }
        let words = [
            "known.absent": lacking.map { "known.\($0)" }.joined(separator: ", "),
            "known.present": present.map { "known.\($0)" }.joined(separator: ", "),
            "staged.present": present.map { "staged.\($0)" }.joined(separator: ", "),
            "set.absent": lacking.map { "\($0) = c.\($0)" }.joined(separator: ", "),
        ]
        return filled(words.reduce(template) { $0.replacing("{\($1.key)}", with: $1.value) })
    }

    /// A client is found by clinic and code; any other person goes by the code itself.
    private var from: String {
        switch kind.columns.first(where: { $0.form == .client })?.name {
        case nil: "from staging s"
        case "client":
            "from staging s join staged_client c using (client) join client k on (k.site_id, k.code) = (c.site_id, c.code)"
        case let name?: "from staging s left join staged_client person on person.client = s.\(name)"
        }
    }
}

extension Column {
    /// The column's name in the table that keeps its rows.
    var storedName: String { form == .client && name == "client" ? "client_id" : stagingName }

    /// What stands in the staging table, as the stored column.
    var named: String {
        switch form {
        case .client: name == "client" ? "k.client_id" : "coalesce(person.code, '') as \(name)"
        default: "s.\(stagingName)"
        }
    }
}
