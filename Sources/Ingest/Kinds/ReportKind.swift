/// A kind of report: its name and its columns, declared once.
public struct ReportKind: Sendable, Equatable {
    /// Also the name of its merge file, `sql/merge/<name>.sql`, and of its words.
    public let name: String
    public let columns: [Column]
    /// Columns that together may stand only once in a file.
    let key: [String]

    public static let all = [sites, monthly]

    public static func named(_ name: String) -> ReportKind? { all.first { $0.name == name } }

    func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

    /// Makes the table that a file's valid rows are copied into before they are merged.
    public var stagingTable: String {
        let columns = columns.map { "\($0.stagingName) \($0.sqlType)" }
        return "create temporary table staging (line int not null, \(columns.joined(separator: ", "))) on commit drop"
    }
}
