extension Proportion {
    /// Successes/trials with exact limits, which never cover less than they say (Clopper & Pearson 1934).
    public static func clopperPearson(successes x: Double, trials n: Double, level: Double = 0.95) -> Estimate {
        beta(x, n, level, .clopperPearson) { tail in
            (
                x == 0 ? 0 : BetaFunctions.inverse(tail, a: x, b: n - x + 1),
                x == n ? 1 : BetaFunctions.inverse(1 - tail, a: x + 1, b: n - x)
            )
        }
    }

    /// Successes/trials with the equal-tailed interval of Jeffreys' prior (Brown, Cai & DasGupta 2001), not modified at
    /// the edges.
    public static func jeffreys(successes x: Double, trials n: Double, level: Double = 0.95) -> Estimate {
        beta(x, n, level, .jeffreys) { tail in
            (
                BetaFunctions.inverse(tail, a: x + 0.5, b: n - x + 0.5),
                BetaFunctions.inverse(1 - tail, a: x + 0.5, b: n - x + 0.5)
            )
        }
    }

    private static func beta(
        _ x: Double, _ n: Double, _ level: Double, _ method: Method, limits: (Double) -> (Double?, Double?)
    ) -> Estimate {
        guard n.isCountable, x >= 0, x <= n else { return .unavailable(.impossibleCounts) }
        guard n > 0 else { return .unavailable(.noDenominator) }
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        guard case (let lower?, let upper?) = limits(tail) else { return .unavailable(.notComputable) }
        return .checked(
            .init(
                point: x / n, interval: Interval(lower: lower, upper: upper, level: level), method: method,
                numerator: x, denominator: n))
    }
}
