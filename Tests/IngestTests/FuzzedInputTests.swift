import Foundation
import TestCluster
import Testing
import Words

@testable import Ingest

/// Inputs of the kind that `script/fuzz` has found.
@Suite struct FuzzedInputTests {
    private func file(_ bytes: some Sequence<UInt8>) throws -> ReceivedFile {
        var rest: Data? = Data(bytes)
        return try ReceivedFile(name: "fuzzed") {
            defer { rest = nil }
            return rest
        }
    }

    private func lines(_ text: String) throws -> [Int] {
        let vocabulary = Vocabulary(try TestCluster.catalogues())
        var lines: [Int] = []
        for table in try Tables.find(in: file(text.utf8), vocabulary) {
            let rows = try table.rows()
            var record = Record()
            while try rows.next(&record) { lines.append(record.line) }
        }
        return lines
    }

    private func parse(_ text: String, _ form: Column.Form) throws -> CellParser.Outcome {
        var parser = CellParser(
            codes: KnownCodes(sites: SiteRegistry([])), clients: ClientRegister(nil),
            vocabulary: Vocabulary(try TestCluster.catalogues()), today: Day("2026-11-22") ?? Month.first.first)
        return Array(text.utf8).withUnsafeBufferPointer { parser.parse($0, as: Column("cell", form), site: nil) }
    }

    @Test("what lies beyond U+10FFFF is no UTF-8, as the C library would have it")
    func beyondUnicode() {
        #expect(TextEncoding.utf8.text(of: [0xF5, 0xAC, 0x8B, 0x8E, 0x05]) == nil)
        #expect(TextEncoding.utf8.text(of: [0xF4, 0x8F, 0xBF, 0xBF]) == "\u{10FFFF}")
        #expect(Converter(from: .utf8) == nil)
        var check = UTF8Check()
        check.read([0xF5, 0xAC, 0x8B, 0x8E])
        #expect(check.fault?.offset == 0)
    }

    @Test("an exponent of any size is a number or none, and no trap")
    func exponent() {
        #expect(DecimalText.plain("1e-9223372036854775808") == nil)
        #expect(DecimalText.plain("1e9223372036854775807") == nil)
        #expect(DecimalText.plain("12e-1") == "1.2")
    }

    @Test("a time is of ASCII digits: PostgreSQL reads no others", arguments: ["2024-04-05T1٣:30", "2024-04-05 10:3०"])
    func digitsOfTime(_ text: String) throws {
        #expect(try parse(text, .time) == .defect(.timeUnreadable))
    }

    @Test("the accents on a letter count towards the length of a text")
    func accents() throws {
        let text = "a" + String(repeating: "\u{301}", count: 200)
        #expect(try parse(text, .text(longest: 200)) == .defect(.textTooLong, expected: "200"))
        #expect(try parse(text, .text(longest: 201)) == .value(.text(text)))
    }

    @Test("a format of more zeros than Excel allows gives no text of a megabyte")
    func zeros() {
        #expect(NumberFormat(code: String(repeating: "0", count: 255)) == .zeros(255))
        #expect(NumberFormat(code: String(repeating: "0", count: 256)) == .plain)
    }

    @Test("values are on the lines of their file")
    func linesOfValues() throws {
        let set = "dataelement,period,orgunit,value\nopening,202601,QS-001,5\nopening,202602,QS-001,6"
        #expect(try lines(set) == [2, 3])
        let values = "{\"dataElement\": \"opening\", \"period\": \"202601\", \"orgUnit\": \"QS-001\", \"value\": 5}"
        #expect(try lines("{\"dataValues\": [\(values)]}") == [2])
    }

    @Test("a zero byte in JSON is refused: no text of PostgreSQL's can hold one", arguments: [0, 1, 2, 3])
    func zeroByte(_ place: Int) throws {
        var fields = ["opening", "202601", "QS-001", "5"]
        fields[place] += "\\u0000"
        let value =
            "{\"dataElement\": \"\(fields[0])\", \"period\": \"\(fields[1])\", \"orgUnit\": \"\(fields[2])\", \"value\": \"\(fields[3])\"}"
        let refusal = #expect(throws: FileRefusal.self) { try lines("{\"dataValues\": [\(value)]}") }
        #expect(refusal == FileRefusal("data_values_unreadable", ["line": "1"]))
    }

    @Test("a set of as many elements as clinics is refused before its table is written out")
    func values() throws {
        let values = (0..<5000).map { "e\($0),202601,s\($0),1\n" }.joined()
        let refusal = #expect(throws: FileRefusal.self) { try lines("dataelement,period,orgunit,value\n" + values) }
        #expect(refusal?.code == "data_values_too_many")
    }

    @Test("a returned line reads as it was sent, with every line end, delimiter, quote and accent")
    func returnedLine() throws {
        let cells = ["a\nb", "c\rd", "e\r\nf", "g\"\u{301}h", "i;j", "k\tl", ",\u{301}", " "]
        let file = try file(CSVLine.data(cells))
        let reader = CSVReader(try TextStream(file, try EncodingDetector.decide(file)))
        var record = Record()
        #expect(try reader.next(&record))
        #expect(record.texts.map { Array($0.utf8) } == cells.map { Array($0.utf8) })
    }

    @Test("a row that reaches to the last column of Excel is as long as what it holds")
    func wideRow() async throws {
        let vocabulary = Vocabulary(try TestCluster.catalogues())
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: "wide.xlsx")
            let book = try WorkbookWriter(url)
            try book.addSheet("a", ["site", "client", "dosed_on", "dose_mg"].map { WorkbookWriter.Column($0) })
            try book.write(
                [WrittenCell(.text("QS-001"))] + Array(repeating: WrittenCell(.empty), count: 9000) + [
                    WrittenCell(.number(1))
                ])
            try book.close()
            let rows = try #require(try Tables.find(in: ReceivedFile(url), vocabulary).first).rows()
            var record = Record()
            #expect(try rows.next(&record))
            #expect(record.texts == ["QS-001", "", "", "", "1"])
        }
    }

    @Test("rows of a sheet rise: a line that comes twice names no place", arguments: ["A3", "B2"])
    func rowsRise(_ second: String) throws {
        let limits = WorkbookLimits()
        var row = RowDraft(limits, Budget(fileBytes: 0, limits))
        #expect(try number(of: "A2", &row) == 2)
        #expect(try number(of: "A3", &row) == 3)
        #expect(throws: CellFault.self) { try number(of: second, &row) }
    }

    /// Drafts a row that has no number but that of its one cell.
    private func number(of cell: String, _ row: inout RowDraft) throws -> Int? {
        var none: [UnsafePointer<CChar>?] = [nil]
        try none.withUnsafeMutableBufferPointer { list in
            if let list = list.baseAddress { try row.begin(XMLAttributes(list)) }
        }
        let column = try cell.withCString { try row.place(XMLValue(bytes: $0)) }
        try row.add(SheetCell(column: column, value: .bool(true), format: .plain, isFormula: false))
        return try row.finished()?.number
    }
}
