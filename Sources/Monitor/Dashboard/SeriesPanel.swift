import Ingest
import Metrics
import Words

/// An indicator over time with its interval, its limits, its signals and its trend.
struct SeriesPanel {
    let series: IndicatorSeries
    let scope: Scope
    /// The month that the page is about.
    let month: Month
    let notes: SeriesNotes
    let method: ChartMethod
    /// What the programme means to reach, in the unit that is shown; nil where no target has been set.
    let target: Double?
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }
    private var definition: Definition { series.definition }
    private var name: String { definition.name(words) }
    private var flags: SeriesNotesWriter { SeriesNotesWriter(notes: notes, words: words) }

    func panel(comparedWith programme: Cell?) -> Panel {
        let cell = series.cell(month)
        let watched = WatchedSeries(series, by: method)
        let trend = SeriesTrend(series, upTo: month, without: notes.provisionalMonths)
        let sentences = SeriesSentences(watched: watched, month: month, notes: notes, target: target, words: words)
        let written = trend.map { TrendWriter(definition: definition, words: words).written($0, bends) }
        return Panel(
            id: definition.indicator, kind: .series, title: sentences.title,
            subtitle: words("series.subtitle.\(definition.kind.rawValue)", ["unit": definition.unit(words)]),
            sentence: sentences.sentence,
            caveat: words("indicator.\(definition.indicator).caveat"), figure: figure(cell, watched),
            comparison: programme.map {
                Panel.Comparison(label: words("scope.programme"), text: numbers.withInterval($0, definition))
            },
            definition: definition.link(words), chart: watched.sequential == nil ? "series" : "memory",
            higherIs: definition.higherIs.rawValue, axis: axis(watched), columns: columns(watched),
            rows: zip(series.months, series.cells).map { row($0, $1, watched, trend) },
            links: links, events: flags.flags(series.months), trend: cell.state == .suppressed ? nil : written,
            control: series.chart.map { chart in
                Panel.Control(
                    method: method.rawValue, text: words("chart.method.\(method.rawValue)"),
                    rebases: chart.rebases.map { "\(series.months[$0])" })
            })
    }

    /// Looked for in sums over clinics alone.
    private var bends: CourseBends? {
        scope.isSite ? nil : CourseBends(series, upTo: month, without: notes.provisionalMonths)
    }

    private func axis(_ watched: WatchedSeries) -> Panel.Axis {
        guard watched.sequential == nil else {
            return Panel.Axis(title: words("series.axis.deviations"), zero: true, percent: false)
        }
        return Panel.Axis(
            title: definition.unit(words), zero: definition.kind != .mean, percent: definition.kind == .proportion)
    }

    private var links: Panel.Files {
        let address = "\(scope.apiURL)/series/\(definition.indicator)"
        let query = "?month=\(month)" + (method == .shewhart ? "" : "&chart=\(method.rawValue)")
        return Panel.Files(csv: "\(address).csv\(query)", json: "\(address)\(query)")
    }

    private func columns(_ watched: WatchedSeries) -> [Panel.Column] {
        var columns = [
            Panel.Column(key: "monthText", label: words("table.month")), Panel.Column(key: "text", label: name),
        ]
        if definition.kind != .count {
            columns += ["numerator", "denominator"].map {
                Panel.Column(key: "\($0)Text", label: words("indicator.\(definition.indicator).\($0)"))
            }
        }
        if watched.sequential != nil { columns.append(Panel.Column(key: "memoryText", label: words("table.memory"))) }
        return columns + [
            Panel.Column(key: "signalText", label: words("table.signal")),
            Panel.Column(key: "trendText", label: words("table.trend")),
            Panel.Column(key: "noteText", label: words("table.note")),
        ]
    }

    private func row(_ month: Month, _ cell: Cell, _ watched: WatchedSeries, _ trend: SeriesTrend?) -> PanelRow {
        let signal = watched.signal(month)
        var row: PanelRow = [
            "month": .text("\(month)"), "monthText": .text(numbers.shortMonth(month)),
            "signal": .text(signal.map { series.meaning(of: $0.side).rawValue } ?? "none"),
            "signalText": .text(signal.map { SignalText(series: series, words: words).text($0) } ?? ""),
            "provisional": .flag(notes.provisional[month] != nil), "noteText": .text(flags.ofMonth(month)),
        ]
        row.merge(watched.items(month)) { own, _ in own }
        row.merge(numbers.items(cell, definition)) { own, _ in own }
        // The course goes through a hidden month, but a row that hides its number has none at all.
        let shown = cell.state == .suppressed ? nil : trend
        row.merge(TrendWriter(definition: definition, words: words).items(shown, month)) { own, _ in own }
        if watched.sequential != nil { row["memoryText"] = .text(memory(watched.sequentialPoint(month))) }
        return row
    }

    /// "1.2", or a rise and a fall, in standard deviations.
    private func memory(_ point: SequentialChart.Point?) -> String {
        [point?.average, point?.rise, point?.fall].compactMap { $0.map { numbers.number($0, digits: 1) } }
            .joined(separator: " / ")
    }

    private func figure(_ cell: Cell, _ watched: WatchedSeries) -> Panel.Figure {
        Panel.Figure(
            text: numbers.figure(cell, definition), interval: numbers.interval(cell, definition),
            unit: cell.state == .value ? definition.unit(words) : "", state: cell.state.rawValue,
            detail: numbers.counts(cell, definition),
            variation: watched.isWatched(month)
                ? SignalText(series: series, words: words).variation(watched.signal(month)) : nil,
            assurance: AssuranceText(series: series, month: month, target: target, words: words).written)
    }
}
