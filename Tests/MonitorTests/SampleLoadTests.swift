import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// The whole path, on the whole sample: every fault of its register is found, and nothing else goes wrong.
@Suite struct SampleLoadTests {
    /// What the quarantine (defect) or the flags should say of a fault.
    private static let expected: [(fault: SampleFaultKind, view: String, code: String)] = [
        (.notWhole, "quarantine", "count_not_whole"), (.negative, "quarantine", "count_negative"),
        (.positivesOverDone, "quarantine", "tests_positive_over_done"),
        (.unknownSite, "quarantine", "site_unknown_near"),
        (.totalsDoNotAdd, "flag", "caseload_does_not_add_up"),
        (.openingIsNotLastClosing, "flag", "opening_is_not_last_closing"), (.emptyReport, "flag", "nothing_reported"),
        (.copiedMonth, "flag", "copied_from_last_month"), (.zeroForMissingUrine, "flag", "no_test_done"),
        (.methadoneInMillilitres, "flag", "mean_dose_implausible"), (.closedYetReports, "flag", "clinic_not_open"),
    ]

    @Test(
        "the sample loads: receipts add up, every fault is found where it was put, the clinics to find are called first"
    )
    func sample() async throws {
        let sample = try SampleProgramme(seed: SampleProgramme.usualSeed, lastMonth: Month(2026, 10))
        try await TestCluster.withDatabase { database in
            var outcomes: [Receipt.Outcome: [String]] = [:]
            try await TestCluster.withFolder { folder in
                let loader = try database.loader()
                let connection = try database.ingest.connect()
                for file in sample.files where !file.name.hasSuffix(".txt") {
                    let url = folder.appending(path: file.name)
                    try Data(file.bytes).write(to: url)
                    for receipt in try loader.load(try ReceivedFile(url), .init(history: true), connection) {
                        outcomes[receipt.outcome, default: []].append(file.name)
                    }
                }
            }
            #expect(outcomes[.refused]?.count == sample.faults.count { $0.kind == .brokenFile })
            #expect(outcomes[.repeated] == nil)

            for (fault, view, code) in Self.expected {
                for planned in sample.faults where planned.kind == fault {
                    let found = try database.value(
                        "select count(*) from mmt.\(view) where code = $1 and (month = $2 or month is null) and coalesce(site, $3) = $3",
                        [code, "\(planned.month)-01", planned.site])
                    #expect(found != "0", "\(fault) \(planned.site ?? "") \(planned.month)")
                }
            }
            try await callsFirst(sample, database)
            let wrong = try database.value("select count(*) from mmt.completeness where received > expected")
            #expect(wrong == "0")
        }
    }

    private func callsFirst(_ sample: SampleProgramme, _ database: TestDatabase) async throws {
        let threads = Database(database.web, threads: 1)
        defer { threads.close() }
        let dashboard = Dashboard(database: threads, sql: TestCluster.sql)
        let page = try #require(
            try await dashboard.page(.programme, month: Month("2026-10"), TestCluster.catalogues()[.english]))
        let called = Set(page.callFirst?.items.map(\.site.code) ?? [])
        for kind in [SampleFaultKind.dropoutDriftsUp, .positivityStepsUp] {
            let site = sample.faults.first { $0.kind == kind }?.site ?? ""
            #expect(called.contains(site), "\(kind)")
        }
        #expect(called.count <= CallFirst.longest)
        #expect(page.notices.map(\.code) == ["simulated"])
    }
}
