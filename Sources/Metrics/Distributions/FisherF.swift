import CSpecial

/// Fisher's F distribution on two positive degrees of freedom, whole or not.
public enum FisherF {
    /// P(F > x) for x ≥ 0, the p-value of an F test.
    public static func upperTail(_ x: Double, degrees: (numerator: Double, denominator: Double)) -> Double? {
        guard degrees.numerator > 0, degrees.denominator > 0, x >= 0, x.isFinite else { return nil }
        return sp_f_upper(degrees.numerator, degrees.denominator, x).finite
    }

    /// x with P(F ≤ x) = p, for 0 ≤ p < 1.
    public static func quantile(_ p: Double, degrees: (numerator: Double, denominator: Double)) -> Double? {
        guard degrees.numerator > 0, degrees.denominator > 0, p >= 0, p < 1 else { return nil }
        return sp_f_quantile(degrees.numerator, degrees.denominator, p).finite
    }
}
