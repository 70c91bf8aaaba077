import Ingest
import Metrics
import Words

/// The title and the sentence of a series: the finding of the month, and what chance alone would do.
struct SeriesSentences {
    let watched: WatchedSeries
    let month: Month
    let notes: SeriesNotes
    let target: Double?
    let words: Words

    private var series: IndicatorSeries { watched.series }
    private var definition: Definition { series.definition }
    private var numbers: NumberText { NumberText(words: words) }
    private var cell: Cell { series.cell(month) }

    var title: String {
        let values = [
            "name": definition.name(words), "figure": numbers.figure(cell, definition), "unit": definition.unit(words),
        ]
        guard cell.state == .value else {
            return words("series.title.none", ["name": definition.name(words), "state": numbers.state(cell)])
        }
        guard watched.isWatched(month) else { return words("series.title.plain", values) }
        guard let signal = watched.signal(month) else { return words("series.title.steady", values) }
        let said = SignalText(series: series, words: words).text(signal)
        return words("series.title.signal", values.merging(["signal": said]) { own, _ in own })
    }

    /// Of a month without a figure nothing but that: a hidden month is told by no number.
    var sentence: String {
        guard cell.state == .value else {
            return words("series.sentence.none", ["month": numbers.month(month), "state": numbers.state(cell)])
        }
        let writer = SeriesNotesWriter(notes: notes, words: words)
        return figure + writer.provisional(month) + usual + writer.sentence(series.months)
    }

    private var figure: String {
        let interval = numbers.interval(cell, definition)
        return words(
            "series.sentence.\(interval == nil ? "exact" : "interval")",
            [
                "month": numbers.month(month), "figure": numbers.figure(cell, definition),
                "unit": definition.unit(words), "interval": interval ?? "",
                "counts": numbers.counts(cell, definition) ?? "",
            ])
    }

    /// What is usual, how this month stands to it, and how many months carry a signal.
    private var usual: String {
        guard let chart = series.chart else { return words("series.sentence.no_limits") }
        guard watched.isWatched(month) else { return "" }
        let signals = watched.counted
        return limits(chart) + since(chart)
            + words.counted("series.sentence.signals", signals.signals, ["months": "\(signals.months)"])
            + AssuranceText(series: series, month: month, target: target, words: words).sentence
    }

    private func limits(_ chart: ControlChart) -> String {
        if let point = watched.sequentialPoint(month) {
            let values = [
                "average": point.average, "rise": point.rise, "fall": point.fall.map { -$0 }, "limit": point.limit,
            ]
            return words(
                point.average == nil ? "series.sentence.sum" : "series.sentence.average",
                values.compactMapValues { $0.map { numbers.number($0, digits: 1) } })
        }
        guard let limits = series.point(month), !definition.isStock else { return "" }
        let baseline = series.months.firstIndex(of: month).map { chart.baseline(at: $0) } ?? []
        func number(_ value: Double) -> String { numbers.number(value * series.scale, digits: definition.digits) }
        return words(
            "series.sentence.limits",
            [
                "centre": number(limits.centre), "lower": number(limits.lower), "upper": number(limits.upper),
                "baseline": "\(baseline.count)",
                "first": baseline.first.map { numbers.shortMonth(series.months[$0]) } ?? "",
                "last": baseline.last.map { numbers.shortMonth(series.months[$0]) } ?? "",
            ])
    }

    /// Why the usual level was learnt anew, or will be.
    private func since(_ chart: ControlChart) -> String {
        guard let event = notes.events.last(where: { $0.rebases && $0.month <= month }) else { return "" }
        let values = ["month": numbers.month(event.month), "reason": event.reason]
        let taken = chart.rebases.contains { series.months[$0] == event.month }
        return words(taken ? "series.sentence.rebased" : "series.sentence.not_yet_rebased", values)
    }
}
