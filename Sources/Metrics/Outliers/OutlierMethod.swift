/// How a month is compared with the others of its series; the raw string is its name in JSON and in the catalogues.
public enum OutlierMethod: String, CaseIterable, Sendable {
    /// Distance from the mean in standard deviations, the month itself included (WHO, Data Quality Review 2017).
    case standardScore = "standard_score"
    /// Distance from the median in median absolute deviations (Iglewicz & Hoaglin 1993).
    case modifiedScore = "modified_score"
    /// Outside mean ± k standard deviations of the earlier months (DHIS2).
    case minMax = "min_max"
    /// Exact binomial tail at the pooled proportion of the other months.
    case binomial
    /// The same where months vary more than chance, by beta-binomial tails.
    case betaBinomial = "beta_binomial"
    /// Exact Poisson tail at the pooled rate of the other months.
    case poisson
    /// The same where months vary more than chance, by negative binomial tails.
    case negativeBinomial = "negative_binomial"
}
