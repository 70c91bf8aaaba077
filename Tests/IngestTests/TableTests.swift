import Testing

@testable import Ingest

/// Which row of a file is its header.
@Suite struct TableTests {
    private func tables(_ text: String) throws -> [Table] { try Tables.find(in: ReceivedFile(text)) }

    @Test(
        "a header stands below any title, within ten rows that are not blank",
        arguments: [
            ("", 1), ("Report\n", 2), ("Report, March\n\n", 3), ("\n\n\n", 4), ("a note\n".repeated(9), 10),
            ("site,opening\n", 2), ("site,month\n", 2),
        ])
    func below(_ title: String, _ line: Int) throws {
        let table = try #require(try tables(title + "site,month,opening\nA-1,2024-03,5\n").first)
        #expect(table.headerLine == line)
        #expect(try table.allRows() == [["\(line + 1)", "A-1", "2024-03", "5"]])
    }

    @Test(
        "a comma in a title does not decide the delimiter, nor does any other sign",
        arguments: [
            ("Report, March\n", ";"), ("Report, March\n", "\t"), ("a;b\tc\n", ","), ("1,5 mg\n\n", ";"),
        ])
    func titleWithDelimiter(_ title: String, _ delimiter: String) throws {
        let rows = ["site,month,opening", "A-1,2024-03,5"].map { $0.replacing(",", with: delimiter) + "\n" }
        let table = try #require(try tables(title + rows.joined()).first)
        #expect(try table.allRows().map { $0.dropFirst() } == [["A-1", "2024-03", "5"]])
    }

    @Test("where the delimiter stood in a title, what the header lacks is told all the same")
    func titleAndNoMonth() throws {
        #expect(throws: FileRefusal("column_missing", ["line": "2", "kind": "monthly", "missing": "month"])) {
            try tables("A report, March\nsite;opening;closing\nA-1;1;2\n")
        }
    }

    @Test("whether anything stands below the header is known, wherever the header stands")
    func rowsBelow() throws {
        for title in [0, 3, 9] {
            let text = "a note\n".repeated(title) + "site,month\n"
            #expect(try tables(text).map(\.hasRows) == [false])
            #expect(try tables(text + "A-1,2024-03\n").map(\.hasRows) == [true])
        }
    }

    @Test("of two rows that could be the header, the one with more columns that are known is")
    func better() throws {
        let table = try #require(try tables("site,month,a,b\nsite,month,opening,closing\nA-1,2024-03,1,2\n").first)
        #expect(table.headerLine == 2)
    }

    @Test("where no row is a header, the one that comes nearest says what it lacks")
    func nearest() throws {
        #expect(throws: FileRefusal("column_missing", ["line": "2", "kind": "monthly", "missing": "month"])) {
            try tables("A report\nsite,opening,closing\nA-1,1,2\n")
        }
        #expect(throws: FileRefusal("kind_unknown", ["line": "1", "columns": "2"])) { try tables("a,b\n1,2\n") }
        #expect(throws: FileRefusal("kind_unknown", ["line": "1", "columns": "1"])) {
            try tables("a note\n".repeated(10) + "site,month\nA-1,2024-03\n")
        }
    }

    @Test("of two kinds whose columns all stand there, the one that leaves fewer unread is meant")
    func kinds() throws {
        let kind = { (header: String) in try tables(header + "\n").first?.header.kind.name }
        #expect(try kind("site,client,date,dose") == "doses")
        #expect(try kind("site,client,date,result") == "urine")
        #expect(try kind("site,name,region,opened_on,closed_on") == "sites")
        #expect(try kind("门诊编码,月份,期初在治") == "monthly")
    }

    @Test("a first row of pages of text is soon known to be no header", .timeLimit(.minutes(1)))
    func pages() {
        let row = String(repeating: String(repeating: "x", count: 60_000) + ",", count: 60)
        #expect(throws: FileRefusal("kind_unknown", ["line": "1", "columns": "61"])) { try tables(row + "\n") }
    }

    @Test(
        "columns that changed are named, renamings too; of very many columns no renaming is looked for",
        .timeLimit(.minutes(1)))
    func changes() {
        let change = HeaderChange(from: ["site", "month", "remark", "old"], to: ["site", "month", "remarks"])
        #expect(change.renamed == ["remark → remarks"])
        #expect(change.gone == ["old"])
        #expect(change.new == [])
        let many = ["site", "month"] + (0..<70_000).map { "c\($0)" }
        #expect(HeaderChange(from: many, to: ["site", "month"]).gone.count == 70_000)
        #expect(HeaderChange(from: many, to: many.map { "\($0)x" }).renamed == [])
    }

    @Test("a column that stands twice is named, by any of its names")
    func twice() throws {
        for header in ["site,month,opening,opening", "site,month,opening,Opening caseload", "site,month,期初在治,opening"] {
            #expect(throws: FileRefusal("column_twice", ["column": "opening", "kind": "monthly"])) {
                try tables(header + "\n")
            }
        }
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
