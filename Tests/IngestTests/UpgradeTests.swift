import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Files that came before names of sheets and columns were kept back (migration 013) are known afterwards too.
@Suite struct UpgradeTests {
    private static let key = Pseudonyms(key: Data(repeating: 7, count: 32))

    /// A workbook of doses in a sheet called after a client, with a column of the sender's and a bad row.
    private func workbook() async throws -> [UInt8] {
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: "doses.xlsx")
            let book = try WorkbookWriter(url)
            try book.addSheet("ZQX7731904", ["site", "client", "dosed_on", "dose_mg", "note"].map { .init($0) })
            for (day, dose) in [("2026-01-05", "60"), ("2026-01-06", "many"), ("2026-01-07", "lots")] {
                try book.write(["QS-001", "7", day, dose, "x"].map { WrittenCell(.text($0)) })
            }
            try book.close()
            return Array(try Data(contentsOf: url))
        }
    }

    @Test("a sheet whose name a receipt still tells is the same sheet: refused rows are open once, closures stay")
    func sheets() async throws {
        let bytes = try await workbook()
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let load = { try await database.loadAll(bytes, named: "doses.xlsx", pseudonyms: Self.key)[0] }
            let first = try await load()
            #expect(first.counts.rejected == 2 && first.sheet == "#1")
            try database.administration.connect().run(
                script: """
                    update mmt.receipt set sheet = 'ZQX7731904' where sheet is not null;
                    update mmt.rejected_row set closed_at = now(), closed_by = 'Li', closed_because = 'a test' where line = 3;
                    """)
            let again = try await load()
            #expect(again.counts == .init(received: 3, inserted: 0, changed: 0, unchanged: 1, rejected: 2, flagged: 0))
            let open = try database.value(
                """
                select string_agg(receipt_id || ' ' || line, ',') from mmt.rejected_row
                where superseded_by is null and closed_at is null
                """)
            #expect(open == "\(try #require(again.id)) 4")
            #expect(again.defects.map(\.value) == first.defects.map(\.value), "a closed row says what was wrong too")
            #expect(try database.value("select count(*) from mmt.receipt where sheet = 'ZQX7731904'") == "0")
        }
    }

    /// The schema as it was before the migration.
    private func older(_ folder: URL) throws -> SQLFolder {
        let files = FileManager.default
        let sql = TestCluster.root.appending(path: "sql")
        for name in ["migrations", "views"] {
            try files.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        try files.copyItem(at: sql.appending(path: "bootstrap.sql"), to: folder.appending(path: "bootstrap.sql"))
        for name in try files.contentsOfDirectory(atPath: sql.appending(path: "migrations").path) where name < "013" {
            let path = "migrations/\(name)"
            try files.copyItem(at: sql.appending(path: path), to: folder.appending(path: path))
        }
        return SQLFolder(folder)
    }

    @Test("the migration takes hash, size and names from old receipts about persons and arms, and from no others")
    func migration() async throws {
        try await TestCluster.withDatabase { database in
            let connection = try database.administration.connect()
            try connection.run(script: "drop schema mmt cascade")
            try await TestCluster.withFolder { folder in _ = try Migrator(older(folder)).migrate(connection) }
            try connection.run(
                script: """
                    update mmt.programme set pseudonym_key = 'a key';
                    insert into mmt.received_file (sha256, byte_count)
                    select repeat(n::text, 64), n from generate_series(1, 3) as n;
                    insert into mmt.receipt (file_name, sha256, kind, outcome, header, columns_unknown, notices)
                    select kind, repeat(n::text, 64), kind, 'loaded', '{site,Zhang,client}', '{Zhang}',
                           '[{"code": "columns_new", "details": {"columns": "Zhang"}}, {"code": "hidden_rows", "details": {}}]'
                    from (values (1, 'monthly'), (2, 'urine'), (3, 'allocations')) as file (n, kind);
                    insert into mmt.rejected_row (receipt_id, line, cells)
                    select receipt_id, 2, '{"site": "S", "Zhang": "x"}' from mmt.receipt;
                    """)
            _ = try Migrator(TestCluster.sql).migrate(connection)
            let told = try connection.query(
                """
                select concat_ws(' ', c.kind, left(c.sha256, 1), c.byte_count, c.header, c.columns_unknown,
                                 jsonb_array_length(c.notices), q.cells) as told
                from mmt.receipt c join mmt.rejected_row q using (receipt_id) order by receipt_id
                """
            ).map { try $0.string("told") }
            #expect(
                told == [
                    ##"monthly 1 1 {site,Zhang,client} {Zhang} 2 {"site": "S", "Zhang": "x"}"##,
                    ##"urine {site,#2,client} {#2} 1 {"#2": "x", "site": "S"}"##,
                    ##"allocations {site,#2,client} {#2} 1 {"#2": "x", "site": "S"}"##,
                ])
        }
    }
}
