import Testing

@testable import Ingest

@Suite struct CellParserTests {
    private let parser = CellParser(
        registry: SiteRegistry([("QS-001", 1), ("QS-002", 2), ("old-1", 1)]), currentMonth: Month("2026-11") ?? .first)

    private func parse(_ text: String, _ form: Column.Form) -> CellParser.Outcome {
        parser.parse(Array(text.utf8), as: Column("cell", form))
    }

    @Test(
        "a blank is not reported, zero is zero, and people's ways of writing numbers are understood",
        arguments: [
            ("", Value.blank), ("  ", .blank), ("\u{3000}", .blank), ("0", .count(0)), ("12", .count(12)),
            ("12.0", .count(12)), ("１２０", .count(120)), ("1,204", .count(1204)), ("1\u{2009}204", .count(1204)),
            ("1，204", .count(1204)), (" 7 ", .count(7)),
        ])
    func counts(_ text: String, _ value: Value) {
        #expect(parse(text, .count) == .value(value))
    }

    @Test(
        "what is no count is refused by what is wrong with it",
        arguments: [
            ("12.5", Defect.Code.countNotWhole), ("-3", .countNegative), ("−3", .countNegative),
            ("abc", .countNotWhole),
            ("1,2", .countNotWhole), ("1.2E+17", .countNotWhole), ("0x10", .countNotWhole), ("٣", .countNotWhole),
            ("=1+1", .countNotWhole),
        ])
    func notCounts(_ text: String, _ code: Defect.Code) {
        #expect(parse(text, .count) == .defect(code))
    }

    @Test(
        "a month is read from the ways it is written, Chinese ones among them",
        arguments: ["2024-03", "2024/3", "202403", "2024年3月", "2024-03-01", "２０２４年３月", "2024.03"])
    func months(_ text: String) {
        #expect(parse(text, .month) == .value(.month(Month("2024-03") ?? .first)))
    }

    @Test("months that cannot be meant are refused")
    func notMonths() {
        #expect(parse("2024-13", .month) == .defect(.monthUnreadable))
        #expect(parse("2024-03-15", .month) == .defect(.monthUnreadable))
        #expect(parse("03/2024", .month) == .defect(.monthUnreadable))
        #expect(parse("1999-12", .month) == .defect(.monthOutOfRange, expected: "2000-01"))
        #expect(parse("2026-12", .month) == .defect(.monthInFuture, expected: "2026-11"))
        #expect(parse("2026-11", .month) == .value(.month(Month("2026-11") ?? .first)))
    }

    @Test("days that do not exist are refused, leap days are not")
    func dates() {
        #expect(parse("2024-02-29", .date) == .value(.moment("2024-02-29")))
        #expect(parse("2023-02-29", .date) == .defect(.dateUnreadable))
        #expect(parse("2024年2月9日", .date) == .value(.moment("2024-02-09")))
        #expect(parse("2024-04-05T16:30:00+08:00", .time) == .value(.moment("2024-04-05T16:30:00+08:00")))
        #expect(parse("2024-04-05 25:00", .time) == .defect(.timeUnreadable))
    }

    @Test("a clinic is known by its code in any case and by its aliases; a near miss is named, not guessed")
    func sites() {
        #expect(parse("qs-001", .site) == .value(.site(1)))
        #expect(parse("OLD-1", .site) == .value(.site(1)))
        #expect(parse("QS-0O2", .site) == .defect(.siteUnknownNear, expected: "QS-002"))
        #expect(parse("ZZ-999", .site) == .defect(.siteUnknown))
    }
}
