import CSpecial

/// The regularised incomplete beta function, its complement and its inverse, for a, b > 0; nil outside the domain.
public enum BetaFunctions {
    /// I_x(a, b), the lower tail of a beta variable at 0 ≤ x ≤ 1.
    public static func regularised(_ x: Double, a: Double, b: Double) -> Double? {
        a > 0 && b > 0 && x.isProbability ? sp_beta(a, b, x).finite : nil
    }

    /// 1 − I_x(a, b), accurate where it is small.
    public static func complement(_ x: Double, a: Double, b: Double) -> Double? {
        a > 0 && b > 0 && x.isProbability ? sp_beta_complement(a, b, x).finite : nil
    }

    /// x with I_x(a, b) = p.
    public static func inverse(_ p: Double, a: Double, b: Double) -> Double? {
        a > 0 && b > 0 && a.isCountable && b.isCountable && p.isProbability ? sp_beta_inverse(a, b, p).finite : nil
    }
}
