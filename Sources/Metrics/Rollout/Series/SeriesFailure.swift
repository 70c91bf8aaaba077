/// Why a site's interrupted series says nothing of the change; the raw string is its name in JSON.
public enum SeriesFailure: String, Error, CaseIterable, Sendable {
    /// The site has not begun.
    case notStarted = "not_started"
    case tooFewBefore = "too_few_before"
    case tooFewAfter = "too_few_after"
    /// No month had an event.
    case noEvents = "no_events"
    /// All events lie on one side, or a column tells apart all that happened: the effect has no bound.
    case separated
    /// Columns that depend on one another, e.g. more waves than the months can tell apart.
    case dependentColumns = "dependent_columns"
    /// The months follow the line without any error.
    case noVariation = "no_variation"
    /// Months that do not ascend or are no whole numbers, or counts that are negative or not finite.
    case impossibleSeries = "impossible_series"
    case notConverged = "not_converged"
}
