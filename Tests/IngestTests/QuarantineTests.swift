import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Refused rows: what is kept of them, and what settles them.
@Suite struct QuarantineTests {
    @Test("bad rows are kept whole with column, value and code, the good ones load, and a corrected file settles them")
    func quarantine() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let bad =
                Files.header + Files.row("QS-001", "2026-01") + Files.row("QS-0O2", "2026-01")
                + Files.row("QS-002", "2026-13") + Files.row("QS-002", "2026-01", dropout: "2.5")
                + "QS-002,2026-01,1\n" + Files.row("QS-001", "2026-01", dropout: "9")
            let receipt = try await database.load(bad, named: "bad.csv")
            #expect(receipt.outcome == .partlyLoaded)
            #expect(receipt.counts.received == 6)
            #expect(receipt.counts.inserted == 1)
            #expect(receipt.counts.rejected == 5)
            #expect(
                receipt.defects.map { "\($0.line) \($0.column ?? "-") \($0.code.rawValue)" } == [
                    "3 site site_unknown_near", "4 month month_unreadable", "5 exit_dropout count_not_whole",
                    "6 - cell_count", "7 month duplicate_row",
                ])
            let cell = try database.value("select cells ->> 'exit_dropout' from mmt.rejected_row where line = 5")
            #expect(cell == "2.5")
            #expect(
                try database.value(
                    "select state from mmt.expected_report x join mmt.site using (site_id) where code = 'QS-002' and month = '2026-01-01'"
                ) == "rejected")

            let fixed = try await database.load(Files.header + Files.row("QS-002", "2026-01"), named: "fixed.csv")
            #expect(fixed.outcome == .loaded)
            let open = try database.value(
                "select string_agg(line::text, ',' order by line) from mmt.rejected_row where superseded_by is null")
            #expect(open == "3,4,6,7")
        }
    }

    @Test("a row refused by a load that was finished late is settled, where a later file has answered it meanwhile")
    func answeredBefore() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let doses = "site,client,dosed_on,dose_mg\n"
            let urine = "site,client,collected_on,result\n"
            let stays = "site,client,started_on,ended_on\n"
            let files = [
                (Files.header, Files.row("QS-001", "2026-01"), Files.row("QS-001", "2026-01", dropout: "x")),
                (doses, "QS-001,7,2026-01-02,50\n", "QS-001,7,2026-01-02,0\n"),
                (urine, "QS-001,7,2026-01-02,negative\n", "QS-001,7,2026-01-02,green\n"),
                (stays, "QS-001,7,2026-01-02,2026-03-03\n", "QS-001,7,2026-01-02,2025-03-03\n"),
            ]
            for (header, good, bad) in files {
                try await database.load(header + good)  // known before, so that the answer changes nothing
                let late = try await database.heldUp(header + bad) {
                    let answer = try await database.load(header + good + "\n")
                    #expect(answer.counts.unchanged == 1)
                }
                #expect(late.first?.counts.rejected == 1)
            }
            #expect(
                try database.value("select count(*), count(superseded_by) from mmt.rejected_row") == "4")
            #expect(try database.value("select count(*) from mmt.rejected_row where superseded_by is null") == "0")
        }
    }

    @Test("a good row answers a bad one of its key further up in the same file, and none further down")
    func answeredInFile() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let bad = Files.row("QS-001", "2026-01", dropout: "x")
            let first = try await database.load(Files.header + bad + Files.row("QS-001", "2026-01"))
            #expect(first.counts == .init(received: 2, inserted: 1, changed: 0, unchanged: 0, rejected: 1, flagged: 0))
            let open = "select count(*) from mmt.rejected_row where superseded_by is null"
            #expect(try database.value(open) == "0")
            let doses = "site,client,dosed_on,dose_mg\nQS-001,7,2026-01-02,0\nQS-001,7,2026-01-02,50\n"
            #expect(try await database.load(doses).counts.rejected == 1)
            #expect(try database.value(open) == "0")
            let urine = "site,client,collected_on,result\nQS-001,7,2026-01-02,x\nQS-001,7,2026-01-02,negative\n"
            #expect(try await database.load(urine).counts.rejected == 1)
            #expect(try database.value(open) == "0")
            try await database.load(
                Files.header + Files.row("QS-001", "2026-02") + Files.row("QS-001", "2026-02", dropout: "x"))
            #expect(try database.value(open) == "1", "perhaps the bad row was meant to correct the good one")
        }
    }

    @Test("refused rows of other kinds are not in the way, whichever the database looks at first")
    func otherKeys() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load("site,client,collected_on,result\nQS-001,7,2026-01-02,green\n")
            let doses = try await database.load("site,client,dosed_on,dose_mg\nQS-001,7,2026-01-02,50\n")
            #expect(doses.outcome == .loaded)
            // The server may look at a key before the kind of its receipt: no plan may stumble over a word.
            let statement = try TestCluster.sql.text("merge/settle_doses.sql")
            let day = try #require(statement.firstMatch(of: #/tenths_mg\[(.+?)\] is not null/#)).1
            #expect(try database.value("select \(day) from (select '1|7|2026-01-02|OPIOID' as key) q") == nil)
            #expect(try database.value("select \(day) from (select '1|7|2026-01-02' as key) q") == "2")
        }
    }

    @Test("a month whose refused rows were closed by hand is late, not refused")
    func closed() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(
                Files.header + Files.row("QS-002", "2026-01") + Files.row("QS-001", "2026-01", dropout: "x"))
            let state = """
                select state from mmt.expected_report x join mmt.site using (site_id)
                where code = 'QS-001' and month = '2026-01-01'
                """
            #expect(try database.value(state) == "rejected")
            try database.ingest.connect().query(
                "update rejected_row set closed_at = now(), closed_by = 'Li', closed_because = 'a test'")
            #expect(try database.value(state) == "late")
        }
    }

    @Test("a partly loaded file sent again brings only what was refused: a correction made since stays")
    func partlyLoadedAgain() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let partly = Files.header + Files.row("QS-001", "2026-01") + Files.row("NEW-1", "2026-01")
            #expect(try await database.load(partly).outcome == .partlyLoaded)
            try await database.load(Files.header + Files.row("QS-001", "2026-01", dropout: "4", closing: "100"))
            try await database.load("site,name,region\nNEW-1,New Clinic,QS\n")
            let again = try await database.load(partly)
            #expect(again.counts == .init(received: 2, inserted: 1, changed: 0, unchanged: 1, rejected: 0, flagged: 0))
            let current = try database.value(
                "select exit_dropout from mmt.current_report join mmt.site using (site_id) where code = 'QS-001'")
            #expect(current == "4")
        }
    }
}
