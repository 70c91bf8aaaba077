import CSpecial

/// The gamma function's logarithm, its derivatives, and the regularised incomplete gamma functions with inverses.
///
/// Boost.Math 1.74; against R within 2·10⁻¹². Every function is nil outside its domain.
public enum GammaFunctions {
    /// P(a, x) = γ(a, x)/Γ(a), the lower tail of a gamma variable of shape a > 0 at x ≥ 0.
    public static func regularisedP(shape: Double, _ x: Double) -> Double? {
        shape > 0 && x >= 0 ? sp_gamma_p(shape, x).finite : nil
    }

    /// Q(a, x) = 1 − P(a, x), accurate where it is small.
    public static func regularisedQ(shape: Double, _ x: Double) -> Double? {
        shape > 0 && x >= 0 ? sp_gamma_q(shape, x).finite : nil
    }

    /// x with P(a, x) = p, for 0 ≤ p < 1.
    public static func inverseP(shape: Double, _ p: Double) -> Double? {
        shape > 0 && p >= 0 && p < 1 ? sp_gamma_p_inverse(shape, p).finite : nil
    }

    /// x with Q(a, x) = q, for 0 < q ≤ 1.
    public static func inverseQ(shape: Double, _ q: Double) -> Double? {
        shape > 0 && q > 0 && q <= 1 ? sp_gamma_q_inverse(shape, q).finite : nil
    }

    /// The p-quantile of χ² on `degrees` > 0 degrees of freedom: 2 P⁻¹(degrees/2, p).
    public static func chiSquaredQuantile(_ p: Double, degrees: Double) -> Double? {
        inverseP(shape: degrees / 2, p).map { 2 * $0 }
    }

    /// ln Γ(x) for x > 0.
    public static func logGamma(_ x: Double) -> Double? {
        x > 0 ? sp_lgamma(x).finite : nil
    }

    /// ln Γ(a + y) − ln Γ(a) for a > 0 and y ≥ 0. Of a large a, by Stirling's series, as the difference would lose digits.
    public static func logRising(_ a: Double, by y: Double) -> Double? {
        guard a >= 100, y >= 0 else {
            guard let above = logGamma(a + y), let below = logGamma(a) else { return nil }
            return above - below
        }
        func correction(_ x: Double) -> Double { (1 / 12 - (1 / 360 - 1 / (1260 * x * x)) / (x * x)) / x }
        return (y * .log(a) + (a + y - 0.5) * .log1p(y / a) - y + correction(a + y) - correction(a)).finite
    }

    /// ψ(x), the first derivative of ln Γ, for x > 0.
    public static func digamma(_ x: Double) -> Double? {
        x > 0 ? sp_digamma(x).finite : nil
    }

    /// ψ′(x), the second derivative of ln Γ, for x > 0.
    public static func trigamma(_ x: Double) -> Double? {
        x > 0 ? sp_trigamma(x).finite : nil
    }
}
