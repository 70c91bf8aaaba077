import Foundation
import Postgres
import TestCluster
import Testing

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
            let sha256 = try #require(
                try database.value("select sha256 from mmt.receipt where receipt_id = \(receipt)"))
            try FileArchive(Self.key).forEachPart(of: sha256, connection) { bytes += $0 }
            #expect(bytes == Data(Self.doses.utf8))
            #expect(throws: FileArchive.Failure.self) {
                try FileArchive(nil).forEachPart(of: sha256, connection) { _ in }
            }
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
