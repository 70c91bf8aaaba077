import Foundation
import Testing

@testable import Ingest

@Suite struct WorkbookRefusalTests {
    private func refusal(_ name: String, _ limits: WorkbookLimits = .standard) throws -> FileRefusal? {
        do {
            #expect(try FileFormat.decide(Corpus.file(name)) == .workbook)
            let workbook = try Corpus.open(name, limits)
            let reader = try workbook.rows(of: workbook.sheets[0])
            while try reader.next() != nil {}
            return nil
        } catch let refusal as FileRefusal {
            return refusal
        }
    }

    @Test(
        "what is no workbook that can be read is named",
        arguments: [
            ("encrypted.xlsx", "workbook_encrypted"), ("old.xls", "workbook_old"), ("binary.xlsb", "workbook_binary"),
            ("letter.docx", "file_not_workbook"), ("plain.zip", "file_not_workbook"),
            ("no_sheet.xlsx", "workbook_no_sheet"),
        ])
    func others(_ name: String, _ code: String) throws {
        #expect(try refusal(name)?.code == code)
    }

    @Test(
        "damage is refused with the part, and the place where there is one",
        arguments: [
            ("cut.xlsx", ["reason": "zip", "part": ""]),
            ("flipped.xlsx", ["reason": "zip", "part": "xl/worksheets/sheet1.xml"]),
            ("twice.xlsx", ["reason": "twice", "part": "XL/WORKBOOK.xml"]),
            ("sheets_of_one_part_2.xlsx", ["reason": "twice", "part": "xl/worksheets/sheet1.xml"]),
            ("lzma.xlsx", ["reason": "method", "part": "_rels/.rels"]),
            ("sheet_lost.xlsx", ["reason": "part", "part": "xl/worksheets/sheet1.xml"]),
            ("doctype.xlsx", ["reason": "doctype", "part": "xl/worksheets/sheet1.xml", "line": "1"]),
            ("entity.xlsx", ["reason": "xml", "part": "xl/worksheets/sheet1.xml", "line": "1"]),
            (
                "string_missing.xlsx",
                ["reason": "string", "part": "xl/worksheets/sheet1.xml", "line": "7"]
            ),
            (
                "reference_bad.xlsx",
                ["reason": "reference", "part": "xl/worksheets/sheet1.xml", "line": "7"]
            ),
            (
                "cell_twice.xlsx",
                ["reason": "reference", "part": "xl/worksheets/sheet1.xml", "line": "1"]
            ),
        ] as [(String, [String: String])])
    func damaged(_ name: String, _ details: [String: String]) throws {
        #expect(try refusal(name) == FileRefusal("workbook_damaged", details))
    }

    @Test(
        "bombs are refused by the limit that they meet",
        arguments: [
            ("bomb.xlsx", "inflated_bytes"), ("entries.xlsx", "entries"), ("depth.xlsx", "depth"),
            ("long_token.xlsx", "token_bytes"), ("shared_bomb.xlsx", "inflated_bytes"), ("row_bomb.xlsx", "row_bytes"),
            ("sheets_of_one_part_65536.xlsx", "sheets"),
            ("beyond_rows.xlsx", "rows"), ("beyond_columns.xlsx", "columns"),
        ])
    func bombs(_ name: String, _ limit: String) throws {
        let refusal = try refusal(name)
        #expect(refusal?.code == "workbook_too_large")
        #expect(refusal?.details["limit"] == limit)
    }

    @Test("a gigabyte of zeros is no XML from its first byte")
    func zeros() throws {
        #expect(try refusal("zeros.xlsx")?.code == "workbook_damaged")
    }

    @Test("a cell that is too long is refused where it is used, and only there")
    func longCells() throws {
        let place = { FileRefusal("cell_too_long", ["part": "xl/worksheets/sheet1.xml", "line": $0]) }
        #expect(try refusal("long_cell.xlsx") == place("4"))
        #expect(try refusal("long_shared.xlsx") == place("9"))
    }

    @Test("lists have limits as well")
    func lists() throws {
        var limits = WorkbookLimits()
        limits.sharedStrings = 3
        #expect(try refusal("kinds.xlsx", limits)?.details["limit"] == "shared_strings")
        limits = WorkbookLimits()
        limits.listEntries = 2
        #expect(try refusal("kinds.xlsx", limits)?.details["limit"] == "relationships")
    }
}
