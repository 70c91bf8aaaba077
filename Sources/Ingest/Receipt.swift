/// What became of a table of a file: every row of it accounted for.
public struct Receipt: Sendable, Equatable {
    public enum Outcome: String, Sendable {
        /// Every row was accepted.
        case loaded
        /// Some rows were refused; the others are stored.
        case partlyLoaded = "partly_loaded"
        /// Nothing was stored.
        case refused
        /// The same bytes had been loaded before: there was nothing to do.
        case repeated
    }

    /// received = inserted + changed + unchanged + rejected; the database holds every receipt to it.
    public struct Counts: Sendable, Equatable {
        public var received = 0
        public var inserted = 0
        public var changed = 0
        public var unchanged = 0
        public var rejected = 0
        /// Accepted rows that carry a flag or a question.
        public var flagged = 0
    }

    /// Number in the database; nil for a dry run.
    public internal(set) var id: Int?
    public let fileName: String
    /// SHA-256 of the bytes, in hexadecimal; nil where it could be used to guess what the file says.
    public var sha256: String? { isOpen ? content : nil }
    /// Nil where `sha256` is: a size tells the length of an arm's name.
    public let byteCount: Int?
    private let content: String
    private let isOpen: Bool
    public internal(set) var source = Policy.defaultSource
    public internal(set) var kind: String?
    /// csv, xlsx or dhis2.
    public internal(set) var format: String?
    /// Of a workbook.
    public internal(set) var sheet: String?
    public internal(set) var outcome: Outcome = .loaded
    public internal(set) var encoding: EncodingDecision?
    public internal(set) var counts = Counts()
    /// The names of the columns, as written.
    public internal(set) var header: [String] = []
    /// Columns of the file that were not read, as written.
    public internal(set) var unknownColumns: [String] = []
    /// Declared columns that the file lacks.
    public internal(set) var missingColumns: [String] = []
    public internal(set) var notices: [Notice] = []
    public internal(set) var takes = Policy.Takes.goodRows
    public internal(set) var refusal: FileRefusal?
    /// The earlier receipt of the same bytes.
    public internal(set) var repeats: Int?
    /// The first faults; all are in the quarantine.
    public internal(set) var defects: [Defect] = []
    /// The first questions to accepted rows.
    public internal(set) var questions: [Defect] = []

    /// How many faults a receipt carries itself.
    static let defectsShown = 200

    /// - Parameter isOpen: every table of the file is known, and none is confidential.
    init(_ file: ReceivedFile, id: Int?, source: String = Policy.defaultSource, isOpen: Bool = false) {
        self.id = id
        self.source = source
        self.isOpen = isOpen
        fileName = file.name
        content = file.sha256
        byteCount = isOpen ? file.byteCount : nil
    }

    /// Whether it is of the same bytes.
    public func isOf(_ file: ReceivedFile) -> Bool { content == file.sha256 }

    mutating func describe(_ table: Table) {
        kind = table.header.kind.name
        format = table.format.rawValue
        sheet = table.label
        encoding = table.encoding
        header = table.header.names
        unknownColumns = table.header.unknown
        missingColumns = table.header.missing
        notices = table.notices
    }
}
