import Ingest
import Metrics
import Words

/// Every clinic of a programme or region: the icon of its variation in the month, and where each indicator has been going.
struct TrendsPanel {
    let counts: PageCounts
    /// Each clinic's indicators, by its number.
    let series: [Int: [IndicatorSeries]]
    let month: Month
    let words: Words

    private static let parts = ["state", "signal", "measure", "trend", "trendLow", "trendHigh", "p", "q"]
    static let fileKeys =
        ["month", "site", "name", "region"]
        + CallFirst.indicators.flatMap { indicator in [indicator] + parts.map { "\(indicator)_\($0)" } }

    private var numbers: NumberText { NumberText(words: words) }
    private var definitions: [Definition] {
        CallFirst.indicators.compactMap { indicator in counts.definitions.first { $0.indicator == indicator } }
    }

    func panel() -> Panel {
        let entries = ClinicTrends(counts: counts, series: series, month: month).judged()
        let rows = zip(counts.sites, entries).sorted { order($0) < order($1) }.map { row($0, $1) }
        let made = entries.flatMap(\.values)
        let found = made.count { ($0.q ?? 1) <= ClinicTrends.falseShare }
        let values = [
            "month": numbers.month(month), "made": words.grouped(made.count { $0.finding != nil }),
            "months": "\(SeriesTrend.windowMonths)", "share": numbers.number(100 * ClinicTrends.falseShare, digits: 0),
        ]
        return Panel(
            id: "trends", kind: .table, title: words.counted("trends.title", found, values),
            subtitle: words("trends.subtitle", values), sentence: words.counted("trends.sentence", found, values),
            caveat: words("trends.caveat"), columns: columns, rows: rows,
            links: Panel.Files(
                csv: "\(counts.scope.apiURL)/trends.csv?month=\(month)",
                json: "\(counts.scope.apiURL)/trends?month=\(month)"))
    }

    /// The surest trends first, then by code.
    private func order(_ entry: (Site, [String: ClinicTrends.Entry])) -> (Double, String) {
        (entry.1.values.compactMap(\.q).min() ?? 2, entry.0.code)
    }

    private var columns: [Panel.Column] {
        [
            Panel.Column(key: "site", label: words("table.code")),
            Panel.Column(key: "name", label: words("table.site")),
        ]
            + definitions.flatMap { definition in
                let name = definition.name(words)
                let key = definition.indicator
                return [
                    Panel.Column(
                        key: "\(key)_signalText", label: words("trends.signal", ["name": name]), mark: "\(key)_signal"),
                    Panel.Column(
                        key: "\(key)_trendText",
                        label: words("trends.trend.\(measure(of: definition).rawValue)", ["name": name])),
                ]
            }
    }

    private func measure(of definition: Definition) -> SeriesTrend.Measure {
        switch definition.kind {
        case .rate: .rate
        case .proportion: .odds
        case .count, .mean: .level
        }
    }

    private func row(_ site: Site, _ entries: [String: ClinicTrends.Entry]) -> PanelRow {
        var row: PanelRow = [
            "month": .text("\(month)"), "site": .text(site.code), "name": .text(site.name.text(in: words.language)),
            "region": .text(site.regionCode), "url": .text(site.url),
        ]
        for (indicator, entry) in entries {
            let definition = entry.series.definition
            let estimate = entry.series.cell(month).estimate
            row[indicator] = Datum(estimate.map { $0.point * definition.shownPer })
            for (part, datum) in items(entry) { row["\(indicator)_\(part)"] = datum }
        }
        return row
    }

    /// Where there is no icon: the state, unless there is a figure and only its chart is lacking.
    private func absent(_ cell: Cell) -> String { cell.state == .value ? "" : numbers.state(cell) }

    private func items(_ entry: ClinicTrends.Entry) -> PanelRow {
        let cell = entry.series.cell(month)
        let watched = entry.series.point(month) != nil
        let icon = SignalText(series: entry.series, words: words).variation(entry.signal)
        let finding = entry.finding
        let written = finding.map { TrendWriter(definition: entry.series.definition, words: words).cell($0) }
        let stands = (entry.q ?? 1) <= ClinicTrends.falseShare
        return [
            "state": .text(cell.state.rawValue), "signal": .text(watched ? icon.direction : ""),
            "side": Datum(entry.signal?.side.rawValue),
            "signalText": .text(
                watched ? words("trends.icon.\(icon.direction)", ["letter": icon.letter]) : absent(cell)),
            "trendText": .text(written.map { stands ? words("trends.stands_out", ["trend": $0]) : $0 } ?? ""),
            "measure": Datum(finding?.measure.rawValue), "trend": Datum(finding?.change),
            "trendLow": Datum(finding?.interval.lower), "trendHigh": Datum(finding?.interval.upper),
            "p": Datum(finding?.p), "q": Datum(entry.q),
        ]
    }
}
