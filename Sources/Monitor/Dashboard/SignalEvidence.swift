import Ingest
import Metrics

extension IndicatorSeries {
    /// Probability of a month so odd, or of a run that it ends, if the clinic had not changed; nil without a chart.
    func probability(_ month: Month) -> Double? {
        guard let index = months.firstIndex(of: month) else { return nil }
        let figure = cells[index].estimate
        return chart?.probability(at: index, count: figure?.numerator, over: figure?.denominator)
    }
}
