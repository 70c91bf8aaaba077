import Foundation
import TestCluster

@testable import Ingest

/// The files that Tests/corpus/make.py writes: once a test run, into a folder that the next run takes over.
enum Corpus {
    struct Missing: Error, CustomStringConvertible {
        let reason: String
        var description: String { "The corpus of hostile files could not be made: \(reason) Run: script/install test" }
    }

    private static let folder: Result<URL, Missing> = Result { () throws(Missing) in
        let folder = FileManager.default.temporaryDirectory.appending(path: "mmt-corpus-\(geteuid())")
        let script = Process()
        script.executableURL = TestCluster.root.appending(path: ".venv/bin/python")
        script.arguments = [TestCluster.root.appending(path: "Tests/corpus/make.py").path, folder.path]
        do { try script.run() } catch { throw Missing(reason: "\(error)") }
        script.waitUntilExit()
        guard script.terminationStatus == 0 else { throw Missing(reason: "make.py failed.") }
        return folder
    }

    static func file(_ name: String) throws -> ReceivedFile {
        try ReceivedFile(try folder.get().appending(path: "files/\(name)"))
    }

    static func open(_ name: String, _ limits: WorkbookLimits = .standard) throws -> Workbook {
        try Workbook(file(name), limits: limits)
    }

    /// All rows of a sheet.
    static func rows(_ name: String, sheet: Int = 0) throws -> [SheetRow] {
        let workbook = try open(name)
        let reader = try workbook.rows(of: workbook.sheets[sheet])
        var rows: [SheetRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    /// What cells mean, by row number and column letter.
    static func values(_ name: String, sheet: Int = 0) throws -> [String: SheetCell.Value] {
        let cells = try rows(name, sheet: sheet).flatMap { row in row.cells.map { (row.number, $0) } }
        return Dictionary(
            uniqueKeysWithValues: cells.map { number, cell in
                ("\(Character(Unicode.Scalar(UInt8(65 + cell.column))))\(number)", cell.value)
            })
    }
}

extension ReceivedFile {
    /// A file of these bytes.
    init(_ bytes: [UInt8], name: String = "file.csv") throws {
        var rest: Data? = Data(bytes)
        try self.init(name: name) {
            defer { rest = nil }
            return rest
        }
    }

    init(_ text: String, name: String = "file.csv") throws { try self.init(Array(text.utf8), name: name) }
}

extension Tables {
    /// The tables of a file, by the project's own words.
    static func find(in file: ReceivedFile) throws -> [Table] {
        try find(in: file, Vocabulary(try TestCluster.catalogues()))
    }
}

extension Table {
    /// Every row below the header: its line and its cells.
    func allRows() throws -> [[String]] {
        let source = try rows()
        var record = Record()
        var all: [[String]] = []
        while try source.next(&record) { all.append(["\(record.line)"] + record.texts) }
        return all
    }
}
