import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Files that overtake one another, months that cannot be, calendars that move.
@Suite struct ArrivalTests {
    @Test("of two loads side by side the file that arrived last counts, whichever is stored first")
    func overtaken() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let early = Files.header + Files.row("QS-001", "2026-01")
            let resumed = try await database.heldUp(early, named: "first.csv") {
                let correction = Files.header + Files.row("QS-001", "2026-01", dropout: "5", closing: "99")
                try await database.load(correction, named: "correction.csv")
            }

            #expect(resumed.first?.counts.changed == 1, "it is kept all the same")
            #expect(try database.value("select exit_dropout from mmt.current_report") == "5")
            #expect(
                try database.value("select string_agg(file_name, ',' order by is_current) from mmt.report")
                    == "first.csv,correction.csv")
            let rate = try database.value(
                "select numerator from mmt.indicator_count where indicator = 'dropout_rate'")
            #expect(rate == "5")
        }
    }

    @Test("what a later file confirms stays, though an earlier one that says otherwise is stored after it")
    func confirmed() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let stays = { (end: String) in "site,client,started_on,ended_on\nQS-001,7,2026-01-02,\(end)\n" }
            try await database.load(stays("2026-02-02"))
            let known = Files.header + Files.row("QS-001", "2026-01")
            try await database.load(known)
            let other = Files.header + Files.row("QS-001", "2026-01", dropout: "5", closing: "99")
            for (late, again) in [(other, known), (stays("2026-03-03"), stays("2026-02-02"))] {
                let resumed = try await database.heldUp(late) {
                    let confirmed = try await database.load(again + "\n")
                    #expect(confirmed.counts.unchanged == 1)
                }
                #expect(resumed.map(\.counts.changed) == [1])
            }
            #expect(try database.value("select exit_dropout from mmt.current_report") == "3")
            #expect(try database.value("select ended_on from mmt.current_episode") == "2026-02-02")
            let versions = "select count(*) from mmt.monthly_report"
            #expect(try database.value(versions) == "3", "each arrival is in the order of arrival")
            #expect(try await database.load(known + "\n\n").counts.unchanged == 1)
            #expect(try database.value(versions) == "3", "nothing is under way any more")
        }
    }

    @Test("a month before the clinic opened is refused; the programme's time begins with the first report accepted")
    func monthBeforeOpening() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let receipt = try await database.load(
                Files.header + Files.row("QS-001", "2003-01") + Files.row("QS-001", "2025-11"))
            #expect(receipt.defects.map(\.code) == [.monthBeforeOpening])
            #expect(receipt.defects.first?.expected == "2020-01")
            try await database.load(Files.header + Files.row("QS-002", "2025-09"))
            #expect(
                try database.value("select first_month || ' ' || last_month from mmt.programme")
                    == "2025-09-01 2025-11-01")
            // Every clinic's reports are expected from then on, whoever looks.
            #expect(
                try database.value(
                    "select min(month) from mmt.expected_report x join mmt.site using (site_id) where code = 'QS-001'")
                    == "2025-09-01")
        }
    }

    @Test("a registry that moves a clinic's days moves its interval, and its reports are asked anew")
    func calendarMoves() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(Files.header + Files.row("QS-001", "2026-03"))
            let flags = "select count(*) from mmt.flag where code = 'clinic_not_open'"
            #expect(try database.value(flags) == "0")
            let registry = { (opened: String, closed: String) in
                "site,name,region,opened_on,closed_on\nQS-001,Qingshan First,QS,\(opened),\(closed)\n"
            }
            try await database.load(registry("2019-06-01", "2026-02-15"))
            #expect(
                try database.value(
                    "select string_agg(starts_on || ' ' || ends_on, ',') from mmt.site_interval join mmt.site using (site_id) where code = 'QS-001'"
                ) == "2019-06-01 2026-02-15")
            #expect(try database.value(flags) == "1")
            try await database.load(registry("2019-06-01", ""))
            #expect(try database.value(flags) == "0")
            #expect(try await database.load(registry("2019-06-01", "") + "\n").counts.unchanged == 1)
        }
    }

    @Test("a definition that a migration brings gets the counts of every month that was reported before")
    func newDefinition() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(Files.header + Files.row("QS-001", "2026-01") + Files.row("QS-001", "2026-02"))
            let owner = try database.administration.connect()
            #expect(try IndicatorCounts.complete(sql: TestCluster.sql, owner) == false)
            try owner.run(
                script: """
                    insert into indicator_definition
                        (indicator, version, in_force_from, kind, per, window_months, higher_is, place, source,
                         counts_people)
                    select indicator, 2, in_force_from, kind, per, window_months, higher_is, place, source, counts_people
                    from indicator_definition where indicator = 'exits';
                    insert into indicator_term (indicator, version, part, field)
                    values ('exits', 2, 'numerator', 'exit_dropout')
                    """)
            #expect(try IndicatorCounts.complete(sql: TestCluster.sql, owner))
            #expect(
                try database.value(
                    "select string_agg(figure::numeric::int::text, ',' order by month) from mmt.figure where indicator = 'exits'"
                )
                    == "3,3")
        }
    }

    @Test("a file is read as it was when it arrived, though its sender writes on")
    func copy() async throws {
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: "a.csv")
            try Data("first".utf8).write(to: url)
            let file = try ReceivedFile(url)
            let handle = try FileHandle(forUpdating: url)
            try handle.write(contentsOf: Data("other and longer".utf8))
            try handle.close()
            #expect(try file.bytes(from: 0) == Array("first".utf8))
            #expect(try file.bytes(from: 5) == [])
            #expect(file.byteCount == 5)
        }
    }
}

/// What the same bytes, sent again, must not do.
@Suite struct SentAgainTests {
    @Test("a double that was refused is refused again, and what was stored stays")
    func doubles() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let twice = Files.header + Files.row("QS-001", "2026-01") + Files.row("QS-001", "2026-01", dropout: "9")
            #expect(try await database.load(twice).counts.inserted == 1)
            let again = try await database.load(twice)
            #expect(again.counts == .init(received: 2, inserted: 0, changed: 0, unchanged: 1, rejected: 1, flagged: 0))
            #expect(try database.value("select exit_dropout from mmt.current_report") == "3")
            let doses = "site,client,dosed_on,dose_mg\nQS-001,7,2026-01-02,50\nQS-001,7,2026-01-02,99\n"
            for _ in 1...2 { try await database.load(doses) }
            #expect(try database.value("select dose_mg from mmt.dose")?.hasPrefix("50") == true)
        }
    }

    @Test(
        "a file that was refused whole brings no old value back over a correction, and no row that was closed by hand")
    func wholeFile() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try database.administration.connect().query(
                "insert into mmt.source (source, takes) values ('w', 'whole_file')")
            let whole =
                Files.header + Files.row("QS-001", "2026-01") + Files.row("NEW-1", "2026-01")
                + Files.row("NEW-2", "2026-01")
            let refused = try await database.load(whole, .init(source: "w"))
            #expect(refused.outcome == .refused)
            #expect(refused.counts.rejected == 3)
            try await database.load(Files.header + Files.row("QS-001", "2026-01", dropout: "4", closing: "100"))
            try database.administration.connect().query(
                "update mmt.rejected_row set closed_at = now(), closed_by = 'Li', closed_because = 'a test' where line = 4"
            )
            try await database.load("site,name,region\nNEW-1,New,QS\nNEW-2,Newer,QS\n")
            let again = try await database.load(whole)
            #expect(again.counts == .init(received: 3, inserted: 1, changed: 0, unchanged: 1, rejected: 1, flagged: 0))
            let current = try database.value(
                "select exit_dropout from mmt.current_report join mmt.site using (site_id) where code = 'QS-001'")
            #expect(current == "4")
            #expect(
                try database.value(
                    "select count(*) from mmt.rejected_row where superseded_by is null and closed_at is null") == "0")
        }
    }

    @Test("a question to a row that is refused after all is not asked, and the receipt adds up")
    func questions() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let receipt = try await database.load(
                "site,client,dosed_on,dose_mg\nQS-001,7,2026-01-02,350\nQS-001,7,2026-01-02,350\nNO-1,7,2026-01-03,350\n"
            )
            #expect(
                receipt.counts == .init(received: 3, inserted: 1, changed: 0, unchanged: 0, rejected: 2, flagged: 1))
            #expect(receipt.questions.map(\.line) == [2])
            #expect(
                try database.value("select count(*) from mmt.client") == "1",
                "who is in refused rows alone is a stranger")
        }
    }
}

/// What must not be seen.
@Suite struct MaskTests {
    @Test("an arm that slipped into another column, or into a row of another width, is in no receipt and no quarantine")
    func arms() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load("trial,name,design\nT1,Care,paired\n")
            let receipt = try await database.load(
                "trial,site,arm,pair,note\nT1,QS-001,P2,intervention arm,the control arm\nT1,QS-002,intervention\nT1,QS-001,contrl,P1,\n"
            )
            #expect(receipt.counts.rejected == 3)
            let kept = try database.value(
                "select string_agg(cells::text, ' ') || (select coalesce(string_agg(value, ' '), '') from mmt.row_defect) from mmt.rejected_row"
            )
            #expect(kept?.contains("contr") == false && kept?.contains("interv") == false)
            let isGranted = try database.value("select has_table_privilege('mmt_analyst', 'mmt.allocation', 'select')")
            #expect(isGranted == "f", "what an analyst may not even explain; the daemon sees none, TrialAccessTests")
        }
    }

    @Test("without the key that a programme has, no byte of a file is kept")
    func keyMissing() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let key = Pseudonyms(key: Data(repeating: 7, count: 32))
            let doses = "site,client,dosed_on,dose_mg\nQS-001,777000111,2026-01-02,50\n"
            _ = try await database.loadAll(Array(doses.utf8), pseudonyms: key)
            let other = doses.replacing("777000111", with: "777000222")
            let refused = try await database.load(other)
            #expect(refused.refusal?.code == "pseudonym_key_missing")
            let plain = try database.value(
                "select count(*) from mmt.received_file_part where position('777000'::bytea in bytes) > 0")
            #expect(plain == "0")
            let loaded = try await database.loadAll(Array(other.utf8), pseudonyms: key)
            #expect(loaded.map(\.outcome) == [.loaded])
            #expect(try database.value("select count(*) from mmt.received_file_part") == "3")
        }
    }
}
