import Ingest
import Postgres
import TestCluster
import Testing

@testable import Monitor

/// What is kept of regions is what would be read anew, whatever has happened in between.
@Suite struct RegionCountsTests {
    private struct Read: Equatable {
        var series: [String: [String: [Month: Count]]] = [:]
        var sites: [Int: [String: [Month: Count]]] = [:]
        var reports: [Int: [Month: ReportState]] = [:]
        var completeness: [Month: Completeness] = [:]
    }

    private func read(_ dashboard: Dashboard) async throws -> Read {
        let counts = dashboard.counts
        return try await dashboard.reader.read { connection in
            let regions = try RegionCounts(try counts.dataCut(.programme, connection), counts, connection)
            var read = Read(
                sites: try regions.siteSeries(.programme, connection),
                reports: try regions.reports(.programme, connection),
                completeness: try regions.completeness(.programme, connection))
            for place in [Scope.Place.programme, .region(code: "QS")] {
                let scope = try #require(try counts.scope(place, connection))
                read.series[scope.code] = try regions.series(scope, connection)
            }
            return read
        }
    }

    /// By the statements that analysts run.
    private func added(_ dashboard: Dashboard) async throws -> Read {
        let counts = dashboard.counts
        return try await dashboard.reader.read { connection in
            var read = Read()
            for place in [Scope.Place.programme, .region(code: "QS")] {
                let scope = try #require(try counts.scope(place, connection))
                read.series[scope.code] = try counts.series(scope, connection)
            }
            _ = try connection.query("select month, expected, received, received_in_time from completeness").map {
                read.completeness[try $0.month("month")] = Completeness(
                    expected: try $0.integer("expected"), received: try $0.integer("received"),
                    inTime: try $0.integer("received_in_time"))
            }
            return read
        }
    }

    @Test("after each act: loads, corrections, refusals, withdrawals, new clinics and rules")
    func same() async throws {
        try await TestCluster.withDatabase { database in
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            let kept = Dashboard(database: threads, sql: TestCluster.sql)
            let row = { (site: String, rest: String) in ProgrammeFiles.header + "\(site),\(rest)\n" }
            let acts: [(String, () async throws -> Void)] = [
                ("clinics", { try await database.load(ProgrammeFiles.sites) }),
                ("reports", { try await database.load(ProgrammeFiles.reports) }),
                ("a correction", { try await database.load(row("QS-001", "2026-10,100,2,0,0,5,97,80,16")) }),
                ("a new month", { try await database.load(row("YH-001", "2026-11,190,1,0,0,4,187,100,30")) }),
                ("the same month of another", { try await database.load(row("QS-001", "2026-11,97,1,0,0,4,94,70,9")) }),
                ("a refused row", { try await database.load(row("QS-002", "2026-11,3,x,0,0,0,3,3,1")) }),
                (
                    "a withdrawal",
                    {
                        let connection = try database.ingest.connect()
                        let site = try #require(try RegisteredSite.find("QS-001", connection))
                        _ = try ReportWithdrawal(TestCluster.sql).withdraw(
                            site, try #require(Month("2026-11")), by: "Li", because: "another month", connection)
                    }
                ),
                (
                    "another clinic",
                    {
                        try await database.load(
                            "site,name,region,region_name\nYH-002,Yunhe Second,YH,Yunhe\n", named: "sites.csv")
                    }
                ),
                (
                    "a rule, and the load after it",
                    {
                        _ = try database.value(
                            "update mmt.quality_rule set is_active = false where rule = 'nothing_reported'")
                        try await database.load(row("YH-002", "2026-10,9,1,0,0,4,6,5,2"))
                    }
                ),
            ]
            var before = Read()
            for (name, act) in acts {
                try await act()
                let (mine, fresh) = (
                    try await read(kept), try await read(Dashboard(database: threads, sql: TestCluster.sql))
                )
                #expect(mine == fresh, "after \(name)")
                let added = try await added(kept)
                #expect(mine.series == added.series, "after \(name)")
                #expect(mine.completeness == added.completeness.filter { $0.value.expected > 0 }, "after \(name)")
                #expect(mine != before, "\(name) changes something")
                before = mine
            }
            #expect(before.completeness.values.contains { $0.received < $0.expected })
        }
    }

    @Test("only what has another mark is read again")
    func readAgain() throws {
        let kept = KeptByRegion<String>()
        var asked: [[Int]] = []
        func values(_ marks: [Int: String], tag: String = "a") throws -> [Int: String] {
            try kept.values(marks, tag: tag, else: "none") { regions in
                asked.append(regions)
                return Dictionary(
                    uniqueKeysWithValues: regions.filter { $0 < 9 }.map { ($0, "\($0)\(marks[$0] ?? "")") })
            }
        }
        #expect(try values([1: "x", 2: "x", 9: "x"]) == [1: "1x", 2: "2x", 9: "none"])
        #expect(try values([1: "x", 2: "x", 9: "x"]) == [1: "1x", 2: "2x", 9: "none"])
        #expect(try values([2: "y"]) == [2: "2y"])
        #expect(try values([1: "x", 2: "y", 3: "x"]) == [1: "1x", 2: "2y", 3: "3x"])
        #expect(try values([1: "x"], tag: "b") == [1: "1x"])
        #expect(asked == [[1, 2, 9], [2], [3], [1]])
    }
}
