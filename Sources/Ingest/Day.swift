/// A calendar day, in the proleptic Gregorian calendar.
public struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    public init(number: Int) {
        self.number = number
    }

    /// Nil for a day that does not exist. Days from civil after Hinnant 2013 ("chrono-compatible low-level date algorithms").
    public init?(year: Int, month: Int, day: Int) {
        guard let month = Month(year: year, number: month), (1...month.days).contains(day) else { return nil }
        self.init(month, day)
    }

    init(_ month: Month, _ day: Int) {
        let shifted = month.number > 2 ? month.year : month.year - 1
        let dayOfYear = (153 * ((month.number + 9) % 12) + 2) / 5 + day - 1
        number = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    /// From "2024-03-31".
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The month, and the day's place in it from 1.
    public var place: (month: Month, day: Int) {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (Month(trusted: year, month), dayOfYear - (153 * march + 2) / 5 + 1)
    }

    public var month: Month { place.month }

    /// "2024-03-31".
    public var description: String {
        let place = place
        return "\(place.month)-\("\(place.day)".padded(2))"
    }

    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
}
