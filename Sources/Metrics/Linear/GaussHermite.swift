/// Nodes and weights of ∫ f(x) e^(−x²) dx, exact for polynomials of degree 2n − 1.
struct GaussHermite: Sendable {
    /// Roots of the Hermite polynomial of degree n, from the smallest.
    let nodes: [Double]
    /// Weights for f; beyond x of about 27 they are 0 in a double.
    let weights: [Double]
    /// Weights times e^(x²), for an f that itself falls like e^(−x²); they keep all digits in the tails.
    let flatWeights: [Double]

    /// Roots of one degree lie between those of the degree before (Szegő 1975, theorem 3.3.2), so that bisection finds
    /// each to the last bit; weights are Christoffel's 1/Σ ψₖ(x)² of the orthonormal functions (Golub & Welsch 1969).
    init(nodes n: Int) {
        var roots: [Double] = []
        for degree in 1...max(1, n) {
            let end = Double(2 * degree + 1).squareRoot()
            let fences = [-end] + roots + [end]
            roots = (0..<degree).map { index in
                if degree % 2 == 1, index == degree / 2 { return 0 }
                let found = Bisection.root(between: fences[index], and: fences[index + 1]) {
                    Self.functions($0, upTo: degree).last
                }
                return found ?? (fences[index] + fences[index + 1]) / 2
            }
        }
        nodes = roots
        flatWeights = roots.map { root in
            1 / Self.functions(root, upTo: max(1, n) - 1).reduce(0) { $0 + $1 * $1 }
        }
        weights = zip(roots, flatWeights).map { $1 * Double.exp(-$0 * $0) }
    }

    /// ψ₀(x) … ψₙ(x), the Hermite functions.
    private static func functions(_ x: Double, upTo n: Int) -> [Double] {
        var values = [Double.exp(-x * x / 2) / Double.pi.squareRoot().squareRoot()]
        for k in stride(from: 1, through: n, by: 1) {
            let before = k > 1 ? values[k - 2] : 0
            values.append(
                (2 / Double(k)).squareRoot() * x * values[k - 1] - (Double(k - 1) / Double(k)).squareRoot() * before)
        }
        return values
    }
}
