/// A part of a whole, between 0 and 1, e.g. positive urine tests among urine tests.
public enum Proportion {
    /// Successes/trials with Wilson's score interval, closed at 0 of n and n of n.
    ///
    /// Wilson 1927; Newcombe 1998, method 3. With A = 2x + z² and B = z √(z² + 4x(1 − p)) the limits are
    /// (A ∓ B)/(2(n + z²)); the lower is written 2x²/(n(A + B)), which is the same and loses no digits near 0.
    /// No trials: `noDenominator`; more successes than trials, negative counts and those beyond 2⁵³: `impossibleCounts`.
    public static func wilson(successes: Double, trials: Double, level: Double = 0.95) -> Estimate {
        guard trials.isCountable, successes >= 0, successes <= trials else { return .unavailable(.impossibleCounts) }
        guard trials > 0 else { return .unavailable(.noDenominator) }
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        guard let z = Normal.quantile(tail).map({ -$0 }) else { return .unavailable(.notComputable) }

        let point = successes / trials
        let a = 2 * successes + z * z
        let b = z * (z * z + 4 * successes * (1 - point)).squareRoot()
        let lower = 2 * successes * point / (a + b)
        // At n of n the quotient is 1 except for rounding.
        let upper = successes == trials ? 1 : min(1, (a + b) / (2 * (trials + z * z)))
        let interval = Interval(lower: lower, upper: upper, level: level)
        return .checked(
            .init(point: point, interval: interval, method: .wilson, numerator: successes, denominator: trials))
    }
}
