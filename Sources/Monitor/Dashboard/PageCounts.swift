import Ingest
import Postgres

/// Everything that a page is made from, read in one transaction and with small numbers already hidden.
struct PageCounts: Sendable {
    let scope: Scope
    let cut: DataCut
    let definitions: [Definition]
    /// The months that have data, first to last.
    let months: [Month]
    let series: [String: [Month: Count]]
    /// The programme's own series, to stand beside a site's or region's.
    let programme: [String: [Month: Count]]
    let sites: [Site]
    private let siteSeries: [Int: [String: [Month: Count]]]
    private let disclosure: Disclosure
    let reports: [Int: [Month: ReportState]]
    let completeness: [Month: Completeness]
    let flows: [Flow]
    let versions: [ReportVersion]
    let flags: [ReportFlag]
    let events: [RegisteredEvent]
    let settling: Settling
    /// Nil where there are none.
    let records: ClientRecords?
    /// In force in the month that is shown: by indicator, in the unit that is shown.
    var targets: [String: Double] = [:]
    /// What clinics are compared by in the month that is shown; nil for a site.
    var compared: ComparedMonth?

    /// Indicators that sites are compared on.
    static let comparedFirst = ["dropout_rate", "cohort_retention_6", "positivity_clients", "dose_adequacy"]

    /// Nil where the place is not known, or not the reader's.
    init?(_ place: Scope.Place, _ counts: Counts, _ disclosure: Disclosure, _ connection: borrowing Connection) throws {
        guard let scope = try counts.scope(place, connection) else { return nil }
        self.scope = scope
        let cut = try counts.dataCut(scope, connection)
        self.cut = cut
        definitions = try counts.definitions(connection)
        months = cut.months
        self.disclosure = disclosure
        let hide = { (series: [String: [Month: Count]]) in
            series.mapValues { $0.mapValues { disclosure.applied(to: $0) } }
        }
        let regions = try RegionCounts(cut, counts, connection)
        programme = hide(try regions.series(.programme, connection))
        series = hide(try scope.isSite ? counts.series(scope, connection) : regions.series(scope, connection))
        sites = try counts.sites(scope, connection)
        reports = try regions.reports(scope, connection)
        completeness = try regions.completeness(scope, connection)
        events = try counts.events(connection)
        settling = try counts.settling(scope, connection)
        // What was known of persons in the past is not kept: only today's knowledge of them is shown.
        records = cut.asOf == nil ? try counts.clientRecords(scope, connection) : nil
        if scope.isSite {
            siteSeries = [:]
            flows = try counts.flows(scope, connection)
            versions = try counts.versions(scope, connection)
            flags = try counts.flags(scope, connection)
        } else {
            siteSeries = try regions.siteSeries(scope, connection)
            (flows, versions, flags) = ([], [], [])
        }
    }

    /// An indicator of the scope over time.
    func indicator(_ name: String) -> IndicatorSeries? {
        definitions.first { $0.indicator == name }.map { definition in
            IndicatorSeries(
                definition, months: months, counts: series[name] ?? [:],
                reports: scope.siteID.map { reports[$0] ?? [:] }, events: notes.events,
                isComplete: { month in
                    scope.isSite || series[name]?[month]?.sites == completeness[month]?.expected
                })
        }
    }

    func siteCount(_ site: Int, _ indicator: String, _ month: Month) -> Count? {
        siteSeries[site]?[indicator]?[month].map(disclosure.applied)
    }

    /// An indicator of one of the scope's clinics.
    func siteCounts(_ site: Int, _ indicator: String) -> [Month: Count] {
        siteSeries[site]?[indicator]?.mapValues { disclosure.applied(to: $0) } ?? [:]
    }

    func siteIndicators(_ names: [String], _ site: Site) -> [IndicatorSeries] {
        definitions.filter { names.contains($0.indicator) }.map { definition in
            IndicatorSeries(
                definition, months: months, counts: siteCounts(site.id, definition.indicator),
                reports: reports[site.id] ?? [:],
                events: events.filter { $0.concerns(site) })
        }
    }

    /// What must be known beside the scope's figures.
    var notes: SeriesNotes {
        SeriesNotes(
            events: events.filter { $0.concerns(scope) },
            provisional: scope.siteID.map { settling.provisional(site: $0) } ?? settling.provisional(reports: reports))
    }

    /// The programme's figure of a month.
    func programmeCell(_ definition: Definition, _ month: Month) -> Cell {
        .of(programme[definition.indicator]?[month], definition, report: nil)
    }

    var usualMonth: Month? { Self.usualMonth(months, completeness) }

    /// The month to show when none is asked for: the newest whose deadline has passed for most, or the newest.
    static func usualMonth(_ months: [Month], _ completeness: [Month: Completeness]) -> Month? {
        months.last { month in
            guard let reports = completeness[month] else { return false }
            return reports.received * 2 > reports.expected
        } ?? months.last
    }
}
