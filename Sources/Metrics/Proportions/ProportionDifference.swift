/// One proportion less another, of different people.
public enum ProportionDifference {
    /// The difference with the limits of Newcombe 1998, method 10, from the two Wilson intervals.
    ///
    /// Errors as in `Proportion.wilson`, of whichever fails. Numerator and denominator are the first proportion's.
    public static func newcombe(
        successes: Double, trials: Double, comparedSuccesses: Double, comparedTrials: Double, level: Double = 0.95
    ) -> Estimate {
        let first = Proportion.wilson(successes: successes, trials: trials, level: level)
        let second = Proportion.wilson(successes: comparedSuccesses, trials: comparedTrials, level: level)
        guard let one = first.value, let other = second.value, let a = one.interval, let b = other.interval else {
            return .unavailable(first.unavailable ?? second.unavailable ?? .notComputable)
        }
        let difference = one.point - other.point
        func reach(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
        let interval = Interval(
            lower: difference - reach(one.point - a.lower, b.upper - other.point),
            upper: difference + reach(a.upper - one.point, other.point - b.lower), level: level)
        return .checked(
            .init(
                point: difference, interval: interval, method: .newcombe, numerator: successes, denominator: trials))
    }

    /// Probability of a difference so large if both were one, by Pearson's χ² without correction; nil where all or
    /// none succeeded.
    public static func p(
        successes: Double, trials: Double, comparedSuccesses: Double, comparedTrials: Double
    ) -> Double? {
        let pooled = (successes + comparedSuccesses) / (trials + comparedTrials)
        let difference = successes / trials - comparedSuccesses / comparedTrials
        let variance = pooled * (1 - pooled) * (1 / trials + 1 / comparedTrials)
        guard variance > 0 else { return nil }
        return ChiSquared.upperTail(difference * difference / variance, degrees: 1)
    }
}
