import Ingest
import Postgres

/// Everything that the comparison of clinics on one indicator is made from, read in one transaction.
struct CompareCounts: Sendable {
    let scope: Scope
    let cut: DataCut
    let definition: Definition
    /// Every indicator that clinics can be compared on.
    let definitions: [Definition]
    let months: [Month]
    let compared: ComparedMonth
    /// By site number and month; empty unless it was asked for.
    let series: [Int: [Month: Count]]
    /// All clinics together.
    let whole: [Month: Count]
    let reports: [Int: [Month: ReportState]]
    let events: [RegisteredEvent]

    /// Nil where the place or the indicator is not known, or is one that clinics are not compared on, or there are no data.
    init?(
        _ indicator: String, _ place: Scope.Place, month: Month?, withMonths: Bool, _ counts: Counts,
        _ disclosure: Disclosure, _ connection: borrowing Connection
    ) throws {
        guard let scope = try counts.scope(place, connection), !scope.isSite else { return nil }
        definitions = try counts.definitions(connection).filter(SiteComparison.compares)
        guard let definition = definitions.first(where: { $0.indicator == indicator }) else { return nil }
        (self.scope, self.definition) = (scope, definition)
        let cut = try counts.dataCut(scope, connection)
        self.cut = cut
        let months = cut.months
        self.months = months
        if let month, !months.contains(month) { throw MonthWithoutData(month: month) }
        let regions = try RegionCounts(cut, counts, connection)
        guard let shown = try month ?? regions.usualMonth(scope, connection) else { return nil }
        compared = try ComparedMonth([indicator], shown, counts, disclosure, connection)
        events = try counts.events(connection)
        reports = try regions.reports(.programme, connection)
        guard withMonths else {
            (whole, series) = ([:], [:])
            return
        }
        let read = try counts.siteSeries(regions: nil, indicators: [indicator], connection)
        whole = try (regions.series(.programme, connection)[indicator] ?? [:]).mapValues(disclosure.applied)
        series = read.values.reduce(into: [:]) { sites, region in
            for (site, series) in region {
                sites[site] = (series[indicator] ?? [:]).mapValues(disclosure.applied)
            }
        }
    }
}
