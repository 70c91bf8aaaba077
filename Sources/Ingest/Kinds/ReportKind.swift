/// A kind of report: its name, its columns and its rules, declared once.
public struct ReportKind: Sendable, Equatable {
    /// Where the valid rows of a file go.
    enum Store: Sendable, Equatable {
        /// Its own statement, `sql/merge/<kind>.sql`.
        case own
        /// A table with versions, by `sql/merge/keyed.sql`: each key's newest row counts, the others stay.
        case versions(table: String)
        /// Many rows in one: a client's month of doses, a clinic's month of tests. By `sql/merge/<kind>.sql`.
        case bundles
    }

    /// Also the name of its words, `kind.<name>`.
    public let name: String
    public let columns: [Column]
    /// Columns that together may stand only once in a file, and that tell which earlier row a row corrects.
    public let key: [String]
    let rules: [RowRule]
    let store: Store

    init(name: String, columns: [Column], key: [String], rules: [RowRule] = [], store: Store = .own) {
        self.name = name
        self.columns = columns
        self.key = key
        self.rules = rules
        self.store = store
    }

    public static let all = [
        sites, calendar, monthly, episodes, doses, urine, trials, plans, allocations, participants, assessments,
        sessions, events, rollouts,
    ]

    public static func named(_ name: String) -> ReportKind? { all.first { $0.name == name } }

    func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

    /// Whether it says how things are in the programme, rather than what a clinic reports.
    var isRegister: Bool { [.sites, .calendar, .trials, .plans, .allocations, .events, .rollouts].contains(self) }

    /// Whether its rows are about single persons.
    public var isPersonal: Bool { columns.contains { $0.form == .client } }

    /// Whether what it says is not for every reader of receipts: it is about single persons, or arms of a trial, or a row
    /// of it may have been refused for telling one.
    var isConfidential: Bool { isPersonal || isMasked || rules.contains(.tellsNoArm) }

    /// Whether a column of it is kept out of receipts and of the quarantine.
    var isMasked: Bool { columns.contains(where: \.isMasked) }

    /// Whether the mere presence of a row may tell the arm of its clinic: sessions are held in one arm only.
    var tellsArm: Bool { self == .sessions || self == .allocations }

    /// Columns of the key that hold codes of the sender's own making, in rows about persons.
    var sealedInKey: [String] {
        isPersonal ? columns.filter { key.contains($0.name) && $0.form == .code }.map(\.name) : []
    }

    /// Makes the table that a file's valid rows are copied into before they are merged.
    public var stagingTable: String {
        let columns = columns.map { "\($0.stagingName) \($0.sqlType)" }
        return "create temporary table staging (line int not null, \(columns.joined(separator: ", "))) on commit drop"
    }
}
