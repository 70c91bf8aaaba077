import TestCluster
import Testing
import Words

@testable import Ingest

@Suite struct CellParserTests {
    private func parser() throws -> CellParser {
        CellParser(
            codes: KnownCodes(sites: SiteRegistry([("QS-001", 1), ("QS-002", 2), ("old-1", 1)])),
            clients: ClientRegister(nil), vocabulary: Vocabulary(try TestCluster.catalogues()),
            today: Day("2026-11-22") ?? Month.first.first)
    }

    private func parse(_ text: String, _ form: Column.Form) throws -> CellParser.Outcome {
        var parser = try parser()
        return Array(text.utf8).withUnsafeBufferPointer { parser.parse($0, as: Column("cell", form), site: 1) }
    }

    @Test(
        "a blank is not reported, zero is zero, and people's ways of writing numbers are understood",
        arguments: [
            ("", Value.blank), ("  ", .blank), ("\u{3000}", .blank), ("0", .count(0)), ("12", .count(12)),
            ("12.0", .count(12)), ("１２０", .count(120)), ("1,204", .count(1204)), ("1\u{2009}204", .count(1204)),
            ("1，204", .count(1204)), (" 7 ", .count(7)),
        ])
    func counts(_ text: String, _ value: Value) throws {
        #expect(try parse(text, .count) == .value(value))
    }

    @Test(
        "some of some words, in either language, are stored in their declared order, each once",
        arguments: [
            ("female; baseline", Value.text("baseline;female")), ("基线、年龄", .text("baseline;age")),
            ("age;AGE", .text("age")), ("", .blank),
        ])
    func choices(_ text: String, _ value: Value) throws {
        #expect(try parse(text, .choices(["baseline", "age", "female"])) == .value(value))
    }

    @Test("a word that is none of them refuses all", arguments: ["baseline;site", ";", "baseline age"])
    func notChoices(_ text: String) throws {
        #expect(
            try parse(text, .choices(["baseline", "age"])) == .defect(.choiceUnknown, expected: "baseline; age"))
    }

    @Test(
        "what is no count is refused by what is wrong with it",
        arguments: [
            ("12.5", Defect.Code.countNotWhole), ("-3", .countNegative), ("−3", .countNegative),
            ("abc", .countNotWhole),
            ("1,2", .countNotWhole), ("1.2E+17", .countNotWhole), ("0x10", .countNotWhole), ("٣", .countNotWhole),
            ("=1+1", .countNotWhole), ("-", .countNotWhole), ("−", .countNotWhole), ("--3", .countNotWhole),
            ("-3.5", .countNegative),
        ])
    func notCounts(_ text: String, _ code: Defect.Code) throws {
        #expect(try parse(text, .count) == .defect(code))
    }

    @Test(
        "a month is read from the ways it is written, Chinese ones among them",
        arguments: ["2024-03", "2024/3", "202403", "2024年3月", "2024-03-01", "２０２４年３月", "2024.03", "2024.3", "2024年3月份"])
    func months(_ text: String) throws {
        #expect(try parse(text, .month) == .value(.month(Month("2024-03") ?? .first)))
    }

    @Test("months that cannot be meant are refused")
    func notMonths() throws {
        #expect(try parse("2024-13", .month) == .defect(.monthUnreadable))
        #expect(try parse("2024-03-15", .month) == .defect(.monthUnreadable))
        #expect(try parse("03/2024", .month) == .defect(.monthUnreadable))
        #expect(try parse("2024.1", .month) == .defect(.monthUnreadable), "January, or Excel's October")
        #expect(try parse("1999-12", .month) == .defect(.monthOutOfRange, expected: "2000-01"))
        #expect(try parse("2026-12", .month) == .defect(.monthInFuture, expected: "2026-11"))
        #expect(try parse("2026-11", .month) == .value(.month(Month("2026-11") ?? .first)))
    }

    @Test("a time that has not come is refused, but for the day that has begun further east")
    func times() throws {
        #expect(try parse("2026-11-23 07:00", .time) == .value(.moment("2026-11-23T07:00")))
        #expect(try parse("2026-11-24", .time) == .defect(.dateInFuture, expected: "2026-11-22"))
    }

    @Test("days that do not exist are refused, leap days are not")
    func dates() throws {
        #expect(try parse("2024-02-29", .day) == .value(.day(Day("2024-02-29") ?? Month.first.first)))
        #expect(try parse("2023-02-29", .day) == .defect(.dateUnreadable))
        #expect(try parse("2024年2月9日", .day) == .value(.day(Day("2024-02-09") ?? Month.first.first)))
        #expect(try parse("2024-04-05T16:30:00+08:00", .time) == .value(.moment("2024-04-05T16:30:00+08:00")))
        #expect(try parse("2024-04-05 25:00", .time) == .defect(.timeUnreadable))
    }

    @Test("a clinic is known by its code in any case and by its aliases; a near miss is named, not guessed")
    func sites() throws {
        #expect(try parse("qs-001", .site) == .value(.site(1)))
        #expect(try parse("OLD-1", .site) == .value(.site(1)))
        #expect(try parse("QS-0O2", .site) == .defect(.siteUnknownNear, expected: "QS-002"))
        #expect(try parse("ZZ-999", .site) == .defect(.siteUnknown))
    }
}
