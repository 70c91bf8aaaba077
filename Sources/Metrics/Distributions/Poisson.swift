import CSpecial

/// The Poisson distribution of a count with mean ≥ 0.
public enum Poisson {
    /// P(X = k) for a whole k ≥ 0.
    public static func density(_ k: Double, mean: Double) -> Double? {
        guard k >= 0, mean >= 0 else { return nil }
        guard mean > 0 else { return k == 0 ? 1 : 0 }
        return sp_gamma_p_derivative(k + 1, mean).finite
    }

    /// P(X ≤ k) = Q(k + 1, mean).
    public static func lowerTail(_ k: Double, mean: Double) -> Double? {
        k >= 0 ? GammaFunctions.regularisedQ(shape: k.rounded(.down) + 1, mean) : nil
    }

    /// P(X > k) = P(k + 1, mean), accurate where it is small.
    public static func upperTail(_ k: Double, mean: Double) -> Double? {
        k >= 0 ? GammaFunctions.regularisedP(shape: k.rounded(.down) + 1, mean) : nil
    }

    /// The smallest count k with P(X ≤ k) ≥ p, for 0 ≤ p < 1.
    public static func quantile(_ p: Double, mean: Double) -> Double? {
        guard p >= 0, p < 1, mean >= 0, mean.isFinite else { return nil }
        return FirstCount.meeting { k in lowerTail(k, mean: mean).map { $0 >= p } ?? false }
    }
}
