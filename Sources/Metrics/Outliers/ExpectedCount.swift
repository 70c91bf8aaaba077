/// The distributions of a month's count that follow from the pooled count of the other months.
extension CountModel {
    /// The pooled ratio taken for the true one; where it is 0 or 1 by the share of the exposure.
    func tails(around pooled: MonthlyCount, denominator: Double) -> any CountTails {
        if pooled.numerator == 0 || pooled.ratio == ceiling {
            let share = denominator / (denominator + pooled.denominator)
            return StillTail(share: share, ceiling: pooled.numerator == 0 ? nil : denominator)
        }
        switch self {
        case .binomial: return BinomialTail(trials: denominator, probability: pooled.ratio)
        case .poisson: return PoissonTail(mean: pooled.ratio * denominator)
        }
    }

    /// The month's own ratio scatters about the pooled one; nil where the sums would be too long.
    func tails(
        around pooled: MonthlyCount, denominator: Double, scatter: Overdispersion
    ) -> (any CountTails)? {
        switch self {
        case .binomial:
            // At 1 each month would be all or nothing, and just below it nearly is: no count is then an outlier.
            let predictive = min(scatter.predictive, 0.999_999)
            let concentration = (1 - predictive) / predictive
            let failures = (pooled.denominator - pooled.numerator) / pooled.denominator
            return BetaBinomial(trials: denominator, a: pooled.ratio * concentration, b: failures * concentration)
                .map(BetaBinomialTail.init)
        case .poisson:
            return NegativeBinomialTail(mean: pooled.ratio * denominator, size: 1 / scatter.predictive)
        }
    }
}
