/// A calendar month.
public struct Month: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    /// 1 to 12.
    public let number: Int

    public init?(year: Int, number: Int) {
        guard (1...12).contains(number), (1...9999).contains(year) else { return nil }
        self.year = year
        self.number = number
    }

    /// From "2024-03", with or without a day after it.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        let month = text.withUTF8 { Month(bytes: $0) }
        guard let month else { return nil }
        self = month
    }

    /// The same from bytes: hundreds of clinics have tens of thousands of months, and characters take ten times as long.
    public init?(bytes: UnsafeBufferPointer<UInt8>) {
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 7, bytes[4] == dash, bytes.count == 7 || bytes[7] == dash,
            let year = Self.number(bytes[..<4]), let number = Self.number(bytes[5..<7])
        else { return nil }
        self.init(year: year, number: number)
    }

    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var number = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            number = 10 * number + Int(digit - 48)
        }
        return number
    }

    /// January of year 1.
    public static let first = Month(index: 12)

    init(trusted year: Int, _ number: Int) {
        self.year = year
        self.number = number
    }

    init(index: Int) {
        year = index / 12
        number = index % 12 + 1
    }

    /// Months since year 0.
    var index: Int { year * 12 + number - 1 }
    public var first: Day { Day(self, 1) }
    public var last: Day { Day(self, days) }

    /// "2024-03".
    public var description: String { "\(year)".padded(4) + "-" + "\(number)".padded(2) }
    /// "2024-03-01", as PostgreSQL stores a month.
    public var firstDay: String { "\(self)-01" }
    public var days: Int {
        switch number {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func < (a: Month, b: Month) -> Bool { a.index < b.index }
    /// The month so many months later.
    public static func + (month: Month, months: Int) -> Month { Month(index: month.index + months) }
    public static func - (month: Month, months: Int) -> Month { month + -months }
    /// How many months `b` lies before `a`.
    public static func - (a: Month, b: Month) -> Int { a.index - b.index }
    /// Every month from `first` to `last`.
    public static func through(_ first: Month, _ last: Month) -> [Month] {
        last < first ? [] : (0...(last - first)).map { first + $0 }
    }
}

extension String {
    func padded(_ width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
