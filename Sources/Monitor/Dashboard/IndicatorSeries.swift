import Ingest
import Metrics

/// One indicator of one scope over time: a cell for each month, and what chance alone would do with it.
struct IndicatorSeries: Sendable {
    let definition: Definition
    let months: [Month]
    let cells: [Cell]
    /// The counts that charts and trends are made from: none of a month that is hidden, or of a stock whose sites have not
    /// all reported.
    let charted: [Count?]
    /// Months from which on registered events have baselines begin anew.
    let rebases: [Month]
    /// Those of them in which a definition changed: figures before are not comparable with figures after.
    let redefined: [Month]
    /// The control chart, in the unit of numerator / denominator; of the monthly change where the figure is a stock.
    let chart: ControlChart?

    /// - Parameters:
    ///   - reports: of a site, what became of its reports; nil for a sum over sites.
    ///   - events: what is registered for the place.
    ///   - isComplete: whether all sites of a sum have reported a month: a stock of fewer sites is another stock.
    init(
        _ definition: Definition, months: [Month], counts: [Month: Count], reports: [Month: ReportState]? = nil,
        events: [RegisteredEvent] = [], isComplete: (Month) -> Bool = { _ in true }
    ) {
        self.definition = definition
        self.months = months
        let rebasing = events.filter(\.rebases)
        rebases = rebasing.map(\.month)
        redefined = rebasing.filter { $0.kind == .definition }.map(\.month)
        cells = months.map { .of(counts[$0], definition, report: reports?[$0]) }
        charted = months.map { month in
            guard let count = counts[month], count.numerator != nil, count.denominator != nil else { return nil }
            return definition.kind == .count && !isComplete(month) ? nil : count
        }
        chart = Self.chart(definition, charted, from: rebases.compactMap { months.firstIndex(of: $0) })
    }

    /// A window of twelve months overlaps with the next: its points are no independent ones, so it has no chart.
    private static func chart(_ definition: Definition, _ counts: [Count?], from starts: [Int]) -> ControlChart? {
        guard definition.windowMonths == 1 else { return nil }
        let numerators = counts.map { $0?.numerator }
        let denominators = counts.map { $0?.denominator }
        let ratios = zip(numerators, denominators).map(Self.ratio)
        let values =
            switch definition.kind {
            case .count where definition.isStock: MonthlyChange.series(of: numerators)
            case .count: numerators
            case .mean, .proportion, .rate: ratios
            }
        let chart = Rebasing.chart(from: starts, hasValue: values.map { $0 != nil }) { stretch in
            func within(_ all: [Double?]) -> [Double?] { all.indices.map { stretch.contains($0) ? all[$0] : nil } }
            return switch definition.kind {
            case .count where definition.isStock: IndividualsChart.xmr(values: within(values))
            case .count, .mean: IndividualsChart.xmr(values: within(values), floor: 0)
            case .proportion: ProportionChart.p(numerators: within(numerators), denominators: denominators)
            case .rate: RateChart.u(numerators: within(numerators), denominators: denominators)
            }
        }
        return try? chart.get()
    }

    private static func ratio(_ numerator: Double?, _ denominator: Double?) -> Double? {
        guard let numerator, let denominator, denominator > 0 else { return nil }
        return numerator / denominator
    }

    func cell(_ month: Month) -> Cell {
        months.firstIndex(of: month).map { cells[$0] } ?? Cell(.notApplicable)
    }

    /// The chart's point of a month, where it stands on a chart of its own unit or of its change.
    func point(_ month: Month) -> ControlChart.Point? {
        guard let index = months.firstIndex(of: month) else { return nil }
        return chart?.points[index]
    }

    /// The signal of a month: a breach of the limits before a run.
    func signal(_ month: Month) -> SpecialCause? {
        let signals = point(month)?.signals ?? []
        return signals.first { $0.rule == .run } ?? signals.first
    }

    /// From the chart's unit, and that of a proportion, to the one that is shown.
    var scale: Double { definition.kind == .proportion || definition.kind == .rate ? definition.per : 1 }

    func meaning(of side: SpecialCause.Side) -> Direction {
        switch (definition.higherIs, side) {
        case (.neutral, _): .change
        case (.better, .above), (.worse, .below): .better
        default: .worse
        }
    }

    /// What a signal means for the clients.
    enum Direction: String, Sendable {
        case better, worse, change
    }
}
