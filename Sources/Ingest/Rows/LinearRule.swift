import Postgres

/// A rule between the numbers of one row, from the table quality_rule: the sum of its left terms is =, <= or >= the sum
/// of its right ones plus a constant. A row that breaks one whose severity is "refuse" is refused under its code.
struct LinearRule: Sendable, Equatable {
    enum Comparison: String, Sendable {
        case equal = "="
        case atMost = "<="
        case atLeast = ">="
    }

    struct Term: Sendable, Equatable {
        let isLeft: Bool
        let field: String
        let weight: Double
        /// Times the days of the month: client-days are bounded by clients on every day.
        let perDayOfMonth: Bool
        /// A blank counts as none; otherwise it leaves the rule open.
        let blankIsZero: Bool
    }

    let rule, code: String
    /// The rule holds for months from this one on.
    let inForceFrom: Day
    let comparison: Comparison
    let constant: Double
    var terms: [Term] = []

    /// The rules that refuse a row of a kind by what stands in that row alone.
    static func load(_ kind: ReportKind, sql: SQLFolder, _ connection: borrowing Connection) throws -> [LinearRule] {
        guard kind == .monthly else { return [] }
        var rules: [LinearRule] = []
        _ = try connection.query(sql.text("counts/row_rules.sql")).map { row in
            let rule = try row.string("rule")
            if rules.last?.rule != rule {
                rules.append(
                    LinearRule(
                        rule: rule, code: try row.string("code"),
                        inForceFrom: Day(try row.string("in_force_from")) ?? Month.first.first,
                        comparison: Comparison(rawValue: try row.string("comparison")) ?? .atMost,
                        constant: try row.double("constant") ?? 0))
            }
            rules[rules.count - 1].terms.append(
                Term(
                    isLeft: try row.string("side") == "left", field: try row.string("field"),
                    weight: try row.double("weight") ?? 1, perDayOfMonth: try row.bool("per_day_of_month"),
                    blankIsZero: try row.bool("blank_is_zero")))
        }
        return rules
    }

    /// The defect of a row that breaks the rule; nil where it holds or a blank leaves it open.
    func defect(in row: ParsedRow) -> Defect? {
        guard let month = row.month, month.first >= inForceFrom else { return nil }
        var (left, right) = (0.0, constant)
        for term in terms {
            guard let value = row[term.field].amount ?? (term.blankIsZero ? 0 : nil) else { return nil }
            let part = value * term.weight * Double(term.perDayOfMonth ? month.days : 1)
            if term.isLeft { left += part } else { right += part }
        }
        let holds =
            switch comparison {
            case .equal: left == right
            case .atMost: left <= right
            case .atLeast: left >= right
            }
        return holds ? nil : defect(row, left: left, right: right)
    }

    /// A programme's own rule has no words of ours: its comparison and name stand for them.
    private func defect(_ row: ParsedRow, left: Double, right: Double) -> Defect {
        let column = terms.first { $0.isLeft }?.field
        let known = Defect.Code(rawValue: code)
        let bound = Self.text(right)
        return Defect(
            line: row.line, column: column, value: Self.text(left), code: known ?? .ruleBroken,
            expected: known == nil ? "\(comparison.rawValue) \(bound) (\(rule))" : bound)
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}

extension Value {
    /// The number of a count or an amount; nil for anything else.
    var amount: Double? {
        switch self {
        case .count(let number): Double(number)
        case .amount(let units, let decimals): Double(units) / Double(RowRule.power(decimals))
        default: nil
        }
    }
}
