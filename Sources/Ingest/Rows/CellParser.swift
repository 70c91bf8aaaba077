import Foundation

/// Reads cells as their columns declare them.
struct CellParser: Sendable {
    let registry: SiteRegistry
    /// The newest month that can have ended or begun: later ones are slips of the pen.
    let currentMonth: Month

    /// Largest count that a clinic can mean: above it a number is a date, an identity number or a slip.
    private static let largestCount = 10_000_000
    private static let firstMonth = 2000

    /// A value, or what is wrong with the cell and what it was held against.
    enum Outcome: Equatable {
        case value(Value)
        case defect(Defect.Code, expected: String? = nil)
    }

    func parse(_ bytes: [UInt8], as column: Column) -> Outcome {
        let text = CellText.plain(bytes)
        if text.isEmpty { return column.isRequired ? .defect(.valueMissing) : .value(.blank) }
        return switch column.form {
        case .count: count(text)
        case .amount: amount(text)
        case .month: month(text)
        case .date: date(text)
        case .time: time(text)
        case .site: site(text)
        case .code: code(text)
        case .choice(let choices):
            choices.contains(text)
                ? .value(.text(text)) : .defect(.choiceUnknown, expected: choices.joined(separator: ", "))
        case .text(let longest):
            text.count <= longest ? .value(.text(text)) : .defect(.textTooLong, expected: "\(longest)")
        }
    }

    private func count(_ text: String) -> Outcome {
        let plain = CellText.withoutThousands(text)
        if plain.hasPrefix("-") || plain.hasPrefix("−") { return .defect(.countNegative) }
        // Spreadsheets write whole numbers as 12.0
        let whole = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard whole.count == 1 || (whole.count == 2 && whole[1].allSatisfy { $0 == "0" }), Self.isDigits(whole[0])
        else { return .defect(.countNotWhole) }
        guard let number = Int(whole[0]), number <= Self.largestCount else {
            return .defect(.countTooLarge, expected: "\(Self.largestCount)")
        }
        return .value(.count(number))
    }

    private func amount(_ text: String) -> Outcome {
        let plain = CellText.withoutThousands(text)
        if plain.hasPrefix("-") || plain.hasPrefix("−") { return .defect(.countNegative) }
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy(Self.isDigits) else { return .defect(.amountNotNumber) }
        guard parts[0].count <= 12 else { return .defect(.countTooLarge, expected: "999,999,999,999") }
        guard parts.count == 1 || parts[1].count <= 2 else { return .defect(.amountTooPrecise, expected: "2") }
        return .value(.amount(plain))
    }

    /// 2024-03, 2024/3, 202403, 2024年3月, with or without a first day.
    private func month(_ text: String) -> Outcome {
        var parts = text.split { "-/.年月日 ".contains($0) }.map(String.init)
        if parts.count == 1, parts[0].count == 6 { parts = [String(text.prefix(4)), String(text.suffix(2))] }
        guard (2...3).contains(parts.count), parts.allSatisfy({ Self.isDigits($0[...]) }), parts[0].count == 4,
            parts.count == 2 || Int(parts[2]) == 1, let year = Int(parts[0]), let number = Int(parts[1]),
            let month = Month(year: year, number: number)
        else { return .defect(.monthUnreadable) }
        if month.year < Self.firstMonth { return .defect(.monthOutOfRange, expected: "\(Self.firstMonth)-01") }
        return month > currentMonth ? .defect(.monthInFuture, expected: "\(currentMonth)") : .value(.month(month))
    }

    private func date(_ text: String) -> Outcome {
        Self.isoDate(text).map { .value(.moment($0)) } ?? .defect(.dateUnreadable)
    }

    /// ISO 8601, seconds and offset optional; a space may stand for the T.
    private func time(_ text: String) -> Outcome {
        let parts = text.split { $0 == "T" || $0 == " " }.map(String.init)
        guard (1...2).contains(parts.count), let day = Self.isoDate(parts[0]) else { return .defect(.timeUnreadable) }
        guard parts.count == 2 else { return .value(.moment(day)) }
        let clock = /([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4]):?[0-5]\d)?/
        guard parts[1].wholeMatch(of: clock) != nil else { return .defect(.timeUnreadable) }
        return .value(.moment("\(day)T\(parts[1])"))
    }

    private func site(_ text: String) -> Outcome {
        if let site = registry.site(text) { return .value(.site(site)) }
        guard let near = registry.nearest(text) else { return .defect(.siteUnknown) }
        return .defect(.siteUnknownNear, expected: near)
    }

    private func code(_ text: String) -> Outcome {
        text.wholeMatch(of: /[A-Za-z0-9._\-]{1,20}/) != nil ? .value(.text(text)) : .defect(.codeUnreadable)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// A day that exists, as yyyy-mm-dd.
    private static func isoDate(_ text: String) -> String? {
        let parts = text.split { "-/.年月日".contains($0) }.map(String.init)
        guard parts.count == 3, parts[0].count == 4, parts.allSatisfy({ isDigits($0[...]) }), let year = Int(parts[0]),
            let number = Int(parts[1]), let day = Int(parts[2]), let month = Month(year: year, number: number),
            (1...month.days).contains(day)
        else { return nil }
        return "\(month)-\("\(day)".padded(2))"
    }
}
