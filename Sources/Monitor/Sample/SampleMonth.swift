/// A calendar month, counted without Foundation so that no locale or time zone can change the sample.
struct SampleMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Months since January of year 0.
    let ordinal: Int

    init(year: Int, month: Int) { ordinal = year * 12 + month - 1 }

    private init(ordinal: Int) { self.ordinal = ordinal }

    var year: Int { ordinal / 12 }
    var month: Int { ordinal % 12 + 1 }

    func advanced(by months: Int) -> SampleMonth { SampleMonth(ordinal: ordinal + months) }

    var days: Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether the Spring Festival (Chinese New Year's day) falls in this month.
    ///
    /// It falls in January or February and returns to the same season every 19 years (Metonic cycle); these remainders
    /// give January for 2001–2050.
    var holdsSpringFestival: Bool {
        let fallsInJanuary = [0, 3, 6, 9, 11, 14, 17].contains(year % 19)
        return month == (fallsInJanuary ? 1 : 2)
    }

    /// `YYYY-MM`.
    var description: String { "\(year)-\(Self.twoDigits(month))" }

    /// `YYYY-MM-DD`.
    func date(day: Int) -> String { "\(self)-\(Self.twoDigits(day))" }

    /// A number below 100 with its leading zero.
    static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static func < (left: SampleMonth, right: SampleMonth) -> Bool { left.ordinal < right.ordinal }
}
