/// A row that the database may have. Made by the rules only.
struct ValidRow {
    let line: Int
    let values: [Value]
    /// What is asked of the row, though it is accepted.
    let questions: [Defect]

    fileprivate init(_ row: ParsedRow, _ questions: [Defect]) {
        line = row.line
        values = row.values
        self.questions = questions
    }
}

/// The rules that refuse a row by what stands in it and in the rows before it.
struct RowRules {
    private let kind: ReportKind
    private let registry: SiteRegistry
    /// The rules that are data.
    private let linear: [LinearRule]
    /// Where each key first stood; kinds of many rows find their doubles when they are sorted.
    private var seen = SeenKeys()
    private var claimed = ClaimedCodes()
    private let isRegistry: Bool

    init(_ kind: ReportKind, _ registry: SiteRegistry, _ linear: [LinearRule] = []) {
        self.linear = linear
        self.kind = kind
        isRegistry = kind == .sites
        self.registry = registry
    }

    /// What breaks a rule between the cells of the row.
    func defects(in row: ParsedRow) -> [Defect] { found(in: row).filter { !$0.isQuestion } }

    private func found(in row: ParsedRow) -> [Defect] {
        kind.rules.flatMap { $0.defects(in: row, registry) } + linear.compactMap { $0.defect(in: row) }
    }

    mutating func check(_ row: ParsedRow) -> Result<ValidRow, RowDefects> {
        var found = found(in: row)
        if isRegistry { found += claimed.defects(in: row) }
        var defects = found.filter { !$0.isQuestion }
        if kind.store != .bundles {
            let key = kind.key.map { row[$0].folded }
            if let first = seen.line(of: key) {
                defects.append(
                    Defect(line: row.line, column: kind.key.last, value: nil, code: .duplicateRow, expected: "\(first)")
                )
            } else if defects.isEmpty {
                seen.remember(key, line: row.line)
                if isRegistry { claimed.remember(row) }
            }
        }
        return defects.isEmpty
            ? .success(ValidRow(row, found)) : .failure(RowDefects(defects, of: row))
    }
}

/// The lines of the keys that a file has brought, each in 128 bits of hash (two seeds of the standard library's
/// SipHash): two keys of a million-row file meet in one by a chance of 10⁻²⁷.
private struct SeenKeys {
    private struct Trace: Hashable {
        let first, second: Int
    }

    private var lines: [Trace: Int32] = [:]

    func line(of key: [Value]) -> Int? { lines[trace(key)].map(Int.init) }
    mutating func remember(_ key: [Value], line: Int) { lines[trace(key)] = Int32(clamping: line) }

    private func trace(_ key: [Value]) -> Trace {
        var first = Hasher()
        var second = Hasher()
        second.combine(0x5EED)
        first.combine(key)
        second.combine(key)
        return Trace(first: first.finalize(), second: second.finalize())
    }
}
