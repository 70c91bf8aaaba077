import Foundation
import Postgres
import TestCluster
import Testing
import Words

@testable import Ingest

/// What a sender gets back: the own rows with the bad cells coloured, and the refused rows to be put right.
@Suite struct ReturnedFileTests {
    private static let bad = """
        site,month,opening,closing,remark
        QS-001,2026-01,100,101,fine
        QS-001,2026-13,x,101,"two, faults"
        QS-002,2026-01,100,-1,=1+1
        QS-002,2026-02,100

        """

    private func returned() throws -> ReturnedFile {
        let catalogues = try TestCluster.catalogues()
        return ReturnedFile(pseudonyms: nil, vocabulary: Vocabulary(catalogues), words: catalogues[.english])
    }

    @Test("the workbook holds every row as it was sent, and a comment on each bad cell")
    func workbook() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let receipt = try #require(try await database.load(Self.bad).id)
            try await TestCluster.withFolder { folder in
                let url = folder.appending(path: "checked.xlsx")
                #expect(try returned().writeWorkbook(of: [receipt], to: url, database.ingest.connect()))
                let table = try #require(try Tables.find(in: ReceivedFile(url)).first)
                let rows = try table.allRows().map { Array($0.dropFirst()) }
                #expect(
                    rows.prefix(3) == [
                        ["QS-001", "2026-01", "100", "101", "fine"], ["QS-001", "2026-13", "x", "101", "two, faults"],
                        ["QS-002", "2026-01", "100", "-1", "=1+1"],
                    ])
                let comments = try comments(url)
                #expect(comments.keys.sorted() == ["A5", "B3", "C3", "D4"])
                #expect(comments["B3"]?.contains("is not a month") == true)
                #expect(comments["A5"]?.contains("3 cells") == true)
                let styles = try coloured(url)
                #expect(styles == ["A5", "B3", "C3", "D4"])
            }
        }
    }

    @Test("the refused rows are a file that, put right, loads and settles them; unchanged it is refused again")
    func refused() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let receipt = try #require(try await database.load(Self.bad).id)
            var bytes = Data()
            let count = try returned().writeRefused(of: receipt, database.ingest.connect()) { bytes += $0 }
            #expect(count == 3)
            let again = try await database.load(Array(bytes), named: "refused.csv")
            #expect(again.counts.received == 3)
            #expect(again.counts.rejected == 3)
            #expect(again.defects.map(\.code) == [.monthUnreadable, .countNotWhole, .countNegative, .cellCount])
            let text = String(decoding: bytes, as: UTF8.self).replacing("2026-13,x", with: "2026-03,7")
                .replacing(",-1,", with: ",1,").replacing("QS-002,2026-02,100\r\n", with: "QS-002,2026-02,100,,\r\n")
            let right = try await database.load(text, named: "right.csv")
            #expect(right.outcome == .loaded)
            #expect(right.counts.inserted == 3)
            #expect(
                try database.value(
                    "select count(*) from mmt.rejected_row where superseded_by is null and key is not null")
                    == "0")
        }
    }

    /// The comments of the first sheet, by cell.
    private func comments(_ url: URL) throws -> [String: String] {
        try pairs(
            url,
            "import openpyxl,sys; [print(c.coordinate, repr(c.comment.text)) for r in openpyxl.load_workbook(sys.argv[1]).worksheets[0] for c in r if c.comment]"
        )
    }

    /// Cells with a fill, below the header.
    private func coloured(_ url: URL) throws -> [String] {
        try pairs(
            url,
            "import openpyxl,sys; [print(c.coordinate, 1) for r in list(openpyxl.load_workbook(sys.argv[1]).worksheets[0])[1:] for c in r if c.fill.fill_type]"
        ).keys.sorted()
    }

    /// What another reader than ours finds.
    private func pairs(_ url: URL, _ script: String) throws -> [String: String] {
        let python = Process()
        python.executableURL = TestCluster.root.appending(path: ".venv/bin/python")
        python.arguments = ["-c", script, url.path]
        let pipe = Pipe()
        python.standardOutput = pipe
        try python.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        python.waitUntilExit()
        let lines = text.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
        return Dictionary(uniqueKeysWithValues: lines.map { ($0[0], $0[1]) })
    }
}
