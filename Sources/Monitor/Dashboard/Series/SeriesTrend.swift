import Ingest
import Metrics

/// Where a series has been going over the three years up to a month.
///
/// Rates and proportions: a log-linear course with one yearly wave (`LogLinearTrend`). Means, and counts of what happens
/// in a month: the median slope, tested by Mann–Kendall with the variance of Hamed & Rao, or within calendar months
/// where a month is missing. A stock such as the caseload: its mean monthly change.
struct SeriesTrend: Sendable, Equatable {
    /// What a change of 1 means.
    enum Measure: String, Sendable, CaseIterable {
        /// Per cent of the rate in a year.
        case rate
        /// Per cent of the odds in a year.
        case odds
        /// Units of the figure in a year.
        case level
    }

    /// How it was found; the raw string is its name in JSON.
    enum Method: String, Sendable, CaseIterable {
        case logLinear = "log_linear"
        case theilSen = "theil_sen"
        case theilSenSeasonal = "theil_sen_seasonal"
        case meanMonthlyChange = "mean_monthly_change"
    }

    struct Finding: Sendable, Equatable {
        let method: Method
        let measure: Measure
        let change: Double
        let interval: Interval
        /// Two-sided probability of a change so large if there were none.
        let p: Double
        /// The straight course by month in the figure's unit; its interval where the method gives one.
        let course: [Month: Course]

        /// Whether the interval leaves out no change.
        var isClear: Bool { interval.lower > 0 || interval.upper < 0 }
    }

    struct Course: Sendable, Equatable {
        let value: Double
        var interval: Interval?
    }

    static let windowMonths = 36

    /// The first and last month that it was taken from.
    let first, last: Month
    let finding: Result<Finding, Unavailable>

    /// Nil of figures that overlap in time, and of a series without a figure in the window.
    init?(_ series: IndicatorSeries, upTo month: Month, without provisional: Set<Month>) {
        guard
            let window = TrendWindow(series, months: Self.windowMonths, upTo: month, without: provisional)
        else { return nil }
        (first, last) = (window.first, window.last)
        finding = TrendFitting(window: window).finding()
    }
}
