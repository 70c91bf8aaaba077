/// Months, days and times as people write them: 2024-03-31, 2024/3/31, 2024.3.31, 20240331, 2024年3月31日.
enum CalendarText {
    /// With or without a first day. 2024.1 is no month: Excel makes it of a typed 2024.10 too, and nobody can tell which.
    static func month(_ text: String) -> Month? {
        var parts = split(text.hasSuffix("月份") ? String(text.dropLast()) : text)
        if parts.count == 2, text.hasSuffix(".1") { return nil }
        if parts.count == 1, parts[0].count == 6 { parts = [String(text.prefix(4)), String(text.suffix(2))] }
        guard (2...3).contains(parts.count), let numbers = numbers(parts), numbers.count == 2 || numbers[2] == 1
        else { return nil }
        return Month(year: numbers[0], number: numbers[1])
    }

    /// A time of midnight may stand behind it, as spreadsheets add one.
    static func day(_ text: String) -> Day? {
        var text = text
        for midnight in [" 00:00:00", "T00:00:00", " 0:00:00", " 00:00", " 0:00"] where text.hasSuffix(midnight) {
            text.removeLast(midnight.count)
        }
        var parts = split(text)
        if parts.count == 1, parts[0].count == 8 {
            parts = [String(text.prefix(4)), String(text.dropFirst(4).prefix(2)), String(text.suffix(2))]
        }
        guard parts.count == 3, let numbers = numbers(parts) else { return nil }
        return Day(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    /// ISO 8601, seconds and offset optional; a space may stand for the T. Digits are ASCII: PostgreSQL reads no others.
    static func time(_ text: String) -> String? {
        let parts = text.split { $0 == "T" || $0 == " " }.map(String.init)
        guard (1...2).contains(parts.count), let day = day(parts[0]) else { return nil }
        guard parts.count == 2 else { return day.description }
        let clock = /([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?/
        return parts[1].wholeMatch(of: clock) == nil ? nil : "\(day)T\(parts[1])"
    }

    private static func split(_ text: String) -> [String] {
        text.split { "-/.年月日号 ".contains($0) }.map(String.init)
    }

    /// A year of four digits, then numbers of one or two.
    private static func numbers(_ parts: [String]) -> [Int]? {
        guard parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count <= 2 }),
            parts.allSatisfy({ CellText.isDigits($0[...]) })
        else { return nil }
        return parts.compactMap { Int($0) }
    }
}
