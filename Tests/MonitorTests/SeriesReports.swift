import Ingest
import Postgres
import TestCluster
import Testing
import Words

@testable import Monitor

/// Three clinics' reports of dropouts, for what is told of a series.
enum SeriesReports {
    static let sites = """
        site,name,region,region_name
        QS-001,Qingshan First,QS,Qingshan
        QS-002,Second,QS,Qingshan
        YH-001,Third,YH,Yunhe

        """
    static let header =
        "site,month,submitted_at,opening,new,readmitted,transferred_in,exit_dropout,closing\n"

    /// A report of a month in which `clients` were there at both ends, sent on a day of the next one.
    static func row(_ site: String, _ month: Month, _ dropouts: Double, clients: Int, day: Int = 5) -> String {
        let sent = (month + 1).date(day: day)
        return "\(site),\(month),\(sent),\(clients),0,0,0,\(Int(dropouts)),\(clients)\n"
    }

    static func withDashboard(
        _ reports: String, events: String = "", asOf: String? = nil,
        _ body: (Dashboard, TestDatabase, Words) async throws -> Void
    ) async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(sites)
            if !events.isEmpty {
                try await database.load(
                    "event,kind,site,within,happened_on,ended_on,owner,reason,rebases\n" + events, named: "events.csv")
            }
            try await database.load(header + reports, .init(history: true))
            let threads = Database(database.web, threads: 1)
            defer { threads.close() }
            try await body(
                Dashboard(database: threads, sql: TestCluster.sql, asOf: asOf.flatMap { Day($0) }), database,
                TestCluster.catalogues()[.english])
        }
    }

    /// As in Tests/MetricsTests/TrendCourseTests.swift, where R's call stands.
    static let dropouts: [Double] = [
        14, 9, 12, 17, 11, 8, 13, 10, 15, 9, 12, 16, 8, 11, 14, 7, 12, 10, 9, 13, 8, 11, 6, 10, 9, 12, 7, 8, 11, 6, 10,
        5,
        9, 7, 8, 6,
    ]
}

extension Panel {
    func row(_ month: String) -> PanelRow {
        rows.first { $0["month"] == .text(month) } ?? [:]
    }
}
