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
    private let locks: MonthLocks
    /// The rules that are data.
    private let linear: [LinearRule]
    /// Where each key first stood; kinds of many rows find their doubles when they are sorted.
    private var seen = SeenKeys()

    init(
        _ kind: ReportKind, _ registry: SiteRegistry, _ locks: MonthLocks = MonthLocks(), _ linear: [LinearRule] = []
    ) {
        self.linear = linear
        self.kind = kind
        self.registry = registry
        self.locks = locks
    }

    mutating func check(_ row: ParsedRow) -> Result<ValidRow, RowDefects> {
        var found: [Defect] = []
        for rule in kind.rules { found += rule.defects(in: row, registry) }
        for rule in linear { if let defect = rule.defect(in: row) { found.append(defect) } }
        if !locks.isEmpty { found += locks.defects(in: row) }
        var defects = found.filter { !$0.isQuestion }
        if kind.store != .bundles {
            let key = kind.key.map { row[$0].folded }
            if let first = seen.line(of: key) {
                defects.append(
                    Defect(line: row.line, column: kind.key.last, value: nil, code: .duplicateRow, expected: "\(first)")
                )
            } else if defects.isEmpty {
                seen.remember(key, line: row.line)
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
