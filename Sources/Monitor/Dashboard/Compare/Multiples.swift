import Ingest
import Metrics
import Words

/// Every clinic's months on one shared scale, as small as they can be read: written for hundreds of clinics, so its rows
/// hold bare values instead of cells in words.
struct Multiples: Sendable, Encodable {
    struct Mark: Sendable, Encodable {
        /// Place among the months.
        let at: Int
        /// worse, better or change.
        let `is`: String
    }
    struct Row: Sendable, Encodable {
        let site, name, regionName, url: String
        /// The month's figure with its interval, or its state in words.
        let text: String
        /// Beside the programme, as in the list.
        let signal, signalText: String
        /// One for each month: the figure, or the name of its state.
        let values: [Datum]
        /// Months in which the clinic's own control chart carries a signal.
        let marks: [Mark]
    }
    let title, subtitle, sentence: String
    let months: [String]
    /// The programme's figure of each month.
    let whole: [Datum]
    /// The shared scale; what lies beyond runs off it.
    let bottom, top: Double
    let rows: [Row]
    let links: Panel.Files
}

/// One indicator of all clinics over time, in the order of the comparison.
struct MultiplesPanel {
    let comparison: SiteComparison
    let series: [Int: IndicatorSeries]
    let whole: [Month: Cell]
    let scope: Scope
    let words: Words

    /// Three years, in which a reader sees what is usual and what is new.
    static let months = 36
    /// One in a hundred values may run off the scale: a clinic of few clients would squeeze all others.
    private static let shownShare = 0.99

    private var numbers: NumberText { NumberText(words: words) }
    private var definition: Definition { comparison.definition }
    private var said: CompareWords { CompareWords(comparison: comparison, scope: scope, words: words) }
    private var entries: [SiteComparison.Entry] { comparison.entries(of: scope) }

    private var shownMonths: [Month] {
        let known = series.values.first?.months ?? []
        return Array(known.filter { $0 <= comparison.month }.suffix(Self.months))
    }

    func multiples() -> Multiples {
        let months = shownMonths
        let rows = entries.map { row($0, months) }
        let scale = scale(rows)
        return Multiples(
            title: words("comparison.multiples.title", said.values),
            subtitle: words("comparison.multiples.subtitle", said.values),
            sentence: sentence, months: months.map(\.description),
            whole: months.map { Datum(whole[$0]?.estimate.map { $0.point * definition.shownPer }).drawn },
            bottom: scale.bottom, top: scale.top, rows: rows, links: links)
    }

    /// What the clinics' own charts say of the month, and how many would by chance alone.
    private var sentence: String {
        let charts = entries.count { series[$0.site.id]?.point(comparison.month) != nil }
        let marked = entries.count { series[$0.site.id]?.signal(comparison.month) != nil }
        guard charts > 0 else { return words("comparison.multiples.no_charts") }
        return words.counted(
            "comparison.multiples.charts", marked,
            [
                "charts": words.grouped(charts),
                "expected": numbers.number(Double(charts) * SpecialCause.falseSignalsPerMonth, digits: 1),
            ])
    }

    private var links: Panel.Files {
        let address = "/api/v1/compare/\(definition.indicator)/months"
        let query = "?month=\(comparison.month)" + (scope.place == .programme ? "" : "&region=\(scope.code)")
        return Panel.Files(csv: "\(address).csv\(query)", json: "\(address)\(query)")
    }

    private func row(_ entry: SiteComparison.Entry, _ months: [Month]) -> Multiples.Row {
        let direction = comparison.direction(entry)
        let own = series[entry.site.id]
        return Multiples.Row(
            site: entry.site.code, name: entry.site.name.text(in: words.language),
            regionName: entry.site.regionName.text(in: words.language), url: entry.site.url,
            text: numbers.withInterval(entry.cell, definition), signal: direction,
            signalText: words("compare.\(direction)"),
            values: months.map { month in
                guard let cell = own?.cell(month) else { return .text(Cell.State.notReported.rawValue) }
                return cell.estimate.map { Datum.number($0.point * definition.shownPer).short }
                    ?? .text(cell.state.rawValue)
            },
            marks: months.enumerated().compactMap { place, month in
                guard let own, let signal = own.signal(month) else { return nil }
                return Multiples.Mark(at: place, is: own.meaning(of: signal.side).rawValue)
            })
    }

    /// From zero, but for proportions that all lie far from it.
    private func scale(_ rows: [Multiples.Row]) -> (bottom: Double, top: Double) {
        let values = rows.flatMap(\.values).compactMap { datum -> Double? in
            if case .number(let value) = datum { value } else { nil }
        }.sorted()
        guard let largest = values.last, largest > 0 else { return (0, 1) }
        func usual(_ share: Double) -> Double { values[Int(Double(values.count - 1) * share)] }
        let top = usual(Self.shownShare) > 0 ? usual(Self.shownShare) : largest
        guard definition.kind == .proportion else { return (0, top) }
        let bottom = usual(1 - Self.shownShare)
        return (bottom > top / 2 ? bottom : 0, min(definition.per, top))
    }
}

extension MultiplesPanel {
    /// The same with every number and state, a row for each clinic and month.
    func panel() -> Panel {
        let months = shownMonths
        return Panel(
            id: "months_\(definition.indicator)", kind: .multiples,
            title: words("comparison.multiples.title", said.values),
            subtitle: words("comparison.multiples.subtitle", said.values),
            sentence: sentence, definition: definition.link(words), higherIs: definition.higherIs.rawValue,
            axis: Panel.Axis(title: definition.unit(words), zero: true, percent: definition.kind == .proportion),
            columns: [
                Panel.Column(key: "name", label: words("table.site")),
                Panel.Column(key: "monthText", label: words("table.month")),
                Panel.Column(key: "text", label: definition.name(words)),
                Panel.Column(key: "numeratorText", label: words("indicator.\(definition.indicator).numerator")),
                Panel.Column(key: "denominatorText", label: words("indicator.\(definition.indicator).denominator")),
                Panel.Column(key: "signalText", label: words("table.signal")),
            ],
            rows: entries.flatMap { entry in months.map { full(entry, $0) } }, links: links)
    }

    private func full(_ entry: SiteComparison.Entry, _ month: Month) -> PanelRow {
        let own = series[entry.site.id]
        let signal = own?.signal(month)
        let direction = signal.flatMap { found in own?.meaning(of: found.side).rawValue } ?? "none"
        let row: PanelRow = [
            "month": .text("\(month)"), "monthText": .text(numbers.shortMonth(month)),
            "site": .text(entry.site.code), "name": .text(entry.site.name.text(in: words.language)),
            "url": .text(entry.site.url), "signal": .text(direction),
            "signalText": .text(direction == "none" ? "" : words("variation.\(direction)")),
        ]
        return row.merging(numbers.items(own?.cell(month) ?? Cell(.notReported), definition)) { own, _ in own }
    }
}

extension Datum {
    /// To three significant digits: what a picture of the size of a stamp can show.
    fileprivate var short: Datum {
        guard case .number(let number) = self, number != 0, number.isFinite else { return self }
        var scale = 1.0
        while abs(number) * scale < 100 { scale *= 10 }
        return .number((number * scale).rounded() / scale)
    }
}
