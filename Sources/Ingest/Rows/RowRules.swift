import Foundation

/// A row that the database may have. Made by the rules only.
struct ValidRow: Sendable {
    let line: Int
    let values: [Value]

    fileprivate init(_ row: ParsedRow) {
        line = row.line
        values = row.values
    }
}

/// The rules that refuse a row by what stands in it and in the rows before it.
struct RowRules {
    private let kind: ReportKind
    private let registry: SiteRegistry
    /// The line on which each key first stood.
    private var lines: [[Value]: Int] = [:]

    init(_ kind: ReportKind, _ registry: SiteRegistry) {
        self.kind = kind
        self.registry = registry
    }

    mutating func check(_ row: ParsedRow) -> Result<ValidRow, RowDefects> {
        var defects = kind == .monthly ? Bound.monthly.compactMap { $0.defect(in: row) } + beforeOpening(row) : []
        if kind == .sites { defects += closesBeforeItOpens(row) + datesWithoutOpening(row) + aliasesTaken(row) }
        let key = kind.key.map { row[$0].folded }
        if let first = lines[key] {
            defects.append(
                Defect(line: row.line, column: kind.key.last, value: nil, code: .duplicateRow, expected: "\(first)"))
        } else if defects.isEmpty {
            lines[key] = row.line
        }
        return defects.isEmpty ? .success(ValidRow(row)) : .failure(RowDefects(defects, of: row))
    }

    /// A month before the clinic existed is a slip of the pen, and would stretch every time axis.
    private func beforeOpening(_ row: ParsedRow) -> [Defect] {
        guard case .site(let site) = row["site"], case .month(let month) = row["month"],
            let opening = registry.opening(of: site), month < opening
        else { return [] }
        return [
            Defect(
                line: row.line, column: "month", value: month.description, code: .monthBeforeOpening,
                expected: opening.description)
        ]
    }

    /// A closing day belongs to an interval, which its opening day names.
    private func datesWithoutOpening(_ row: ParsedRow) -> [Defect] {
        guard case .moment(let closed) = row["closed_on"], row["opened_on"] == .blank else { return [] }
        return [Defect(line: row.line, column: "opened_on", value: nil, code: .valueMissing, expected: closed)]
    }

    private func aliasesTaken(_ row: ParsedRow) -> [Defect] {
        guard case .text(let code) = row["site"], case .text(let aliases) = row["aliases"] else { return [] }
        return aliases.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.compactMap { alias in
            guard let holder = registry.site(alias), holder != registry.site(code) else { return nil }
            return Defect(
                line: row.line, column: "aliases", value: alias, code: .aliasTaken,
                expected: registry.code(of: holder) ?? "")
        }
    }

    private func closesBeforeItOpens(_ row: ParsedRow) -> [Defect] {
        guard case .moment(let opened) = row["opened_on"], case .moment(let closed) = row["closed_on"], closed < opened
        else { return [] }
        return [Defect(line: row.line, column: "closed_on", value: closed, code: .dateOrder, expected: opened)]
    }
}
