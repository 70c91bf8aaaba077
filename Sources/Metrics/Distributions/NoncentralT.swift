/// Student's t distribution of a normal variable whose mean is not 0, for the power of t tests.
public enum NoncentralT {
    private static let nodes = GaussLegendre(nodes: 200, from: -1, to: 1)

    /// P(T ≤ t) for T = (Z + shift)/s, s² a χ² by its degrees: the mean of Φ(t s − shift) over s, by quadrature.
    public static func lowerTail(_ t: Double, degrees: Double, shift: Double) -> Double? {
        guard degrees > 0, degrees.isFinite, t.isFinite, shift.isFinite,
            let constant = GammaFunctions.logGamma(degrees / 2)
        else { return nil }
        // s lies about 1 with a standard deviation below 1/√(2 degrees).
        let reach = 12 / (2 * degrees).squareRoot()
        let (low, high) = (max(0, 1 - reach), 1 + reach)
        let half = (high - low) / 2
        let scale = Double.log(2) + degrees / 2 * .log(degrees / 2) - constant
        var sum = 0.0
        for (node, weight) in zip(nodes.nodes, nodes.weights) {
            let s = low + half * (1 + node)
            guard let below = Normal.lowerTail(t * s - shift) else { return nil }
            sum += weight * half * below * .exp(scale + (degrees - 1) * .log(s) - degrees * s * s / 2)
        }
        return min(1, max(0, sum))
    }
}
