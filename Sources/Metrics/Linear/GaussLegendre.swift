/// Nodes and weights that integrate polynomials of degree 2n − 1 exactly over an interval.
struct GaussLegendre {
    let nodes: [Double]
    let weights: [Double]

    /// Roots of the Legendre polynomial by Newton's method from Tricomi's start (Abramowitz & Stegun 1972, 22.16).
    init(nodes n: Int, from start: Double, to end: Double) {
        var (nodes, weights): ([Double], [Double]) = ([], [])
        let (middle, half) = ((start + end) / 2, (end - start) / 2)
        for index in 1...n {
            var x = Double.cos(.pi * (Double(index) - 0.25) / (Double(n) + 0.5))
            var slope = 0.0
            for _ in 0..<100 {
                var (now, before) = (x, 1.0)
                for k in stride(from: 2, through: n, by: 1) {
                    (now, before) = ((Double(2 * k - 1) * x * now - Double(k - 1) * before) / Double(k), now)
                }
                slope = Double(n) * (x * now - before) / (x * x - 1)
                let step = now / slope
                x -= step
                if abs(step) < 1e-15 { break }
            }
            nodes.append(middle - half * x)
            weights.append(half * 2 / ((1 - x * x) * slope * slope))
        }
        (self.nodes, self.weights) = (nodes, weights)
    }
}
