import Ingest
import Postgres
import TestCluster
import Testing

@testable import Monitor

/// What is counted twice, for pages that have every clinic's reports and for those that have not, is the same.
@Suite struct CompletenessTests {
    @Test("the reports of all clinics, counted one by one, are those that completeness.sql counts")
    func sameEitherWay() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(ProgrammeFiles.sites)
            // One clinic's newest report is missing.
            try await database.load(
                ProgrammeFiles.reports.replacing("QS-001,2026-10,100,2,0,0,4,98,80,16\n", with: ""))
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let dashboard = Dashboard(database: threads, sql: TestCluster.sql)
            let counts = dashboard.counts
            for place in [Scope.Place.programme, .region(code: "QS")] {
                let (read, counted) = try await dashboard.reader.read { connection in
                    let scope = try #require(try counts.scope(place, connection))
                    let cut = try counts.dataCut(scope, connection)
                    let reports = try counts.reportStates(scope, from: .first, connection)
                    return (try counts.completeness(scope, cut, connection), Completeness.byMonth(reports.values))
                }
                #expect(!counted.isEmpty && counted == read.filter { $0.value.expected > 0 })
                #expect(counted.values.contains { $0.received < $0.expected })
            }
        }
    }
}
