/// The distribution of the count that a month should have had.
protocol CountTails {
    /// P(X ≤ k) for a whole k ≥ 0.
    func atMost(_ k: Double) -> Double?
    /// P(X ≥ k) for a whole k ≥ 0.
    func atLeast(_ k: Double) -> Double?
}

extension CountTails {
    /// The tail on each side of a count that has probability at or below `tail` in neither.
    func limits(tail: Double) -> (lower: Double, upper: Double)? {
        guard let lower = FirstCount.meeting({ k in atMost(k).map { $0 > tail } ?? false }),
            let upper = FirstCount.meeting({ k in atLeast(k + 1).map { $0 <= tail } ?? false })
        else { return nil }
        return (lower, upper)
    }

    /// P(X < lower) + P(X > upper).
    func outside(_ limits: (lower: Double, upper: Double)) -> Double? {
        let below = limits.lower > 0 ? atMost(limits.lower - 1) : 0
        guard let below, let above = atLeast(limits.upper + 1) else { return nil }
        return min(1, below + above)
    }
}

/// Exact binomial tails at the pooled proportion of the other months.
struct BinomialTail: CountTails {
    let trials: Double
    let probability: Double

    func atMost(_ k: Double) -> Double? {
        Binomial.lowerTail(k, trials: trials, probability: probability)
    }

    /// P(X ≥ k) = I_p(k, n − k + 1).
    func atLeast(_ k: Double) -> Double? {
        if k <= 0 { return 1 }
        return k > trials ? 0 : BetaFunctions.regularised(probability, a: k, b: trials - k + 1)
    }
}

/// Exact Poisson tails at the pooled rate of the other months.
struct PoissonTail: CountTails {
    let mean: Double

    func atMost(_ k: Double) -> Double? { Poisson.lowerTail(k, mean: mean) }
    func atLeast(_ k: Double) -> Double? { k <= 0 ? 1 : Poisson.upperTail(k - 1, mean: mean) }
}
