import CSpecial

/// The binomial distribution of the successes among n > 0 trials that each succeed with a given probability.
public enum Binomial {
    /// P(X = k) for a whole k from 0 to n.
    public static func density(_ k: Double, trials: Double, probability: Double) -> Double? {
        guard trials > 0, k >= 0, k <= trials, probability.isProbability else { return nil }
        if probability == 0 { return k == 0 ? 1 : 0 }
        if probability == 1 { return k == trials ? 1 : 0 }
        return (sp_beta_derivative(k + 1, trials - k + 1, probability) / (trials + 1)).finite
    }

    /// P(X ≤ k) = 1 − I_p(k + 1, n − k).
    public static func lowerTail(_ k: Double, trials: Double, probability: Double) -> Double? {
        guard trials > 0, k >= 0, probability.isProbability else { return nil }
        let k = k.rounded(.down)
        return k >= trials ? 1 : BetaFunctions.complement(probability, a: k + 1, b: trials - k)
    }

    /// The smallest count k with P(X ≤ k) ≥ p, for 0 ≤ p ≤ 1.
    public static func quantile(_ p: Double, trials: Double, probability: Double) -> Double? {
        guard p.isProbability, trials > 0, trials.isFinite, probability.isProbability else { return nil }
        return FirstCount.meeting { k in
            lowerTail(k, trials: trials, probability: probability).map { $0 >= p } ?? false
        }
    }
}
