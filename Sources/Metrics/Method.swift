/// How an estimate was obtained; the raw string is its name in JSON and in the language catalogues.
public enum Method: String, CaseIterable, Sendable {
    /// Score interval of a proportion (Wilson 1927).
    case wilson
    /// Approximate Poisson interval of a rate (Breslow & Day 1987, eq. 2.13).
    case byar
    /// Exact Poisson interval of a rate (Garwood 1936).
    case garwood
    /// Share still in treatment with delayed entry (Kaplan & Meier 1958), limits on the ln(−ln S) scale.
    case kaplanMeier = "kaplan_meier"
    /// Area under the Kaplan–Meier curve up to a horizon.
    case restrictedMean = "restricted_mean"
    /// Share gone for one reason while others compete (Aalen & Johansen 1978), limits on the ln(−ln F) scale.
    case aalenJohansen = "aalen_johansen"
    /// Ratio of two rates, exact given their sum.
    case exactRateRatio = "exact_rate_ratio"
    /// Observed over expected events with exact limits (Garwood 1936).
    case standardisedRatio = "standardised_ratio"
    /// A rate whose error counts clients, not events.
    case clusteredRate = "clustered_rate"
    /// Exact limits of a proportion (Clopper & Pearson 1934).
    case clopperPearson = "clopper_pearson"
    /// Equal-tailed interval of a proportion under Jeffreys' prior.
    case jeffreys
    /// Difference of two proportions (Newcombe 1998, method 10).
    case newcombe
    /// A proportion of tests whose error counts clients: Wilson at the effective number of tests.
    case clusteredProportion = "clustered_proportion"
    /// Mean of one value for each person, with its t interval.
    case meanOfPeople = "mean_of_people"
    /// Per cent a year from a log-linear regression whose error is at least that of chance.
    case annualChange = "annual_change"
    /// A site's rate drawn towards all sites' (Clayton & Kaldor 1987).
    case gammaPoisson = "gamma_poisson"
    /// A site's proportion drawn towards all sites'.
    case betaBinomial = "beta_binomial"
    /// A full count: everybody was counted, so there is no sampling interval.
    case census
    /// A mean from totals only: the spread between people is not known, so there is no interval.
    case mean
}
