import Foundation
import Testing

@testable import Ingest

@Suite struct WorkbookWriterTests {
    private func withFile<T>(_ body: (URL) throws -> T) throws -> T {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url)
    }

    @Test("what is written is read again: Chinese, dates, numbers, and text that looks like a formula")
    func roundTrip() throws {
        try withFile { url in
            let writer = try WorkbookWriter(url)
            try writer.addSheet("月报", [.init("机构"), .init("日期", width: 20), .init("出诊")])
            try writer.write([.init(.text("001")), .init(.date("2024-02-29")), .init(.number(12.5))])
            try writer.write([.init(.text("=1+1")), .init(.empty, fault: "没有填"), .init(.number(-3), fault: "负数")])
            try writer.addSheet("说明", [.init("a")])
            try writer.write([.init(.text(String(repeating: "字", count: 20_000)))])
            try writer.close()

            let workbook = try Workbook(ReceivedFile(url))
            #expect(workbook.sheets.map(\.name) == ["月报", "说明"])
            let reader = try workbook.rows(of: workbook.sheets[0])
            var rows: [[SheetCell.Value]] = []
            while let row = try reader.next() { rows.append(row.cells.map(\.value)) }
            #expect(
                rows == [
                    [.text("机构"), .text("日期"), .text("出诊")],
                    [.text("001"), .date("2024-02-29"), .number("12.5")],
                    [.text("=1+1"), .number("-3")],
                ])
        }
    }

    @Test("a name that Excel refuses is an error, and an abandoned workbook leaves no file")
    func names() throws {
        try withFile { url in
            do {
                let writer = try WorkbookWriter(url)
                #expect(throws: WorkbookWriter.Failure.self) { try writer.addSheet("a/b", []) }
            }
            #expect(!FileManager.default.fileExists(atPath: url.path))
        }
    }
}
