import Testing

@testable import Ingest

/// The calendar, against a plain walk over every day of it.
@Suite struct DayTests {
    @Test("every day from 1600 to 2400 has its number, its place and its text, one after the other")
    func walk() throws {
        var expected = try #require(Day("1600-01-01")).number
        for year in 1600...2400 {
            for month in 1...12 {
                let long = [1, 3, 5, 7, 8, 10, 12].contains(month)
                let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
                let days = month == 2 ? (isLeap ? 29 : 28) : long ? 31 : 30
                for day in 1...days {
                    let made = Day(year: year, month: month, day: day)
                    guard made?.number == expected, let place = made?.place, place.month.year == year,
                        place.month.number == month, place.day == day
                    else {
                        Issue.record("\(year)-\(month)-\(day) is day \(made?.number ?? 0), not \(expected)")
                        return
                    }
                    expected += 1
                }
                #expect(Day(year: year, month: month, day: days + 1) == nil)
            }
        }
    }

    @Test("the first day of 1970 is day 0, and known days are where they are")
    func known() {
        let days = [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2024-02-29", 19_782),
            ("1899-12-30", -25_569),
            ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
        ]
        for (text, number) in days {
            #expect(Day(text)?.number == number)
            #expect(Day(number: number).description == text)
        }
        for text in [
            "2023-02-29", "1900-02-29", "2024-00-01", "2024-13-01", "2024-01-32", "2024-01-00", "0000-01-01", "x",
        ] {
            #expect(Day(text) == nil)
        }
    }

    @Test("months are counted on and back without a gap, and text gives back what it was made from", arguments: 0..<100)
    func months(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let day = Day(number: Int.random(in: -200_000...400_000, using: &random))
        #expect(Day(day.description) == day)
        #expect((day.month.first...day.month.last).contains(day))
        let months = Int.random(in: -2000...2000, using: &random)
        #expect(day.month + months - months == day.month)
        #expect((day.month + months) - day.month == months)
        #expect((day.month + 1).first.number == day.month.last.number + 1)
        #expect(PlainCell.day(day.description) == day)
    }
}

extension PlainCell {
    fileprivate static func day(_ text: String) -> Day? {
        Array(text.utf8).withUnsafeBufferPointer { day($0) }
    }
}
