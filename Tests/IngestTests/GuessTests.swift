import Crypto
import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Who knows a clinic's clients, or a trial's clinics, can write down every file that they could have given. Nothing that a
/// reader sees may tell which of them it was.
@Suite struct GuessTests {
    private static let results = ["negative", "positive", "invalid", "missed"]
    private static let arms = ["intervention", "control"]

    private static func urine(_ result: String) -> String {
        "site,client,collected_on,result\nQS-001,7,2026-01-05,\(result)\n"
    }
    private static func allocation(_ arm: String) -> String { "trial,site,arm\nT-1,QS-001,\(arm)\n" }
    private static let trial = "trial,name,design\nT-1,A trial,paired\n"
    private static let monthly = Files.header + Files.row("QS-001", "2026-01")

    private static func sha256(_ text: String) -> String { Array(SHA256.hash(data: Data(text.utf8))).hex() }

    /// The first digits of what every guess would have to be found by.
    private static let guesses = (results.map(urine) + arms.map(allocation)).map { String(sha256($0).prefix(8)) }

    /// Every row that a login may read, as text, and every lock, which all may see.
    private func everything(_ session: borrowing Connection) throws -> String {
        let tables = try session.query(
            """
            select format('%I.%I', n.nspname, c.relname) as name,
                   string_agg(format('%I::text', a.attname), ',') as columns
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'v') and (n.nspname = 'mmt' or c.relname = 'pg_locks')
              and has_column_privilege(c.oid, a.attnum, 'select')
            group by 1
            """
        ).map { (try $0.string("name"), try $0.string("columns")) }
        #expect(tables.count > 30)
        return try tables.map { name, columns in
            try session.query("select coalesce(string_agg(concat_ws(' ', \(columns)), chr(10)), '') from \(name)")[0, 0]
                ?? ""
        }.joined(separator: "\n")
    }

    private func withFiles(_ key: Pseudonyms?, _ body: (TestDatabase) async throws -> Void) async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(Self.trial)
            for text in [Self.urine("positive"), Self.allocation("control")] {
                let receipt = try #require(try await database.loadAll(Array(text.utf8), pseudonyms: key).first)
                #expect(receipt.outcome == .loaded)
                #expect(receipt.sha256 == nil && receipt.byteCount == nil)
            }
            try await body(database)
        }
    }

    @Test("no analyst and no page finds a guess confirmed, without a key either")
    func readers() async throws {
        try await withFiles(nil) { database in
            let administration = try database.administration.connect()
            let analyst = "analyst_\(database.name)"
            try administration.query(
                "create role \(analyst) login in role mmt_analyst, \"mmt.\(database.name).programme\"")
            let session = try database.administration.connect()
            try session.query("set session authorization \(analyst)")
            let read = try everything(session)
            try session.query("reset session authorization")
            try administration.query("drop role \(analyst)")
            let web = try database.web.connect()
            try web.query("select set_config('mmt.account', $1, false)", ["mmt.\(database.name).programme"])
            let shown = try everything(web)
            for guess in Self.guesses { #expect(!read.contains(guess) && !shown.contains(guess)) }
            #expect(read.contains("QS-001") && shown.contains("QS-001"))
        }
    }

    @Test("with a key not even who has a copy of the whole database can try contents out")
    func thieves() async throws {
        try await withFiles(Pseudonyms(key: Data(repeating: 7, count: 32))) { database in
            let all = try everything(database.administration.connect())
            for guess in Self.guesses { #expect(!all.contains(guess)) }
        }
    }

    @Test("the same bytes again are known all the same, also those that came before the key; other bytes are not")
    func again() async throws {
        let key = Pseudonyms(key: Data(repeating: 7, count: 32))
        try await TestCluster.withDatabase { database in
            let sites = try await database.load(Files.sites)
            #expect(sites.sha256 == Self.sha256(Files.sites))
            let first = try await database.load(Self.monthly)
            #expect(try database.value("select sha256 from mmt.report") == Self.sha256(Self.monthly))
            let again = try #require(
                try await database.loadAll(Array(Self.monthly.utf8), pseudonyms: key).first)
            #expect(again.outcome == .repeated && again.repeats == first.id)
            let urine = { try await database.loadAll(Array(Self.urine("positive").utf8), pseudonyms: key)[0] }
            let (loaded, known) = (try await urine(), try await urine())
            #expect(loaded.outcome == .loaded && known.outcome == .repeated && known.repeats == loaded.id)
            let other = try await database.loadAll(Array(Self.urine("negative").utf8), pseudonyms: key)[0]
            #expect(other.counts.changed == 1)
        }
    }

    @Test("a file that is not read, and one with a personal sheet beside a report, show no hash")
    func unread() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            #expect(try await database.load("Dear colleagues,\nhere are our numbers.\n").sha256 == nil)
            let isHidden =
                "select bool_and(sha256 is null and byte_count is null) from mmt.receipt where receipt_id > 1"
            #expect(try database.value(isHidden) == "t")
            let bytes = try await TestCluster.withFolder { folder in
                let url = folder.appending(path: "both.xlsx")
                let book = try WorkbookWriter(url)
                for sheet in [Self.monthly, Self.urine("positive")] {
                    let rows = sheet.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
                    try book.addSheet("\(rows[1].count)", rows[0].map { WorkbookWriter.Column($0) })
                    for row in rows.dropFirst() { try book.write(row.map { WrittenCell(.text($0)) }) }
                }
                try book.close()
                return Array(try Data(contentsOf: url))
            }
            let receipts = try await database.loadAll(bytes, named: "both.xlsx")
            #expect(receipts.map(\.kind) == ["monthly", "urine"] && receipts.allSatisfy { $0.sha256 == nil })
            #expect(try database.value(isHidden) == "t")
        }
    }
}
