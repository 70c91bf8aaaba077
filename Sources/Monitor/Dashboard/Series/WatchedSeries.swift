import Ingest
import Metrics

/// A series as a chosen kind of chart watches it: limits and signals.
struct WatchedSeries: Sendable {
    let series: IndicatorSeries
    /// Nil on Shewhart's chart, and where no month could be standardised.
    let sequential: SequentialChart?

    init(_ series: IndicatorSeries, by method: ChartMethod) {
        self.series = series
        sequential = series.chart.flatMap { SequentialChart($0, method) }
    }

    /// The signal of a month on this chart.
    func signal(_ month: Month) -> SpecialCause? {
        guard sequential != nil else { return series.signal(month) }
        return sequentialPoint(month)?.signals.first
    }

    func isWatched(_ month: Month) -> Bool {
        sequential == nil ? series.point(month) != nil : sequentialPoint(month) != nil
    }

    /// Months with a place on the chart, and those of them that carry a signal.
    var counted: (months: Int, signals: Int) {
        if let sequential {
            let points = sequential.points.compactMap { $0 }
            return (points.count, points.count { !$0.signals.isEmpty })
        }
        let points = (series.chart?.points ?? []).compactMap { $0 }
        return (points.count, points.count { !$0.signals.isEmpty })
    }

    func sequentialPoint(_ month: Month) -> SequentialChart.Point? {
        series.months.firstIndex(of: month).flatMap { sequential?.points[$0] }
    }

    /// Limits and what the chart remembers, in the unit that it is drawn in: the figure's, or standard deviations.
    func items(_ month: Month) -> PanelRow {
        guard sequential != nil else {
            let limits = series.definition.isStock ? nil : series.point(month)
            let scale = series.scale
            return [
                "centre": Datum(limits.map { $0.centre * scale }),
                "lowerLimit": Datum(limits.map { $0.lower * scale }),
                "upperLimit": Datum(limits.map { $0.upper * scale }),
            ]
        }
        let point = sequentialPoint(month)
        return [
            "centre": Datum(point.map { _ in 0 }), "lowerLimit": Datum(point.map { -$0.limit }),
            "upperLimit": Datum(point.map { $0.limit }), "average": Datum(point?.average), "rise": Datum(point?.rise),
            "fall": Datum(point?.fall),
        ]
    }
}
