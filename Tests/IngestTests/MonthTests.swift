import Testing

@testable import Ingest

@Suite struct MonthTests {
    @Test(
        "A month is read from four digits, a dash and two, with or without a day",
        arguments: [
            "2024-03", "2024-03-01", "2024-03-31 12:00",
        ])
    func read(_ text: String) {
        #expect(Month(text) == Month(year: 2024, number: 3))
        #expect(Month(text[...]) == Month(year: 2024, number: 3))
    }

    @Test(
        "Anything else is none",
        arguments: [
            "", "2024", "2024-3", "2024-3-1", "24-03", "2024-13", "2024-00", "0000-01", "2024-031", "2024/03",
            "+024-03",
            "2024-+3", "２０２４-03", "2024–03", " 2024-03",
        ])
    func refused(_ text: String) { #expect(Month(text) == nil) }
}
