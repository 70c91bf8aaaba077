import Ingest
import Metrics
import Words

/// An indicator over time with its interval, its limits and its signals.
struct SeriesPanel {
    let series: IndicatorSeries
    let scope: Scope
    /// The month that the page is about.
    let month: Month
    /// Months that may still change: their reports are not all in.
    let provisional: Set<Month>
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }
    private var definition: Definition { series.definition }
    private var name: String { definition.name(words) }

    func panel(comparedWith programme: Cell?) -> Panel {
        let cell = series.cell(month)
        return Panel(
            id: definition.indicator, kind: .series, title: title(cell),
            subtitle: words("series.subtitle.\(definition.kind.rawValue)", ["unit": definition.unit(words)]),
            sentence: sentence(cell), caveat: words("indicator.\(definition.indicator).caveat"),
            figure: figure(cell),
            comparison: programme.map {
                Panel.Comparison(label: words("scope.programme"), text: numbers.withInterval($0, definition))
            },
            definition: definition.link(words), chart: "series", higherIs: definition.higherIs.rawValue,
            axis: Panel.Axis(
                title: definition.unit(words), zero: definition.kind != .mean, percent: definition.kind == .proportion),
            columns: columns, rows: zip(series.months, series.cells).map(row),
            links: Panel.Files(
                csv: "\(scope.apiURL)/series/\(definition.indicator).csv",
                json: "\(scope.apiURL)/series/\(definition.indicator)"))
    }

    private var columns: [Panel.Column] {
        var columns = [
            Panel.Column(key: "monthText", label: words("table.month")), Panel.Column(key: "text", label: name),
        ]
        if definition.kind != .count {
            columns += ["numerator", "denominator"].map {
                Panel.Column(key: "\($0)Text", label: words("indicator.\(definition.indicator).\($0)"))
            }
        }
        return columns + [Panel.Column(key: "signalText", label: words("table.signal"))]
    }

    private func row(_ month: Month, _ cell: Cell) -> PanelRow {
        let limits = definition.isStock ? nil : series.point(month)
        let scale = series.scale
        let signal = series.signal(month)
        let own: PanelRow = [
            "month": .text("\(month)"), "monthText": .text(numbers.shortMonth(month)),
            "centre": Datum(limits.map { $0.centre * scale }), "lowerLimit": Datum(limits.map { $0.lower * scale }),
            "upperLimit": Datum(limits.map { $0.upper * scale }),
            "signal": .text(signal.map { series.meaning(of: $0.side).rawValue } ?? "none"),
            "signalText": .text(signal.map(signalText) ?? ""), "provisional": .flag(provisional.contains(month)),
        ]
        return own.merging(numbers.items(cell, definition)) { own, _ in own }
    }

    private func figure(_ cell: Cell) -> Panel.Figure {
        Panel.Figure(
            text: numbers.figure(cell, definition), interval: numbers.interval(cell, definition),
            unit: cell.state == .value ? definition.unit(words) : "", state: cell.state.rawValue,
            detail: numbers.counts(cell, definition), variation: variation)
    }

    private var variation: Panel.Variation? {
        guard series.point(month) != nil else { return nil }
        let direction = series.signal(month).map { series.meaning(of: $0.side).rawValue } ?? "none"
        return Panel.Variation(direction: direction, text: words("variation.\(direction)"))
    }

    /// What a signal says: "above its limits", "higher than usual since April 2023".
    func signalText(_ signal: SpecialCause) -> String {
        let stock = definition.isStock ? "stock." : ""
        return words(
            "signal.\(stock)\(signal.rule.rawValue).\(signal.side.rawValue)",
            ["since": numbers.month(series.months[signal.since])])
    }

    private func title(_ cell: Cell) -> String {
        let values = ["name": name, "figure": numbers.figure(cell, definition), "unit": definition.unit(words)]
        guard cell.state == .value else {
            return words("series.title.none", ["name": name, "state": numbers.state(cell)])
        }
        guard series.point(month) != nil else { return words("series.title.plain", values) }
        guard let signal = series.signal(month) else { return words("series.title.steady", values) }
        return words("series.title.signal", values.merging(["signal": signalText(signal)]) { own, _ in own })
    }

    private func sentence(_ cell: Cell) -> String {
        guard cell.state == .value else {
            return words("series.sentence.none", ["month": numbers.month(month), "state": numbers.state(cell)])
        }
        var values = [
            "month": numbers.month(month), "figure": numbers.figure(cell, definition), "unit": definition.unit(words),
            "interval": numbers.interval(cell, definition) ?? "", "counts": numbers.counts(cell, definition) ?? "",
        ]
        let interval = values["interval"] == "" ? "exact" : "interval"
        let first = words("series.sentence.\(interval)", values)
        guard let chart = series.chart else { return first + words("series.sentence.no_limits") }
        guard let limits = series.point(month), !definition.isStock else { return first }
        let digits = definition.digits
        values["centre"] = numbers.number(limits.centre * series.scale, digits: digits)
        values["lower"] = numbers.number(limits.lower * series.scale, digits: digits)
        values["upper"] = numbers.number(limits.upper * series.scale, digits: digits)
        values["baseline"] = "\(chart.baseline.count)"
        let signals = chart.points.count { $0?.signals.isEmpty == false }
        return first + words("series.sentence.limits", values)
            + words.counted("series.sentence.signals", signals, ["months": "\(chart.points.count { $0 != nil })"])
    }
}
