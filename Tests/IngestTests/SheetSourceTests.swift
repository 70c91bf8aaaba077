import TestCluster
import Testing

@testable import Ingest

/// Sheets as tables.
@Suite struct SheetSourceTests {
    private func table(_ name: String) throws -> Table { try #require(try Tables.find(in: Corpus.file(name)).first) }

    @Test("a clinic merged over rows is that of all of them; a count merged over rows is that of the first")
    func mergedRows() throws {
        #expect(
            try table("sheet_merged_rows.xlsx").allRows() == [
                ["2", "C-258", "2024-01", "120", "118"], ["3", "C-258", "2024-02", "", "119"],
                ["4", "C-258", "2024-03", "119", "121"],
            ])
    }

    @Test("a day merged over rows is that of all of them")
    func mergedDays() throws {
        #expect(
            try table("sheet_merged_days.xlsx").allRows() == [
                ["2", "C-259", "1", "2024-03-01", "60"], ["3", "C-259", "2", "2024-03-01", "65"],
            ])
    }

    @Test("merged cells over a whole sheet cost what they hold", .timeLimit(.minutes(1)))
    func wide() throws {
        let rows = try table("merged_everywhere.xlsx").rows()
        var record = Record()
        for row in 2...1001 {
            #expect(try rows.next(&record))
            if row % 100 == 3 { #expect(record.texts.prefix(5) == ["C-351", "\(row)", "2024-03-01", "60", ""]) }
        }
        #expect(try !rows.next(&record))
    }

    @Test("a header of two rows is the lower one, with the merged cells of the upper one")
    func headerOfTwoRows() throws {
        let table = try table("sheet_header_of_two_rows.xlsx")
        #expect(table.header.written == ["门诊编码", "月份", "期初在治", "期末在治"])
        #expect(table.headerLine == 2)
        #expect(try table.allRows() == [["3", "C-256", "2024-03-01", "120", "118"]])
    }

    @Test("hidden rows are read, counted and named")
    func hiddenRows() throws {
        let rows = try table("sheet_hidden_rows.xlsx").rows()
        var record = Record()
        while try rows.next(&record) {}
        #expect(rows.notices == [Notice("hidden_rows", ["count": "1", "lines": "3"])])
    }

    @Test("formulas whose results are stored are counted, and so are none that were never computed")
    func formulas() throws {
        for (name, count) in [("sheet_formulas.xlsx", "2"), ("sheet_formulas_not_computed.xlsx", nil)] {
            let rows = try table(name).rows()
            var record = Record()
            while try rows.next(&record) {}
            #expect(rows.notices == count.map { [Notice("formulas_read", ["count": $0])] } ?? [])
        }
    }

    @Test(
        "a bare number of five digits in a column of days is a day, by the workbook's own calendar",
        arguments: [
            ("sheet_serials.xlsx", "2024-03-01"), ("sheet_serials_1904.xlsx", "2024-03-01"),
            ("sheet_1904.xlsx", "2024-03-01"),
        ])
    func serials(_ name: String, _ day: String) throws {
        #expect(try table(name).allRows().first?.contains(day) == true)
    }

    @Test("a code has the zeros that its format shows, and a count has none")
    func zeros() throws {
        #expect(
            try table("sheet_code_by_format.xlsx").allRows().map { Array($0.prefix(2)) } == [
                ["2", "001"], ["3", "1001"],
            ])
    }

    @Test("cells to the right of the header follow it without the gaps between them; blank ones are cut")
    func width() throws {
        #expect(
            try table("sheet_rows_wider.xlsx").allRows().map(\.count) == [1 + 5, 1 + 4, 1 + 4])
    }

    @Test("sheets are loaded in the order in which they refer to one another; the first names those that were not read")
    func sheets() throws {
        #expect(
            try Tables.find(in: Corpus.file("sheets_two_kinds.xlsx")).map(\.header.kind.name) == ["sites", "monthly"])
        let tables = try Tables.find(in: Corpus.file("sheet_hidden_sheets.xlsx"))
        #expect(tables.map(\.sheet) == ["a"])
        #expect(tables[0].notices.map(\.details) == [["sheet": "b", "place": "2"], ["sheet": "c", "place": "3"]])
    }

    @Test("rows of a workbook that are refused twice are open once")
    func refusedTwice() async throws {
        try await TestCluster.withDatabase { database in
            let file = try Corpus.file("sheet_errors.xlsx").bytes(from: 0)
            for _ in 1...2 {
                let receipts = try await database.loadAll(file, named: "errors.xlsx")
                #expect(receipts.map(\.counts.rejected) == [2])
            }
            #expect(try database.value("select count(*) from mmt.rejected_row where superseded_by is null") == "2")
        }
    }
}
