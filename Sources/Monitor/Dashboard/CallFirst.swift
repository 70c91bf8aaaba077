import Ingest
import Metrics
import Words

/// Which clinics need a call, and why: those whose own chart carries a signal for the worse, the clearest first, and
/// those that have fallen silent.
struct CallFirst: Sendable {
    /// More than a morning's calls help nobody.
    static let longest = 7
    /// The charts that are read for it.
    static let indicators = ["dropout_rate", "cohort_retention_6", "positivity_clients", "caseload"]
    /// Months without a report, deadline passed, after which silence is a reason to call.
    static let silentMonths = 2

    struct Item: Sendable {
        let site: Site
        let series: IndicatorSeries?
        /// Standard deviations, for the order alone.
        let evidence: Double
        let silentMonths: Int
    }

    let month: Month
    let items: [Item]
    /// Charts that have a point in the month, and those of them that carry a signal.
    let charts: Int
    let signals: Int
    /// By site number and indicator: how odd the month is after having looked at all clinics' charts of the indicator.
    let q: [Int: [String: Double]]

    init(
        month: Month, sites: [Site], series: [Int: [IndicatorSeries]], reports: [Int: [Month: ReportState]]
    ) {
        self.month = month
        let read = sites.flatMap { site in (series[site.id] ?? []).map { (site, $0) } }
            .filter { $0.1.point(month) != nil }
        charts = read.count
        signals = read.count { $0.1.signal(month) != nil }
        q = Self.adjusted(read.map { (site: $0.0.id, series: $0.1) }, month)
        let signalled = read.compactMap { site, series -> Item? in
            guard let signal = series.signal(month), Self.isConcern(signal, series),
                let index = series.months.firstIndex(of: month)
            else { return nil }
            return Item(
                site: site, series: series, evidence: series.chart?.evidence(at: index) ?? 0, silentMonths: 0)
        }
        let silent = sites.compactMap { site -> Item? in
            let months = Self.silence(reports[site.id] ?? [:], until: month)
            // A silence is as sure as anything can be, but it says less the longer it is known.
            return months >= Self.silentMonths
                ? Item(site: site, series: nil, evidence: 4, silentMonths: months) : nil
        }
        let ordered = (signalled + silent).sorted { ($1.evidence, $0.site.code) < ($0.evidence, $1.site.code) }
        items = Self.strongestOfEach(ordered)
    }

    /// One family for each indicator: clinics in one month (Benjamini & Hochberg 1995).
    private static func adjusted(
        _ read: [(site: Int, series: IndicatorSeries)], _ month: Month
    ) -> [Int: [String: Double]] {
        var q: [Int: [String: Double]] = [:]
        for (indicator, charts) in Dictionary(grouping: read, by: \.series.definition.indicator) {
            let adjusted = FalseDiscovery.benjaminiHochberg(charts.map { $0.series.probability(month) })
            for (chart, value) in zip(charts, adjusted) { q[chart.site, default: [:]][indicator] = value }
        }
        return q
    }

    /// Worse for clients; of the caseload, which is neither, a loss.
    private static func isConcern(_ signal: SpecialCause, _ series: IndicatorSeries) -> Bool {
        switch series.meaning(of: signal.side) {
        case .worse: true
        case .better: false
        case .change: signal.side == .below
        }
    }

    private static func silence(_ reports: [Month: ReportState], until month: Month) -> Int {
        var months = 0
        while reports[month - months]?.state == "late" { months += 1 }
        return months
    }

    private static func strongestOfEach(_ ordered: [Item]) -> [Item] {
        var seen: Set<Int> = []
        return ordered.filter { seen.insert($0.site.id).inserted }
    }
}

/// The list in words.
struct CallFirstWriter {
    let callFirst: CallFirst
    let reports: [Int: [Month: ReportState]]
    /// The whole scope's figures, to stand beside the clinic's.
    let whole: [String: Cell]
    let words: Words

    struct Written: Sendable, Encodable {
        struct Item: Sendable, Encodable {
            struct Place: Sendable, Encodable {
                let code, name, regionName, url: String
            }
            let site: Place
            let indicator: String
            let sentence: String
            let trust: String
            /// How sure, after having looked at all clinics; empty for a clinic that has fallen silent.
            let sure: String
            let direction: String
        }
        let title: String
        let items: [Item]
        let empty: String
        let falseAlarms: String
    }

    private var numbers: NumberText { NumberText(words: words) }

    func written() -> Written {
        let expected = Double(callFirst.charts) * SpecialCause.falseSignalsPerMonth
        return Written(
            title: words("call_first.title"),
            items: callFirst.items.prefix(CallFirst.longest).map(item), empty: words("call_first.empty"),
            falseAlarms: words(
                "call_first.false_alarms",
                [
                    "charts": words.grouped(callFirst.charts), "expected": numbers.number(expected, digits: 1),
                    "seen": words.grouped(callFirst.signals),
                    "discovered": words.grouped(
                        callFirst.q.values.reduce(0) { sum, charts in
                            sum + charts.values.count { $0 <= SiteComparison.falseDiscoveries }
                        }), "concerns": words.grouped(callFirst.items.count),
                ]))
    }

    private func item(_ item: CallFirst.Item) -> Written.Item {
        let site = item.site
        return Written.Item(
            site: .init(
                code: site.code, name: site.name.text(in: words.language),
                regionName: site.regionName.text(in: words.language), url: site.url),
            indicator: item.series?.definition.indicator ?? "reports", sentence: sentence(item), trust: trust(site),
            sure: sure(item),
            direction: item.series.flatMap { series in
                series.signal(callFirst.month).map { series.meaning(of: $0.side).rawValue }
            } ?? "change")
    }

    private func sure(_ item: CallFirst.Item) -> String {
        guard let series = item.series, let q = callFirst.q[item.site.id]?[series.definition.indicator] else {
            return ""
        }
        return words("call_first.sure", ["q": q < 0.001 ? numbers.q(q) : "= \(numbers.q(q))"])
    }

    private func sentence(_ item: CallFirst.Item) -> String {
        guard let series = item.series, let signal = series.signal(callFirst.month) else {
            return words.counted(
                "call_first.silent", item.silentMonths,
                ["since": numbers.month(callFirst.month - (item.silentMonths - 1))])
        }
        let definition = series.definition
        let cell = series.cell(callFirst.month)
        let usual = series.point(callFirst.month).map {
            numbers.number($0.centre * series.scale, digits: definition.digits)
        }
        let key = definition.isStock ? "stock" : whole[definition.indicator]?.estimate == nil ? "alone" : "beside"
        let lasting = signal.rule == .run ? callFirst.month - series.months[signal.since] + 1 : 1
        return words(
            "call_first.\(key).\(signal.rule.rawValue)",
            [
                "name": definition.name(words), "figure": numbers.figure(cell, definition),
                "interval": numbers.interval(cell, definition) ?? "", "unit": definition.unit(words),
                "since": numbers.month(series.months[signal.since]), "months": "\(lasting)", "usual": usual ?? "",
                "month": numbers.month(callFirst.month), "side": words("side.\(signal.side.rawValue)"),
                "whole": whole[definition.indicator].map { numbers.figure($0, definition) } ?? "",
            ])
    }

    /// Whether the data can be trusted: reports missing and flags in the last twelve months.
    private func trust(_ site: Site) -> String {
        let months = Month.through(callFirst.month - 11, callFirst.month)
        let states = months.compactMap { reports[site.id]?[$0] }.filter(\.isExpected)
        let missing = states.count { $0.versions == 0 }
        let flags = states.reduce(0) { $0 + $1.flags }
        let first =
            missing == 0 ? words("trust.complete") : words.counted("trust.missing", missing, ["of": "\(states.count)"])
        return first + (flags == 0 ? words("trust.no_flags") : words.counted("trust.flags", flags))
    }
}
