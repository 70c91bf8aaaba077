/// A clinic's month of urine tests: lists side by side.
struct UrineLists: BundleForm {
    private static let (substanceUnit, resultUnit) = (Int32(256), Int32(16))

    private let substances = Self.places(ReportKind.Substance.allCases.map(\.rawValue))
    private let results = Self.places(ReportKind.TestResult.allCases.map(\.rawValue))
    private let schedules = Self.places(["", "scheduled", "random"])
    private let clients: ClientRegister
    /// Whether the file has a column for it; without one it says nothing of it, and a correction keeps what is known.
    private let tellsSchedule: Bool
    private let places = ["client", "collected_on", "substance", "result", "schedule"]
        .map { ReportKind.urine.index(of: $0) ?? 0 }

    let copyStatement =
        "copy staging (site_id, month, client, day, substance, result, schedule, line) from stdin with (format binary)"

    init(_ clients: ClientRegister, tellsSchedule: Bool = true) {
        self.clients = clients
        self.tellsSchedule = tellsSchedule
    }

    func row(_ values: [Value], line: Int) -> BundledRow? {
        guard case .client(let client) = values[places[0]], case .day(let day) = values[places[1]],
            case .text(let substance) = values[places[2]], case .text(let result) = values[places[3]]
        else { return nil }
        let schedule = if case .text(let word) = values[places[4]] { word } else { "" }
        let content =
            (substances[substance] ?? 0) * Self.substanceUnit + (results[result] ?? 0) * Self.resultUnit
            + (schedules[schedule] ?? 0)
        return BundledRow(client: Int32(client), day: Int32(day.number), content: content, line: Int32(line))
    }

    func bundle(of row: BundledRow) -> Int { site(row) &+ month(row) &* 31 }

    func isBefore(_ a: BundledRow, _ b: BundledRow) -> Bool {
        let (x, y) = (order(a), order(b))
        return x == y ? a.line < b.line : x < y
    }

    /// Clinic, month, client, day, substance.
    private func order(_ row: BundledRow) -> (Int, Int, Int32, Int32, Int32) {
        (site(row), month(row), row.client, row.day, row.content / Self.substanceUnit)
    }

    func isDouble(_ a: BundledRow, _ b: BundledRow) -> Bool {
        a.client == b.client && a.day == b.day && a.content / Self.substanceUnit == b.content / Self.substanceUnit
    }

    func isSameBundle(_ a: BundledRow, _ b: BundledRow) -> Bool { site(a) == site(b) && month(a) == month(b) }

    func write(_ bundle: ArraySlice<BundledRow>, into out: inout CopyBinary) {
        guard let first = bundle.first else { return }
        let start = Day(number: Int(first.day)).month.first
        out.beginRow(fields: 8)
        out.field(Int32(site(first)))
        out.field(start)
        out.field(bundle.map { Int32?($0.client) })
        out.field(bundle.map { Int16?(Int16(Int($0.day) - start.number + 1)) })
        out.field(bundle.map { Int16?(Int16($0.content / Self.substanceUnit)) })
        out.field(bundle.map { Int16?(Int16($0.content % Self.substanceUnit / Self.resultUnit)) })
        out.field(bundle.map { tellsSchedule ? Int16($0.content % Self.resultUnit) : nil })
        out.field(bundle.map { Int32?($0.line) })
    }

    private func site(_ row: BundledRow) -> Int { clients.site(of: Int(row.client)) }
    private func month(_ row: BundledRow) -> Int { Day(number: Int(row.day)).month.index }

    private static func places(_ words: [String]) -> [String: Int32] {
        Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, Int32($0)) })
    }
}
