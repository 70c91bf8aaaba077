import Foundation
import Testing

@testable import Ingest

@Suite struct WorkbookSheetTests {
    private static let common: [String: SheetCell.Value] = [
        "A2": .text("001"), "B2": .text("美沙 酮"), "C2": .text("in"), "D2": .text("a\rb_x000D_😀"),
        "A3": .number("1.1000000000000001"), "D3": .number("7"), "E3": .number("0.12"), "F3": .time("26:00:00"),
        "G3": .time("08:30:00"), "I3": .number("1.10105194912310E+17"),
        "A4": .bool(true), "B4": .error("#DIV/0!"), "C4": .text("行内"), "D4": .date("2024-03-01"),
        "E4": .text("a"), "F4": .number("2"), "G4": .notComputed, "H4": .notComputed, "K4": .text("abc"),
    ]

    @Test(
        "every kind of cell is read as Excel means it, however the file is written",
        arguments: ["", "_strict", "_names", "_utf16", "_descriptors"])
    func kinds(_ variant: String) throws {
        let expected = Self.common.merging([
            "B3": .date("2024-03-01"), "C3": .date("2024-03-01T08:30:00"), "H3": .number("0"),
        ]) { $1 }
        #expect(try Corpus.values("kinds\(variant).xlsx") == expected)
    }

    @Test("the same numbers are other days in a workbook that counts from 1904")
    func from1904() throws {
        let expected = Self.common.merging([
            "B3": .date("2028-03-02"), "C3": .date("2028-03-02T08:30:00"), "H3": .date("1904-01-01"),
        ]) { $1 }
        #expect(try Corpus.values("kinds_1904.xlsx") == expected)
    }

    @Test("results of formulas are marked, and so are identity numbers whose last digits are lost")
    func marks() throws {
        let cells = try Corpus.rows("kinds.xlsx").flatMap(\.cells)
        #expect(cells.filter(\.isFormula).map(\.column) == [4, 5, 6, 7])
        #expect(cells.filter(\.mayHaveLostDigits).map(\.text) == ["110105194912310000"])
    }

    @Test("a number keeps its value, and its format tells the zeros and the percent sign that people see")
    func formats() throws {
        let row = try #require(try Corpus.rows("kinds.xlsx").first { $0.number == 3 })
        #expect(row[3]?.format == .zeros(4))
        #expect(row[3]?.text == "7")
        #expect(row[3]?.code == "0007")
        #expect(row[4]?.format == .percent)
        #expect(row[0]?.text == "1.1")
        #expect(row[20] == nil)
        #expect((0..<3).map { row[$0]?.text } == ["1.1", "2024-03-01", "2024-03-01T08:30:00"])
    }

    @Test("a workbook that asks to be computed when it is opened has placeholders for results")
    func recalculated() throws {
        #expect(try Corpus.values("recalculated.xlsx") == ["A1": .notComputed, "B1": .number("3")])
    }

    @Test("rows and cells without a place follow the one before; cells out of order are where they say")
    func places() throws {
        let rows = try Corpus.rows("places.xlsx")
        #expect(rows.map(\.number) == [1, 5, 6, 8, 9, 1_048_576])
        #expect(rows.map(\.isHidden) == [false, true, false, false, false, false])
        #expect(rows.map { $0.cells.map(\.text) } == [["1", "2"], ["3", "4"], ["5"], ["6", "7"], ["8"], ["9"]])
        #expect(rows.map { $0.cells.map(\.column) } == [[0, 1], [2, 3], [1], [0, 1], [1], [16_383]])
        #expect(rows[5].width == 16_384)
    }

    @Test("a sheet of all of Excel's columns is read, and rows of drawings are none of a sheet's")
    func wide() throws {
        let rows = try Corpus.rows("wide.xlsx")
        #expect(rows.map(\.cells.count) == [16_384, 16_384, 16_384])
        #expect(rows[2].cells.last?.text == "16383")
        #expect(try Corpus.rows("controls.xlsx").count == 1)
    }

    @Test("openpyxl's workbook: hidden sheets and rows, merged cells, dates and times")
    func openpyxl() throws {
        let workbook = try Corpus.open("openpyxl.xlsx")
        #expect(workbook.sheets.map(\.name) == ["月报", "隐藏", "深藏"])
        #expect(workbook.sheets.map(\.state) == [.visible, .hidden, .veryHidden])
        let rows = try Corpus.rows("openpyxl.xlsx")
        #expect(rows.first { $0.isHidden }?.number == 5)
        #expect(rows[1].cells.map(\.value) == [.text("007"), .number("12.5"), .bool(true), .date("2024-02-29")])
        #expect(
            rows[2].cells.map(\.value) == [
                .notComputed, .date("2024-02-29T23:59:59"), .time("08:30:00"), .time("26:00:00"),
            ])
        var fill = MergeFill(try workbook.merges(of: workbook.sheets[0]))
        let filled = rows.map { fill.filled($0) }
        #expect(filled[0].cells.map(\.text) == ["机构代码", "出诊", "出诊", "日期"])
        #expect(filled[3...].map { $0.cells.map(\.text) } == [["站", "1"], ["站", "2"], ["站", "3"], ["4"]])
    }

    @Test("xlsxwriter's workbook, with shared and with inline strings", arguments: ["", "_inline"])
    func xlsxwriter(_ variant: String) throws {
        let expected: [String: SheetCell.Value] = [
            "A1": .text("机构代码"), "B1": .text("出诊"), "C1": .text("日期"),
            "A2": .text("007"), "B2": .number("2.3"), "C2": .date("2024-02-29"),
            "A3": .text("ab c"), "B3": .notComputed,
        ]
        #expect(try Corpus.values("xlsxwriter\(variant).xlsx") == expected)
    }
}
