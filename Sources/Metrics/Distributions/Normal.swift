import CSpecial

/// The standard normal distribution.
public enum Normal {
    /// P(Z ≤ z); for the upper tail take the lower tail at −z.
    public static func lowerTail(_ z: Double) -> Double? {
        sp_normal_cdf(z).finite
    }

    /// z with P(Z ≤ z) = p, for 0 < p < 1.
    public static func quantile(_ p: Double) -> Double? {
        p > 0 && p < 1 ? sp_normal_quantile(p).finite : nil
    }
}
