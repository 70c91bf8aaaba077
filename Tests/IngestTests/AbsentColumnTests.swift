import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Corrections whose files lack columns.
@Suite struct AbsentColumnTests {
    private let closing = "select concat_ws(' ', opening, closing, exit_dropout, tests_done) from mmt.current_report"

    @Test("a column that a file lacks keeps what was known; an empty cell takes it away")
    func monthly() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(Files.header + Files.row("QS-001", "2026-01"))
            let correction = try await database.load("site,month,closing\nQS-001,2026-01,99\nQS-002,2026-01,7\n")
            #expect(correction.counts.changed == 1 && correction.counts.inserted == 1)
            #expect(correction.notices.last == Notice("columns_kept", ["count": "1"]))
            #expect(
                try database.value(closing + " join mmt.site using (site_id) where code = 'QS-001'") == "100 99 3 85")
            #expect(try database.value(closing + " join mmt.site using (site_id) where code = 'QS-002'") == "7")
            #expect(
                try database.value("select string_agg(field || ' ' || became, ',') from mmt.report_change")
                    == "closing 99", "only what it says has changed")
            let again = try await database.load("site,month,closing\nQS-001,2026-01,99\n")
            #expect(again.counts.unchanged == 1 && again.notices == [])
            try await database.load("site,month,closing,exit_dropout\nQS-001,2026-01,99,\n")
            #expect(try database.value(closing + " join mmt.site using (site_id) where code = 'QS-001'") == "100 99 85")
        }
    }

    @Test("when a report was submitted is told of the file, and is not kept")
    func submission() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let first = "site,month,submitted_at,opening,closing\nQS-001,2025-01,2025-02-01T00:00:00+08:00,5,5\n"
            try await database.load(first, .init(history: true))
            try await database.load("site,month,closing\nQS-001,2025-01,6\n", .init(history: true))
            #expect(try database.value("select count(submitted_at) from mmt.current_report") == "0")
            #expect(try database.value("select opening from mmt.current_report") == "5")
        }
    }

    @Test("a correction that contradicts what it keeps is refused by the rule that it breaks")
    func contradiction() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(Files.header + Files.row("QS-001", "2026-01"))
            let refused = try await database.load("site,month,tests_done\nQS-001,2026-01,10\n")
            #expect(refused.outcome == .refused)
            #expect(
                Set(refused.defects.map(\.code))
                    == [.testsPositiveOverDone, .clientsTestedOverTests])
            #expect(try database.value("select count(*) from mmt.rejected_row where superseded_by is null") == "1")
            let whole = try await database.load(
                "site,month,tests_done,tests_positive,clients_tested,clients_positive\nQS-001,2026-01,10,2,9,2\n")
            #expect(whole.counts.changed == 1)
            #expect(try database.value("select count(*) from mmt.rejected_row where superseded_by is null") == "0")
        }
    }

    @Test("stays, events and tests keep what a correction's file has no column for")
    func keyed() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(
                "site,client,started_on,ended_on,exit_reason,sex,dose_mg\nQS-001,7,2026-01-02,2026-02-02,dropout,male,60.5\n"
            )
            let changed = try await database.load("site,client,started_on,sex\nQS-001,7,2026-01-02,female\n")
            #expect(changed.counts.changed == 1)
            let stay = "select concat_ws(' ', ended_on, exit_reason, sex, dose_mg) from mmt.current_episode"
            #expect(try database.value(stay) == "2026-02-02 dropout female 60.5")
            // It would end before it began.
            let refused = try await database.load("site,client,started_on,ended_on\nQS-001,7,2026-01-02,\n")
            #expect(refused.defects.map(\.code) == [.valueMissing])

            try await database.load(
                "event,kind,site,happened_on,owner,reason,rebases\nE1,policy,QS-001,2026-01-02,Li,why,yes\n")
            try await database.load("event,kind,happened_on,owner,reason\nE1,policy,2026-01-03,Li,why\n")
            #expect(
                try database.value(
                    "select happened_on || ' ' || rebases || ' ' || (site_id is not null) from mmt.current_event")
                    == "2026-01-03 yes true")

            let urine = "site,client,collected_on,result"
            try await database.load("\(urine),schedule\nQS-001,7,2026-01-02,positive,random\n")
            let corrected = try await database.load(
                "\(urine)\nQS-001,7,2026-01-02,negative\nQS-001,7,2026-01-03,negative\n")
            #expect(corrected.counts.changed == 1 && corrected.counts.inserted == 1)
            #expect(
                try database.value(
                    "select string_agg(result || ' ' || coalesce(schedule, '-'), ',' order by collected_on) from mmt.urine_test"
                )
                    == "negative random,negative -")
        }
    }

    @Test("a refused correction does not tell its sender what is known of a person")
    func told() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load("trial,name,design\nT-1,A trial,paired\n")
            let person = "trial,site,participant,role"
            try await database.load(
                "\(person),enrolled_on,withdrawn_on\nT-1,QS-001,7,client,2024-01-05,2024-05-17\n")
            for (column, day) in [("enrolled_on", "2026-01-02"), ("withdrawn_on", "2020-01-02")] {
                let refused = try await database.load(
                    "\(person),\(column)\nT-1,QS-001,7,client,\(day)\n")
                #expect(refused.notices.allSatisfy { $0.code != "columns_kept" }, "nothing was corrected")
                let told = refused.defects.map { "\($0.code.rawValue) \($0.value ?? "") \($0.expected ?? "")" }
                #expect(told == ["date_order " + (column == "enrolled_on" ? "• \(day)" : "\(day) •")])
            }
            let kept = "select count(*) from mmt.row_defect where concat(value, expected) ~ '2024'"
            #expect(try database.value(kept) == "0")
        }
    }

    @Test("a set of data values is the whole report of its clinic and month")
    func dataValues() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try await database.load(Files.header + Files.row("QS-001", "2026-01"))
            try await database.load("dataelement,period,orgunit,value\nclosing,202601,QS-001,99\n")
            #expect(try database.value(closing) == "99")
        }
    }
}
