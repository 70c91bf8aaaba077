/// Events per exposure of one group over those of another.
public enum RateRatio {
    /// The ratio with the exact interval of the events' split: given their sum the first are binomial with
    /// probability ρt₁/(ρt₁ + t₀), so Clopper & Pearson's limits give ρ's (Przyborowski & Wilenski 1940).
    ///
    /// No events in the second group: `notComputable`, as the ratio is infinite (`lowerLimit` still speaks). No
    /// exposure: `noDenominator`. Numerator: the first events, denominator: those expected at the second's rate.
    public static func exact(
        events: Double, exposure: Double, comparedEvents: Double, comparedExposure: Double, level: Double = 0.95
    ) -> Estimate {
        guard [events, comparedEvents, exposure, comparedExposure].allSatisfy(\.isCountable) else {
            return .unavailable(.impossibleCounts)
        }
        guard exposure > 0, comparedExposure > 0, events + comparedEvents > 0 else {
            return .unavailable(.noDenominator)
        }
        guard Interval.tail(ofLevel: level) != nil else { return .unavailable(.invalidLevel) }
        guard let split = split(events, comparedEvents, level) else { return .unavailable(.notComputable) }
        let exposures = comparedExposure / exposure
        let interval = Interval(
            lower: split.lower / (1 - split.lower) * exposures, upper: split.upper / (1 - split.upper) * exposures,
            level: level)
        return .checked(
            .init(
                point: events / comparedEvents * exposures, interval: interval, method: .exactRateRatio,
                numerator: events, denominator: comparedEvents / exposures))
    }

    /// The lower limit alone, which there is too where the second group had no events.
    public static func lowerLimit(
        events: Double, exposure: Double, comparedEvents: Double, comparedExposure: Double, level: Double = 0.95
    ) -> Double? {
        guard exposure > 0, comparedExposure > 0, let split = split(events, comparedEvents, level) else { return nil }
        return (split.lower / (1 - split.lower) * comparedExposure / exposure).finite
    }

    /// Probability of a split at least as unlikely if both had one rate: the sum of all that are no likelier.
    public static func p(
        events: Double, exposure: Double, comparedEvents: Double, comparedExposure: Double
    ) -> Double? {
        guard exposure > 0, comparedExposure > 0 else { return nil }
        return Binomial.twoSided(
            events, trials: events + comparedEvents, probability: exposure / (exposure + comparedExposure))
    }

    private static func split(_ events: Double, _ others: Double, _ level: Double) -> Interval? {
        Proportion.clopperPearson(successes: events, trials: events + others, level: level).value?.interval
    }
}

extension Binomial {
    /// The sum of the probabilities of all counts that are no likelier than k; ties within 10⁻⁷ count as ties.
    static func twoSided(_ k: Double, trials n: Double, probability: Double) -> Double? {
        guard let density = density(k, trials: n, probability: probability) else { return nil }
        let mean = n * probability
        guard k != mean else { return 1 }
        func isUnlikely(_ j: Double) -> Bool {
            (Self.density(j, trials: n, probability: probability) ?? 0) <= density * (1 + 1e-7)
        }
        if k < mean {
            // Beyond the mean densities fall, so those no likelier than k's begin somewhere and stay.
            let start = mean.rounded(.up)
            let beyond = FirstCount.meeting { start + $0 > n || isUnlikely(start + $0) }.map { start + $0 }
            guard let beyond, let below = lowerTail(k, trials: n, probability: probability) else { return nil }
            return min(1, below + (upperTail(beyond - 1, trials: n, probability: probability) ?? 0))
        }
        let start = mean.rounded(.down)
        let beyond = FirstCount.meeting { start - $0 < 0 || isUnlikely(start - $0) }.map { start - $0 }
        guard let beyond, let above = upperTail(k - 1, trials: n, probability: probability) else { return nil }
        return min(1, above + (beyond < 0 ? 0 : lowerTail(beyond, trials: n, probability: probability) ?? 0))
    }

    /// P(X > k) = I_p(k + 1, n − k), accurate where it is small.
    static func upperTail(_ k: Double, trials: Double, probability: Double) -> Double? {
        guard k >= 0 else { return 1 }
        return k >= trials ? 0 : BetaFunctions.regularised(probability, a: k + 1, b: trials - k)
    }
}
