/// One proportion less another, of different people or of the same ones twice.
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

    /// The second proportion less the first, of the same people, with the limits of Newcombe 1998b, method 10: those of two
    /// Wilson intervals drawn together by the correlation of the answers.
    ///
    /// - Parameters: of so many `pairs`, how many said yes twice (`both`), only the first or only the second time.
    ///
    /// Errors as in `Proportion.wilson`. Numerator: said yes the second time; denominator: pairs.
    public static func paired(
        both: Double, first: Double, second: Double, pairs: Double, level: Double = 0.95
    ) -> Estimate {
        let before = Proportion.wilson(successes: both + first, trials: pairs, level: level)
        let after = Proportion.wilson(successes: both + second, trials: pairs, level: level)
        guard let one = before.value, let other = after.value, let a = one.interval, let b = other.interval else {
            return .unavailable(before.unavailable ?? after.unavailable ?? .notComputable)
        }
        let neither = pairs - both - first - second
        guard neither >= 0 else { return .unavailable(.impossibleCounts) }
        let margins = (both + first) * (second + neither) * (both + second) * (first + neither)
        let excess = both * neither - first * second
        // Corrected for continuity, as Newcombe does it.
        let corrected = excess > pairs / 2 ? excess - pairs / 2 : min(excess, 0)
        let correlation = margins > 0 ? corrected / margins.squareRoot() : 0
        func reach(_ x: Double, _ y: Double) -> Double {
            max(0, x * x - 2 * correlation * x * y + y * y).squareRoot()
        }
        let difference = other.point - one.point
        let interval = Interval(
            lower: difference - reach(other.point - b.lower, a.upper - one.point),
            upper: difference + reach(one.point - a.lower, b.upper - other.point), level: level)
        return .checked(
            .init(
                point: difference, interval: interval, method: .newcombe, numerator: both + second, denominator: pairs))
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
