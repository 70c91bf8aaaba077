/// Goes through the rows of a table: each is valid, refused, or known from an earlier load of the same bytes.
struct RowReading {
    private static let rowsBetweenSigns = 20_000

    private let table: Table
    private var parser: RowParser
    private var rules: RowRules
    private let clients: ClientRegister
    /// What an earlier reading of the same bytes has left to do.
    private let earlier: EarlierReading?
    private(set) var received = 0
    /// Rows that an earlier load of the same bytes has brought.
    private(set) var known = 0
    private(set) var notices: [Notice] = []
    /// Lines that were refused, in their order: the file is read once more where its good rows are held back.
    private var refusedLines: [Int32] = []

    init(table: Table, parser: RowParser, rules: RowRules, clients: ClientRegister, earlier: EarlierReading?) {
        self.clients = clients
        self.table = table
        self.parser = parser
        self.rules = rules
        self.earlier = earlier
    }

    mutating func run(
        _ findings: Findings, _ progress: ReportLoader.Progress, _ take: (ValidRow) throws -> Void
    ) throws {
        let rows = try table.rows()
        var record = Record()
        while try rows.next(&record) {
            received += 1
            if received % Self.rowsBetweenSigns == 0 { progress(received, rows.progress) }
            guard try isToLoad(record, findings) else { continue }
            switch parser.parse(record) {
            case .failure(let fault): try refuse(record, fault, findings)
            case .success(let row):
                switch rules.check(row) {
                case .success(let valid):
                    for case .client(let place) in valid.values { clients.meet(place) }
                    if !valid.questions.isEmpty { try findings.ask(valid, site: row.site) }
                    try take(valid)
                case .failure(let fault): try refuse(record, fault, findings)
                }
            }
        }
        notices = rows.notices
    }

    private mutating func isToLoad(_ record: Record, _ findings: Findings) throws -> Bool {
        switch earlier?.fate(of: record.line) {
        case nil, .load: return true
        case .known: known += 1
        case .refused(let defect):
            try refuse(record, RowDefects([defect], of: try? parser.parse(record).get()), findings)
        }
        return false
    }

    /// The rules that a correction breaks together with what it keeps of the row before it.
    func fault(in correction: ParsedRow) -> LateFault? {
        let defects = rules.defects(in: correction).map(hidingKept)
        return defects.isEmpty ? nil : LateFault(line: Int32(correction.line), cause: .broken(defects))
    }

    /// Who may send a row about a person may not read with it what is known of that person: what a correction keeps is
    /// not said. A day is held against another one, and of the two the file lacks one.
    private func hidingKept(_ defect: Defect) -> Defect {
        guard table.header.kind.isPersonal else { return defect }
        let isKept = defect.column.map(table.header.missing.contains) ?? false
        let saysOther = !isKept && [.dateOrder, .valueUnwanted].contains(defect.code)
        return Defect(
            line: defect.line, column: defect.column, value: isKept ? defect.value.map { _ in "•" } : defect.value,
            code: defect.code, expected: saysOther ? "•" : defect.expected)
    }

    /// Refuses rows that were found to be wrong once all had been read.
    mutating func refuse(_ faults: [LateFault], _ findings: Findings) throws {
        guard !faults.isEmpty else { return }
        let faults = faults.sorted { $0.line < $1.line }
        let rows = try table.rows()
        var record = Record()
        var next = 0
        while next < faults.count, try rows.next(&record) {
            guard record.line == faults[next].line else { continue }
            let defects = faults[next].defects(in: table.header.kind)
            try refuse(record, RowDefects(defects, of: try? parser.parse(record).get()), findings)
            next += 1
        }
        refusedLines.sort()
    }

    /// Refuses the rows that are right, for their file is taken whole or not at all.
    /// - Returns: how many.
    mutating func holdBack(_ findings: Findings) throws -> Int {
        let rows = try table.rows()
        var record = Record()
        let refused = refusedLines
        var next = 0
        var held = 0
        while try rows.next(&record) {
            if next < refused.count, record.line == refused[next] {
                next += 1
                continue
            }
            if let earlier, case .known = earlier.fate(of: record.line) { continue }
            let defect = Defect(line: record.line, column: nil, value: nil, code: .heldWithFile)
            try findings.refuse(record, RowDefects([defect], of: try? parser.parse(record).get()))
            held += 1
        }
        return held
    }

    private mutating func refuse(_ record: Record, _ fault: RowDefects, _ findings: Findings) throws {
        refusedLines.append(Int32(clamping: record.line))
        try findings.refuse(record, fault)
    }
}
