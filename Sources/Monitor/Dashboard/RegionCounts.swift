import Ingest
import Postgres

/// What counts of monthly reports depend on: where it is as before, so are they.
struct RegionMarks: Sendable {
    /// By region number.
    let regions: [Int: String]
    let elsewhere: String

    init(_ counts: Counts, _ connection: borrowing Connection) throws {
        let rows = try connection.query(counts.sql.text("counts/region_marks.sql")).map { row in
            (try row.integer("region_id"), try row.string("mark"), try row.string("elsewhere"))
        }
        regions = Dictionary(uniqueKeysWithValues: rows.map { ($0.0, $0.1) })
        elsewhere = rows.first?.2 ?? ""
    }
}

/// Counts of monthly reports, region by region: most of what pages are made of. A load changes one region's; the others' stay.
struct RegionCounts: Sendable {
    private let marks: [Int: String]
    /// What all regions' counts depend on.
    private let tag: String
    private let cut: DataCut
    private let counts: Counts

    /// Indicators that each clinic's counts are read of.
    private static let perSite = Array(Set(CallFirst.indicators)).sorted()

    init(_ cut: DataCut, _ counts: Counts, _ connection: borrowing Connection) throws {
        let read = try counts.kept.marks.value(.programme, tag: counts.tag(cut)) { try RegionMarks(counts, connection) }
        marks = read.regions
        tag = [read.elsewhere, cut.asOf ?? "", counts.account ?? ""].joined(separator: " ")
        (self.cut, self.counts) = (cut, counts)
    }

    /// A region's or the programme's counts by indicator and month, added over clinics.
    func series(_ scope: Scope, _ connection: borrowing Connection) throws -> [String: [Month: Count]] {
        let regions = try counts.kept.series.values(wanted(scope), tag: tag, else: [:]) { regions in
            var series: [Int: [String: [Month: Count]]] = [:]
            _ = try connection.query(counts.sql.text("counts/region_series.sql"), [Self.list(regions)]).map { row in
                series[try row.integer("region_id"), default: [:]][try row.string("indicator")] =
                    try row.countsByMonth()
            }
            return series
        }
        var sums: [String: [Month: Count]] = [:]
        // One after another: sums of decimals differ by the order they are added in.
        for (_, series) in regions.sorted(by: { $0.key < $1.key }) {
            for (indicator, months) in series {
                sums[indicator, default: [:]].merge(months) { $0.added(to: $1) }
            }
        }
        return sums
    }

    /// Some indicators of each clinic of a region or of all: by site number, indicator and month.
    func siteSeries(_ scope: Scope, _ connection: borrowing Connection) throws -> [Int: [String: [Month: Count]]] {
        try flat(
            counts.kept.siteSeries.values(wanted(scope), tag: tag, else: [:]) { regions in
                try counts.siteSeries(regions: regions, indicators: Self.perSite, connection)
            })
    }

    /// What became of each expected report of a clinic, a region's clinics or all: by site number and month.
    func reports(_ scope: Scope, _ connection: borrowing Connection) throws -> [Int: [Month: ReportState]] {
        let all = try flat(regionReports(wanted(scope), connection).mapValues(\.states))
        return scope.siteID.map { site in all.filter { $0.key == site } } ?? all
    }

    /// Reports of a region or of all; of a site, those of all, by which the month is chosen that its page shows.
    func completeness(_ scope: Scope, _ connection: borrowing Connection) throws -> [Month: Completeness] {
        let regions = try regionReports(scope.isSite ? marks : wanted(scope), connection)
        return regions.values.reduce(into: [:]) { sums, region in
            sums.merge(region.completeness) { $0.added(to: $1) }
        }
    }

    /// The month to show when none is asked for.
    func usualMonth(_ scope: Scope, _ connection: borrowing Connection) throws -> Month? {
        PageCounts.usualMonth(cut.months, try completeness(scope, connection))
    }

    private func regionReports(
        _ wanted: [Int: String], _ connection: borrowing Connection
    ) throws -> [Int: RegionReports] {
        // A month falls due overnight, and one more is expected of everybody when the first clinic reports it.
        let due = [tag, cut.today] + [cut.firstMonth, cut.lastMonth].map { $0.map(\.description) ?? "" }
        let none = RegionReports(states: [:])
        return try counts.kept.reports.values(wanted, tag: due.joined(separator: " "), else: none) { regions in
            try counts.reportStates(regions: regions, connection).mapValues(RegionReports.init)
        }
    }

    private func wanted(_ scope: Scope) -> [Int: String] {
        scope.regionID.map { region in marks.filter { $0.key == region } } ?? marks
    }

    private func flat<Value>(_ regions: [Int: [Int: Value]]) -> [Int: Value] {
        regions.values.reduce(into: [:]) { all, sites in all.merge(sites) { first, _ in first } }
    }

    static func list(_ numbers: [Int]) -> String { "{\(numbers.map(String.init).joined(separator: ","))}" }
}

/// What became of the reports of a region's clinics.
struct RegionReports: Sendable {
    let states: [Int: [Month: ReportState]]
    let completeness: [Month: Completeness]

    init(states: [Int: [Month: ReportState]]) {
        self.states = states
        completeness = Completeness.byMonth(states.values)
    }
}
