import Ingest
import Metrics

/// The months of a series that a trend is taken from.
struct TrendWindow: Sendable {
    let series: IndicatorSeries
    /// Indices from the first month that counts to the last.
    let indices: Range<Int>
    /// Those of them that have a figure which counts.
    let known: [Int]

    var first: Month { series.months[indices.lowerBound] }
    var last: Month { series.months[indices.upperBound - 1] }

    /// Nil of figures that overlap in time, and where no month counts.
    ///
    /// - Parameters:
    ///   - months: how many months up to `month`; fewer where a definition has changed since.
    ///   - provisional: months that do not count yet: reports still to come would look like a fall.
    init?(_ series: IndicatorSeries, months: Int, upTo month: Month, without provisional: Set<Month>) {
        guard series.definition.windowMonths == 1 else { return nil }
        let redefined = series.redefined.filter { $0 <= month }.max() ?? .first
        let from = max(month - (months - 1), redefined)
        let known = series.months.indices.filter { index in
            let each = series.months[index]
            return each >= from && each <= month && !provisional.contains(each) && series.charted[index] != nil
        }
        guard let start = known.first, let end = known.last else { return nil }
        (self.series, self.known, indices) = (series, known, start..<(end + 1))
    }

    /// Months since a January, so that the months of a year are told apart.
    func time(_ index: Int) -> Double { Double(series.months[index] - .first) }

    var counts: MonthlySeries {
        MonthlySeries(
            months: known.map(time), numerators: known.map { series.charted[$0]?.numerator },
            denominators: known.map { series.charted[$0]?.denominator })
    }
}
