/// Why there is no estimate; the raw string is its name in JSON and the key of its words in the language catalogues.
public enum Unavailable: String, Error, CaseIterable, Sendable {
    /// Nobody, nothing or no time to divide by.
    case noDenominator = "no_denominator"
    case notReported = "not_reported"
    /// Withheld because the numbers are small enough to point at a person.
    case hidden
    /// Fewer months than a control chart needs.
    case tooFewPoints = "too_few_points"
    /// Fewer than two clients or sites, so that nothing tells how much they differ.
    case tooFewUnits = "too_few_units"
    /// Fewer people still at risk than a share among them should be told of.
    case tooFewAtRisk = "too_few_at_risk"
    /// Later than anybody has been observed.
    case notObservedSoLong = "not_observed_so_long"
    /// A baseline in which nothing varies gives limits without width.
    case noVariation = "no_variation"
    /// What is asked about tells apart all that happened from all that did not, so its effect has no upper bound.
    case separated
    /// Sites differ by no more than chance, so that there is no spread between them to estimate.
    case alike
    /// Negative, not finite, or a part larger than its whole.
    case impossibleCounts = "impossible_counts"
    case eventsWithoutExposure = "events_without_exposure"
    /// The level of confidence does not lie strictly between 0 and 1.
    case invalidLevel = "invalid_level"
    /// The arithmetic left the range of a double.
    case notComputable = "not_computable"
}
