import Ingest
import Metrics

/// One indicator of one scope over time: a cell for each month, and what chance alone would do with it.
struct IndicatorSeries: Sendable {
    let definition: Definition
    let months: [Month]
    let cells: [Cell]
    /// The control chart, in the unit of numerator / denominator; of the monthly change where the figure is a stock.
    let chart: ControlChart?

    /// - Parameters:
    ///   - reports: of a site, what became of its reports; nil for a sum over sites.
    ///   - isComplete: whether all sites of a sum have reported a month: a stock of fewer sites is another stock.
    init(
        _ definition: Definition, months: [Month], counts: [Month: Count],
        reports: [Month: ReportState]? = nil, isComplete: (Month) -> Bool = { _ in true }
    ) {
        self.definition = definition
        self.months = months
        cells = months.map { .of(counts[$0], definition, report: reports?[$0]) }
        chart = Self.chart(
            definition, months.map { definition.kind == .count && !isComplete($0) ? nil : counts[$0] })
    }

    /// A window of twelve months overlaps with the next: its points are no independent ones, so it has no chart.
    private static func chart(_ definition: Definition, _ counts: [Count?]) -> ControlChart? {
        guard definition.windowMonths == 1 else { return nil }
        let numerators = counts.map { $0?.numerator }
        let denominators = counts.map { $0?.denominator }
        let chart =
            switch definition.kind {
            case .count where definition.isStock:
                IndividualsChart.xmr(values: MonthlyChange.series(of: numerators))
            case .count:
                IndividualsChart.xmr(values: numerators, floor: 0)
            case .mean:
                IndividualsChart.xmr(values: zip(numerators, denominators).map(Self.ratio), floor: 0)
            case .proportion:
                ProportionChart.p(numerators: numerators, denominators: denominators)
            case .rate:
                RateChart.u(numerators: numerators, denominators: denominators)
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
