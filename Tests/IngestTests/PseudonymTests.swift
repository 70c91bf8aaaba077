import Foundation
import Postgres
import TestCluster
import Testing
import Words

@testable import Ingest

/// With a key, a copy of the database tells nobody a client's number.
@Suite struct PseudonymTests {
    private static let key = Pseudonyms(key: Data(repeating: 7, count: 32))
    /// Numbers that stand nowhere else, in good rows, refused ones, and in the wrong column.
    private static let numbers = ["ZQX7731904", "ZQX7731905", "ZQX7731906", "ZQX7731907", "ZQX7731908"]
    private static let doses = """
        site,client,dosed_on,dose_mg,remark
        QS-001,ZQX7731904,2026-01-05,60,
        QS-001,ZQX7731905,2026-01-05,many,
        QS-001,2026-01-05,ZQX7731906,60,
        ZQX7731907,1,2026-01-05,60,
        QS-001,2,2026-01-05,350,ZQX7731908
        QS-001,3,2026-01-05

        """

    /// Every row of every table, as text: what a thief of the database has in hand.
    private func everything(_ database: TestDatabase) throws -> String {
        let connection = try database.administration.connect()
        let tables = try connection.query(
            """
            select format('%I.%I', n.nspname, c.relname) as name from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            """
        ).map { try $0.string("name") }
        #expect(tables.count > 20)
        return try tables.map { table in
            try connection.query("select coalesce(string_agg(t::text, chr(10)), '') from \(table) t")[0, 0] ?? ""
        }.joined(separator: "\n")
    }

    /// Bytes of the archive read back as text, whatever they are written as.
    private func archive(_ database: TestDatabase) throws -> String {
        try database.value("select string_agg(encode(bytes, 'escape'), '') from mmt.received_file_part") ?? ""
    }

    @Test("raw numbers stand nowhere in the database: not in tables, not in the quarantine, not in the archive")
    func nowhere() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let receipts = try await database.loadAll(Array(Self.doses.utf8), pseudonyms: Self.key)
            #expect(receipts.map(\.counts.received) == [6])
            #expect(receipts.map(\.counts.inserted) == [2])
            let all = try everything(database) + archive(database)
            for number in Self.numbers {
                #expect(!all.contains(number), "\(number) in plain text")
                let hexadecimal = Array(number.utf8).hex()
                #expect(!all.contains(hexadecimal), "\(number) as bytes")
                let base64 = Data(number.utf8).base64EncodedString().prefix(12)
                #expect(!all.contains(base64), "\(number) in base64")
            }
            #expect(all.contains(Self.key.pseudonym(of: Array("ZQX7731904".utf8))))
            let receipt = try #require(receipts[0].id)
            let defects = receipts[0].defects + receipts[0].questions
            #expect(!defects.contains { defect in Self.numbers.contains { defect.value?.contains($0) == true } })
            // Who holds the key has the file back, to the byte.
            var bytes = Data()
            let connection = try database.ingest.connect()
            let file = try #require(
                try database.value("select file_id from mmt.receipt where receipt_id = \(receipt)").flatMap { Int($0) })
            try FileArchive(Self.key).forEachPart(of: file, connection) { bytes += $0 }
            #expect(bytes == Data(Self.doses.utf8))
            #expect(throws: FileArchive.Failure.self) {
                try FileArchive(nil).forEachPart(of: file, connection) { _ in }
            }
        }
    }

    /// A workbook of doses whose sheets and columns are called after clients, and a sheet that is no table.
    private func workbook(in folder: URL) throws -> [UInt8] {
        let url = folder.appending(path: "doses.xlsx")
        let book = try WorkbookWriter(url)
        try book.addSheet(
            "ZQX7731909", ["site", "client", "dosed_on", "dose_mg", "ZQX7731910"].map { WorkbookWriter.Column($0) })
        for row in [["QS-001", "1", "2026-01-05", "60", "x"], ["QS-001", "2", "2026-01-05", "many", "x"]] {
            try book.write(row.map { WrittenCell(.text($0)) })
        }
        try book.addSheet("ZQX7731911", [WorkbookWriter.Column("notes"), WorkbookWriter.Column("more")])
        try book.close()
        return Array(try Data(contentsOf: url))
    }

    @Test("sheets and columns called after clients go by their places, and the sender has them back all the same")
    func names() async throws {
        try await TestCluster.withFolder { folder in
            let bytes = try workbook(in: folder)
            try await TestCluster.withDatabase { database in
                try await database.load(Files.sites)
                let receipt = try await database.loadAll(bytes, named: "doses.xlsx", pseudonyms: Self.key)[0]
                #expect(receipt.sheet == "#1" && receipt.unknownColumns == ["#5"])
                #expect(receipt.notices == [Notice("sheet_not_read", ["sheet": "#2", "place": "2"])])
                #expect(try !everything(database).contains("ZQX77319"))
                let returned = ReturnedFile(
                    pseudonyms: Self.key, vocabulary: Vocabulary(try TestCluster.catalogues()),
                    words: try TestCluster.catalogues()[.english])
                let back = folder.appending(path: "back.xlsx")
                #expect(try returned.writeWorkbook(of: [receipt.id ?? 0], to: back, database.ingest.connect()))
                let table = try #require(try Tables.find(in: ReceivedFile(back)).first)
                #expect(table.sheet == "ZQX7731909" && table.header.written.last == "ZQX7731910")
                // The same sheet of the same bytes is known by its place too.
                let again = try await database.loadAll(bytes, named: "doses.xlsx", pseudonyms: Self.key)[0]
                #expect(again.counts.unchanged == 1 && again.counts.rejected == 1)
            }
        }
    }

    @Test("a sheet of clients that has no rows yet is named by its place beside a report")
    func emptySheets() async throws {
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: "report.xlsx")
            let book = try WorkbookWriter(url)
            try book.addSheet("report", ["site", "month", "opening"].map { WorkbookWriter.Column($0) })
            try book.write(["QS-001", "2026-01", "5"].map { WrittenCell(.text($0)) })
            let doses = ["site", "client", "dosed_on", "dose_mg"].map { WorkbookWriter.Column($0) }
            try book.addSheet("ZQX7731913", doses)
            try book.close()
            let file = try ReceivedFile(url)
            let vocabulary = Vocabulary(try TestCluster.catalogues())
            let details = { (hasKey: Bool) in
                try Tables.find(in: file, vocabulary, hasKey: hasKey).map { $0.notices.map { $0.details["sheet"] } }
            }
            #expect(try details(true) == [["#2"]])
            #expect(try details(false) == [["ZQX7731913"]])
        }
    }

    @Test("a number in a column of codes is sealed in the quarantine's key, and the corrected row still settles it")
    func codes() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let load = { (row: String) in
                let text = "site,participant,role,visit_month,instrument,status,value\n\(row)\n"
                return try await database.loadAll(Array(text.utf8), pseudonyms: Self.key)[0]
            }
            for instrument in ["ZQX7731912", "heroin_use"] {
                #expect(try await load("QS-001,1,client,0,\(instrument),done,").counts.rejected == 1)
            }
            #expect(try !everything(database).contains("ZQX7731912"))
            #expect(try await load("QS-001,1,client,0,Heroin_use,done,1").counts.inserted == 1)
            #expect(
                try database.value(
                    "select string_agg((superseded_by is not null)::text, ',' order by receipt_id) from mmt.rejected_row"
                )
                    == "false,true")
        }
    }

    @Test("one number is one pseudonym, whatever it is written with around it; another key gives another")
    func stable() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let header = "site,client,dosed_on,dose_mg\n"
            let write = { (client: String, day: Int) in header + "QS-001,\(client),2026-01-0\(day),60\n" }
            for (day, client) in ["007", " 007 ", "００７", "\"007\""].enumerated() {
                _ = try await database.loadAll(Array(write(client, day + 1).utf8), pseudonyms: Self.key)
            }
            #expect(try database.value("select count(*) from mmt.client") == "1")
            _ = try await database.loadAll(Array(write("7", 5).utf8), pseudonyms: Self.key)
            #expect(try database.value("select count(*) from mmt.client") == "2")
            let other = Pseudonyms(key: Data(repeating: 8, count: 32))
            #expect(
                try await database.loadAll(Array(write("7", 6).utf8), pseudonyms: other).map(\.refusal?.code)
                    == ["pseudonym_key_changed"])
            #expect(
                try await database.loadAll(Array(write("7", 7).utf8)).map(\.refusal?.code)
                    == ["pseudonym_key_missing"])
        }
    }
}
