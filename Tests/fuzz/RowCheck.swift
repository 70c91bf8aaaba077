@testable import Ingest

/// What the database takes for granted of a valid row, and the quarantine of a refused one.
enum RowCheck {
    static func check(_ row: ValidRow, of kind: ReportKind, _ record: Record) {
        hold(row.line == record.line && row.values.count == kind.columns.count)
        hold(row.questions.allSatisfy(\.isQuestion))
        for (column, value) in zip(kind.columns, row.values) {
            hold(!column.isRequired || value != .blank, "\(column.name) is blank")
            check(value, of: column)
        }
    }

    static func check(_ fault: RowDefects, _ record: Record) {
        hold(!fault.defects.isEmpty)
        for defect in fault.defects {
            hold(defect.line == record.line && !defect.isQuestion)
            for text in [defect.value, defect.expected] { hold(text?.utf8.contains(0) != true, "a zero byte") }
        }
    }

    private static func check(_ value: Value, of column: Column) {
        switch (value, column.form) {
        case (.blank, _), (.site, .site), (.region, .region), (.client, .client), (.month, .month): break
        case (.text, .client): hold(value == column.blankValue)
        case (.count(let number), .count(let range)): hold(range.contains(number))
        case (.amount(let units, let decimals), .amount(let most, let range)):
            let unit = RowRule.power(decimals)
            hold(decimals == most && range.lowerBound * unit <= units && units <= range.upperBound * unit)
        case (.day(let day), .day(let mayPlan)):
            hold(Day(day.description) == day && (mayPlan || day <= Programme.today))
        case (.moment(let text), .time):
            hold(
                text.utf8.allSatisfy { $0 < 0x80 } && Day(text.prefix(10)) != nil, "PostgreSQL reads no \(text)")
        case (.text(let text), .text(let longest)):
            hold(text.unicodeScalars.count <= longest && !text.utf8.contains(0), "text of \(column.name)")
        case (.text(let text), .code), (.text(let text), .trial):
            hold(
                text.utf8.count <= 20 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } || text == column.blank)
        case (.text(let text), .choice(let known)): hold(known.contains(text))
        case (.text(let text), .choices(let known)):
            hold(text.split(separator: ";").allSatisfy { known.contains(String($0)) })
        default: fatalError("\(value) in \(column.name)")
        }
        readsBack(value, as: column)
    }

    /// A value as it is written is the value again: what is exported can be sent once more.
    private static func readsBack(_ value: Value, as column: Column) {
        switch value {
        case .blank, .site, .region, .client: return
        case .text(let text) where text == column.blank: return
        default: break
        }
        var cells = Programme.cells()
        var text = value.text ?? ""
        let outcome = text.withUTF8 { cells.parse($0, as: column, site: 1) }
        hold(outcome == .value(value), "\(value) reads back as \(outcome)")
    }
}
