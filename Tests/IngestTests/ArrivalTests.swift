import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Files that overtake one another, months that cannot be, calendars that move.
@Suite struct ArrivalTests {
    private func file(_ text: String, _ name: String) throws -> ReceivedFile {
        var rest: Data? = Data(text.utf8)
        return try ReceivedFile(name: name) {
            defer { rest = nil }
            return rest
        }
    }

    @Test("of two loads side by side the file that arrived last counts, whichever is stored first")
    func overtaken() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let early = try file(Files.header + Files.row("QS-001", "2026-01"), "first.csv")
            let session = try database.ingest.connect()
            let number = try session.transaction { session in
                try FileArchive(nil).keep(early, session)
                return try ReceiptLedger.begin(early, .init(), session)
            }
            // While the first still reads its file, the correction arrives and is stored.
            let correction = Files.header + Files.row("QS-001", "2026-01", dropout: "5", closing: "99")
            try await database.load(correction, named: "correction.csv")
            ReceiptLedger.letGo(number, session)
            let resumed = try database.loader().resumeInterrupted(database.ingest.connect())

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
