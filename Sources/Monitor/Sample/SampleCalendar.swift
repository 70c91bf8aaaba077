import Ingest

extension Month {
    /// Whether the Spring Festival (Chinese New Year's day) falls in this month.
    ///
    /// It falls in January or February and returns to the same season every 19 years (Metonic cycle); these remainders
    /// give January for 2001–2050.
    var holdsSpringFestival: Bool {
        let fallsInJanuary = [0, 3, 6, 9, 11, 14, 17].contains(year % 19)
        return number == (fallsInJanuary ? 1 : 2)
    }

    /// `YYYY-MM-DD`.
    func date(day: Int) -> String { "\(self)-\(Self.twoDigits(day))" }

    /// A number below 100 with its leading zero.
    static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
