import CSpecial

/// Student's t distribution on `degrees` > 0 degrees of freedom, whole or not.
public enum StudentT {
    /// P(T ≤ t); for the upper tail take the lower tail at −t.
    public static func lowerTail(_ t: Double, degrees: Double) -> Double? {
        degrees > 0 && t.isFinite ? sp_t_cdf(degrees, t).finite : nil
    }

    /// t with P(T ≤ t) = p, for 0 < p < 1.
    public static func quantile(_ p: Double, degrees: Double) -> Double? {
        degrees > 0 && p > 0 && p < 1 ? sp_t_quantile(degrees, p).finite : nil
    }
}
