/// Beta-binomial tails: the probability of a month scatters about the pooled proportion.
struct BetaBinomialTail: CountTails {
    let distribution: BetaBinomial

    func atMost(_ k: Double) -> Double? { distribution.lowerTail(k) }
    func atLeast(_ k: Double) -> Double? { k <= 0 ? 1 : distribution.upperTail(k - 1) }
}

/// Negative binomial tails: the rate of a month scatters about the pooled rate.
struct NegativeBinomialTail: CountTails {
    let mean: Double
    let size: Double

    func atMost(_ k: Double) -> Double? { NegativeBinomial.lowerTail(k, mean: mean, size: size) }
    func atLeast(_ k: Double) -> Double? {
        k <= 0 ? 1 : NegativeBinomial.upperTail(k - 1, mean: mean, size: size)
    }
}

/// Tails wider by the error of a variance that was estimated: P(T ≤ Φ⁻¹(tail)) with Student's t (Student 1908).
///
/// Without it, months with a mean of 50 and eleven times the Poisson variance are called nearly three times as often as
/// said with 23 others and four times with 11; with it as often (script/oracle/outlier_alarms.R).
struct StudentTail: CountTails {
    let base: any CountTails
    let degrees: Double

    func atMost(_ k: Double) -> Double? { base.atMost(k).flatMap(wider) }
    func atLeast(_ k: Double) -> Double? { base.atLeast(k).flatMap(wider) }

    private func wider(_ tail: Double) -> Double? {
        guard tail > 0, tail < 1 else { return tail }
        return Normal.quantile(tail).flatMap { StudentT.lowerTail($0, degrees: degrees) }
    }
}
