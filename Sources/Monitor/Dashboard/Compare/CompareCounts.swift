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
        let usual = try PageCounts.usualMonth(months, counts.completeness(scope, cut, connection))
        guard let shown = month ?? usual else { return nil }
        compared = try ComparedMonth([indicator], shown, counts, disclosure, connection)
        let first = withMonths ? max(months[0], shown - (MultiplesPanel.months - 1)) : shown
        events = try counts.events(connection)
        reports = try counts.reportStates(.programme, from: first, connection)
        let read =
            withMonths
            ? try counts.siteSeries(.programme, indicators: [indicator], connection).mapValues { $0[indicator] ?? [:] }
            : [:]
        whole = Self.sums(read).mapValues(disclosure.applied)
        series = read.mapValues { $0.mapValues { disclosure.applied(to: $0) } }
    }

    private static func sums(_ series: [Int: [Month: Count]]) -> [Month: Count] {
        var months: [Month: [Count]] = [:]
        for counts in series.values {
            for (month, count) in counts { months[month, default: []].append(count) }
        }
        return months.mapValues { ComparedMonth.sum($0) }
    }
}
