import Ingest
import Metrics

/// Fits the trend that belongs to a kind of figure.
struct TrendFitting {
    let window: TrendWindow

    private var series: IndicatorSeries { window.series }
    private var known: [Int] { window.known }
    private func time(_ index: Int) -> Double { window.time(index) }

    func finding() -> Result<SeriesTrend.Finding, Unavailable> {
        switch series.definition.kind {
        case .rate: annual(LogLinearTrend().ofRate(window.counts), .rate)
        case .proportion: annual(LogLinearTrend().ofOdds(window.counts), .odds)
        case .count where series.definition.isStock: ofStock()
        case .count, .mean: median()
        }
    }

    /// Figures in the unit shown.
    private func figure(_ index: Int) -> Double? {
        guard let count = series.charted[index], let numerator = count.numerator else { return nil }
        guard series.definition.kind == .mean else { return numerator }
        return count.denominator.flatMap { $0 > 0 ? numerator / $0 : nil }
    }

    private func annual(
        _ change: Result<AnnualChange, Unavailable>, _ measure: SeriesTrend.Measure
    ) -> Result<SeriesTrend.Finding, Unavailable> {
        change.flatMap { change in
            let percent = change.percent()
            guard let value = percent.value, let interval = value.interval, let p = change.p else {
                return .failure(percent.unavailable ?? .notComputable)
            }
            let course = window.indices.compactMap { index in
                change.course.value(at: time(index)).map { value in
                    let per = series.definition.per
                    let shown = SeriesTrend.Course(value: per * value.point, interval: value.interval.scaled(by: per))
                    return (series.months[index], shown)
                }
            }
            return .success(
                SeriesTrend.Finding(
                    method: .logLinear, measure: measure, change: value.point, interval: interval, p: p,
                    course: Dictionary(uniqueKeysWithValues: course)))
        }
    }

    private func ofStock() -> Result<SeriesTrend.Finding, Unavailable> {
        let stock = window.indices.map { known.contains($0) ? figure($0) : nil }
        return MeanMonthlyChange.of(MonthlyChange.series(of: stock).compactMap(\.self)).map { change in
            let values = known.compactMap { index in figure(index).map { (time(index), $0) } }
            let n = Double(values.count)
            let middle = values.reduce(0) { $0 + $1.0 } / n
            let level = values.reduce(0) { $0 + $1.1 } / n
            return SeriesTrend.Finding(
                method: .meanMonthlyChange, measure: .level, change: change.yearly, interval: change.interval,
                p: change.p, course: course { level + change.yearly * ($0 - middle) / 12 })
        }
    }

    private func median() -> Result<SeriesTrend.Finding, Unavailable> {
        let points = known.compactMap { index in figure(index).map { (month: time(index), value: $0) } }
        guard points.count >= 12 else { return .failure(.tooFewPoints) }
        let (months, values) = (points.map(\.month), points.map(\.value))
        guard values.contains(where: { $0 != values[0] }) else { return .failure(.noVariation) }
        let hasGap = points.count < window.indices.count
        let test = hasGap ? MannKendall.seasonal(values, months: months) : cautious(values)
        let line =
            hasGap
            ? TheilSen(seasonal: values, months: months)
            : TheilSen(values, at: months.map { $0 / 12 }, test: test)
        guard let line else { return .failure(.tooFewPoints) }
        guard let p = test.p, line.slope.isFinite else { return .failure(.notComputable) }
        return .success(
            SeriesTrend.Finding(
                method: hasGap ? .theilSenSeasonal : .theilSen, measure: .level, change: line.slope,
                interval: line.interval, p: p, course: course { line.intercept + line.slope * $0 / 12 }))
    }

    /// Correlation between months is allowed for where it makes the test less sure; where it would make it surer, it is
    /// taken for chance, as a dispersion below 1 is.
    private func cautious(_ values: [Double]) -> MannKendall {
        let plain = MannKendall(values)
        let corrected = plain.allowingForCorrelation(of: values)
        return corrected.variance > plain.variance ? corrected : plain
    }

    private func course(_ value: (Double) -> Double) -> [Month: SeriesTrend.Course] {
        Dictionary(
            uniqueKeysWithValues: window.indices.map { (series.months[$0], SeriesTrend.Course(value: value(time($0)))) }
        )
    }
}
