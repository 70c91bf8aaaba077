import Foundation
import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// One province with its client records, loaded: they agree with its reports, and pages have something to show.
@Suite struct SampleClientLoadTests {
    private static let differing = """
        select distinct site || ' ' || to_char(month, 'YYYY-MM') as place from mmt.reconciliation
        where difference <> 0 order by 1
        """

    @Test("client records load, differ from reports where a fault was put in and nowhere else, and give curves")
    func load() async throws {
        let sample = try SampleFixture.programme.get()
        try await TestCluster.withDatabase { database in
            let rejected = try await load(sample, database)
            #expect(rejected == ["clients_doses_\(sample.slip(.doseMistyped)?.site.lowercased() ?? "").csv": 1])

            let connection = try database.administration.connect()
            let differing = try connection.query(Self.differing).map { try $0.string("place") }
            let planned = Set(
                sample.faults.filter(\.kind.spoilsCounts).map { "\($0.site ?? "") \($0.month)" }
                    + sample.slips.map { "\($0.site) \($0.month)" })
            #expect(Set(differing).isSubset(of: planned), "\(differing)")
            for kind in [SampleSlip.Kind.sheetsLost, .doseMistyped] {
                let slip = try #require(sample.slip(kind))
                #expect(differing.contains("\(slip.site) \(slip.month)"))
            }
            let compared = try database.value(
                "select count(distinct (site, month)) from mmt.reconciliation where field = 'closing' and difference = 0"
            )
            #expect((Int(compared ?? "") ?? 0) > 350)
            try await shows(sample, database)
        }
    }

    /// Rows refused by file, of the registry, one province's reports and the client records.
    private func load(_ sample: SampleProgramme, _ database: TestDatabase) async throws -> [String: Int] {
        var rejected: [String: Int] = [:]
        let province = sample.clinics.first { $0.region.keepsClientRecords }?.region.slug ?? ""
        try await TestCluster.withFolder { folder in
            let loader = try database.loader()
            let connection = try database.ingest.connect()
            for file in sample.files
            where file.name == "sites.csv" || file.name.contains(province)
                || file.name.hasPrefix("clients_")
            {
                let url = folder.appending(path: file.name)
                try Data(file.bytes).write(to: url)
                for receipt in try loader.load(try ReceivedFile(url), .init(history: true), connection)
                where file.name.hasPrefix("clients_") && receipt.counts.rejected > 0 {
                    rejected[file.name] = receipt.counts.rejected
                }
            }
        }
        return rejected
    }

    private func shows(_ sample: SampleProgramme, _ database: TestDatabase) async throws {
        let threads = Database(database.web, threads: 1)
        defer { threads.close() }
        let dashboard = Dashboard(database: threads, sql: TestCluster.sql)
        let words = try TestCluster.catalogues()[.english]
        let scope = SampleRecordScope(clinics: sample.clinics, months: sample.months)
        for clinic in scope.withSheets {
            let page = try #require(
                try await dashboard.records(.site(code: clinic.site), month: sample.lastMonth, rule: nil, words))
            let retention = try #require(page.panels.first { $0.id == "retention" })
            #expect(retention.figure?.state == "value", "\(clinic.site): \(retention.title)")
            for name in ["exit_incidence", "occupancy", "rules", "dropouts", "tests", "behaviour", "service"] {
                #expect(page.panels.contains { $0.id == name }, "\(clinic.site) \(name)")
            }
        }
    }
}

extension SampleProgramme {
    fileprivate func slip(_ kind: SampleSlip.Kind) -> SampleSlip? { slips.first { $0.kind == kind } }
}
