/// The χ² distribution on `degrees` > 0 degrees of freedom.
public enum ChiSquared {
    /// P(X ≥ x).
    public static func upperTail(_ x: Double, degrees: Double) -> Double? {
        degrees > 0 && x >= 0 ? GammaFunctions.regularisedQ(shape: degrees / 2, x / 2) : nil
    }
}
