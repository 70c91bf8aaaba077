/// The negative binomial distribution of a count with mean > 0 whose variance is mean + mean²/size.
///
/// A Poisson count whose rate varies from month to month as a gamma variable with coefficient of variation 1/√size.
public enum NegativeBinomial {
    /// P(X ≤ k) = 1 − I_q(k + 1, size) with q = mean/(size + mean).
    public static func lowerTail(_ k: Double, mean: Double, size: Double) -> Double? {
        guard k >= 0, mean > 0, size > 0 else { return nil }
        return BetaFunctions.complement(mean / (size + mean), a: k.rounded(.down) + 1, b: size)
    }

    /// P(X > k) = I_q(k + 1, size), accurate where it is small.
    public static func upperTail(_ k: Double, mean: Double, size: Double) -> Double? {
        guard k >= 0, mean > 0, size > 0 else { return nil }
        return BetaFunctions.regularised(mean / (size + mean), a: k.rounded(.down) + 1, b: size)
    }
}
