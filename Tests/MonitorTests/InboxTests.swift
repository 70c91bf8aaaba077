import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// The inbox: what is read, what is left alone, what is told.
@Suite struct InboxTests {
    private static let report = ProgrammeFiles.header + "QS-001,2026-09,100,4,1,0,5,100,80,20\n"
    private static let partly = report + "NO-1,2026-09,1,0,0,0,0,1,,\n"

    /// A database with a folder, and a way to run the inbox over it.
    private func withInbox(_ body: (TestDatabase, URL, () throws -> InboxTally) async throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            try await TestCluster.withFolder { folder in
                try await body(database, folder) {
                    var tally = InboxTally()
                    let words = try TestCluster.catalogues()[.english]
                    let inbox = Inbox(
                        folder: BytePath(folder.path), sql: TestCluster.sql,
                        delivery: Delivery(loader: try database.loader()), words: words,
                        returned: ReturnedFiles(
                            returned: ReturnedFile(
                                pseudonyms: nil, vocabulary: Vocabulary(try TestCluster.catalogues()), words: words),
                            words: words, server: database.ingest),
                        settle: 0, say: { _ in })
                    try inbox.run(&tally, database.ingest.connect())
                    return tally
                }
            }
        }
    }

    private func write(_ text: String, _ name: String, in folder: URL) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func text(_ name: String, in folder: URL) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private func names(in folder: URL) throws -> Set<String> {
        Set(FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
    }

    @Test("registries go first, receipts lie beside their files, nothing is moved, and the second run is silent")
    func twice() async throws {
        try await withInbox { database, folder, run in
            try write(Self.report, "2026-09.csv", in: folder)
            try write(Self.partly, "yunnan/a.csv", in: folder)
            try write(ProgrammeFiles.sites, "Sites.CSV", in: folder)
            try write("x", "notes.doc", in: folder)
            let first = try run()
            #expect(first.files == 3 && first.refused == 1 && first.status == .rowsRefused)
            #expect(first.end == JobEnd(.completed, files: 3, filesRefused: 1))
            #expect(
                try database.value("select string_agg(file_name, ' ' order by receipt_id) from mmt.receipt")
                    == "Sites.CSV 2026-09.csv a.csv")
            #expect(
                try database.value("select string_agg(source, ' ' order by receipt_id) from mmt.receipt")
                    == "default default yunnan")
            let told = try text("yunnan/a.csv.receipt.txt", in: folder)
            #expect(told.contains("line 3, site: No clinic has the code \"NO-1\""))
            let all = try names(in: folder)
            #expect(
                all.isSuperset(of: ["2026-09.csv", "2026-09.csv.receipt.txt", "2026-09.csv.receipt.json", "notes.doc"]))
            #expect(all.count { $0.hasSuffix(".checked.xlsx") || $0.hasSuffix(".refused.xlsx") } == 2)
            #expect(all.count == 13, "three files with two receipts each, the one that is none, and the subfolder")

            let second = try run()
            #expect(second.files == 0 && second.known == 3 && second.status == .accepted && second.sentence == nil)
            #expect(try database.value("select count(*) from mmt.receipt") == "3")
            #expect(try names(in: folder) == all)
        }
    }

    @Test(
        "what is known is known by its bytes: under another name, or without its receipt, it is told of and not loaded")
    func known() async throws {
        try await withInbox { database, folder, run in
            try await database.load(ProgrammeFiles.sites)
            try write(Self.partly, "a.csv", in: folder)
            _ = try run()
            try write(Self.partly, "again.csv", in: folder)
            try FileManager.default.removeItem(at: folder.appending(path: "a.csv.receipt.json"))
            let tally = try run()
            #expect(tally.files == 0 && tally.told == 2 && tally.status == .rowsRefused)
            #expect(try text("again.csv.receipt.txt", in: folder).contains("No clinic has the code \"NO-1\""))
            #expect(try text("again.csv.receipt.json", in: folder).contains("\"partly_loaded\""))
            #expect(try run().sentence == nil)
            #expect(try database.value("select count(*) from mmt.receipt") == "2")
        }
    }

    @Test("a workbook is one file with a receipt a sheet, known and told of as a whole")
    func workbook() async throws {
        try await withInbox { database, folder, run in
            try await database.load(ProgrammeFiles.sites)
            let book = try WorkbookWriter(folder.appending(path: "book.xlsx"))
            for (month, site) in [("2026-08", "QS-001"), ("2026-09", "NO-1")] {
                try book.addSheet(month, ["site", "month", "closing"].map { WorkbookWriter.Column($0) })
                try book.write([site, month, "7"].map { WrittenCell(.text($0)) })
            }
            try book.close()
            let first = try run()
            #expect(first.files == 1 && first.refused == 1 && first.status == .fileRefused)
            let json = try text("book.xlsx.receipt.json", in: folder)
            #expect(json.contains("\"outcome\": \"partly_loaded\"") && json.contains("\"sheet\" : \"2026-09\""))
            #expect(try run().sentence == nil)

            try FileManager.default.removeItem(at: folder.appending(path: "book.xlsx.receipt.json"))
            #expect(try run().told == 1)
            let told = try text("book.xlsx.receipt.txt", in: folder)
            #expect(told.contains("Receipt 2: book.xlsx") && told.contains("Receipt 3: book.xlsx"))
            #expect(try run().sentence == nil)
            #expect(try database.value("select count(*) from mmt.receipt") == "3")
        }
    }

    @Test("a file that was refused whole is tried again once the registry has changed, and only then")
    func refused() async throws {
        try await withInbox { database, folder, run in
            try write(Self.report, "early.csv", in: folder)
            #expect(try run().status == .fileRefused)
            #expect(try run().files == 0)
            try await database.load(ProgrammeFiles.sites)
            let third = try run()
            #expect(third.files == 1 && third.status == .accepted)
            #expect(try text("early.csv.receipt.txt", in: folder).contains("Every row was accepted"))
            #expect(try run().files == 0)
        }
    }

    @Test("a file just written, one under way elsewhere, a link and what Excel leaves behind are not touched")
    func untouched() async throws {
        try await withInbox { database, folder, run in
            try write(Self.report, "real.csv", in: folder)
            let handle = try #require(InboxHandle(BytePath(folder.appending(path: "real.csv").path)))
            #expect(handle.secondsLeftAlone(at: Date()) < 60)
            try write(Self.report + "\n", "real.csv", in: folder)
            #expect(try handle.received(as: "real.csv") == nil, "it was written to after it had been opened")
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "link.csv"), withDestinationURL: folder.appending(path: "real.csv"))
            try write("x", "~$real.xlsx", in: folder)
            try write("x", ".hidden.csv", in: folder)
            let found = try InboxFolder(BytePath(folder.path))
            #expect(found.files.map(\.label) == ["real.csv"])

            let session = try database.ingest.connect()
            try session.query(
                "insert into received_file (content, byte_count) values (encode(sha256($1::bytea), 'hex'), 1)",
                [Self.report + "\n"])
            try session.query(
                "insert into receipt (file_name, file_id) select 'x', max(file_id) from received_file")
            #expect(try run().waiting == 1)
        }
    }

    @Test("receipts that cannot be written are a failure, and keep no report waiting")
    func unwritable() async throws {
        try await withInbox { database, folder, run in
            try await database.load(ProgrammeFiles.sites)
            for month in 1...5 {
                try write(ProgrammeFiles.header + "QS-001,2026-0\(month),1,,,,,1,,\n", "\(month).csv", in: folder)
                try write("a folder is in the way", "\(month).csv.receipt.txt/x", in: folder)
            }
            for _ in 1...2 {
                let tally = try run()
                #expect(tally.status == .failed && tally.failed == 5)
                #expect(tally.error == "receipts cannot be written beside their files")
            }
            #expect(try database.value("select count(*) from mmt.current_report") == "5")
        }
    }

    @Test("of a registry's names and others, patterns in any case and in Chinese pick those that go first")
    func order() async throws {
        try await TestCluster.withFolder { folder in
            for name in ["b.csv", "门诊登记表.csv", "x/SITES 2026.xlsx", "a.csv"] { try write("x", name, in: folder) }
            #expect(
                try InboxFolder(BytePath(folder.path)).files.map(\.label)
                    == ["x/SITES 2026.xlsx", "门诊登记表.csv", "a.csv", "b.csv"])
        }
    }

    @Test("a folder that is not there is said so")
    func missing() {
        #expect(throws: InboxFolder.Unreadable.self) { try InboxFolder(BytePath("/nowhere")) }
    }
}
