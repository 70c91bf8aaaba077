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
        let functions = HermiteFunctions(upTo: n)
        // Of those that are not negative, mirrored.
        var upper: [Double] = [0]
        for degree in stride(from: 2, through: n, by: 1) {
            let fences = upper + [Double(2 * degree + 1).squareRoot()]
            let between = zip(fences, fences.dropFirst()).map { low, high in
                Bisection.root(between: low, and: high) { functions.values($0, degree).last } ?? (low + high) / 2
            }
            upper = (degree % 2 == 1 ? [0] : []) + between
        }
        nodes = upper.reversed().filter { $0 > 0 }.map { -$0 } + upper
        flatWeights = nodes.map { 1 / functions.values($0, max(1, n) - 1).squares }
        weights = zip(nodes, flatWeights).map { $1 * Double.exp(-$0 * $0) }
    }
}

/// The orthonormal Hermite functions by their recurrence (Szegő 1975, 5.5.8).
private struct HermiteFunctions {
    /// √(2/k) and √((k − 1)/k).
    private let factors: [(Double, Double)]

    init(upTo n: Int) {
        factors = (0...max(1, n)).map { degree in
            let k = Double(max(1, degree))
            return ((2 / k).squareRoot(), ((k - 1) / k).squareRoot())
        }
    }

    /// ψₙ(x), and Σ ψₖ(x)² from 0 to n.
    func values(_ x: Double, _ n: Int) -> (last: Double, squares: Double) {
        var (now, before) = (Double.exp(-x * x / 2) / Double.pi.squareRoot().squareRoot(), 0.0)
        var squares = now * now
        for k in stride(from: 1, through: n, by: 1) {
            (now, before) = (factors[k].0 * x * now - factors[k].1 * before, now)
            squares += now * now
        }
        return (now, squares)
    }
}
