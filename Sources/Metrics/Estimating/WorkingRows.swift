/// The rows of a fit as the regression that it ends in has them, of the outcomes on D = dμ/dβ with weights w = 1/V(μ):
/// (I − H)^(−1/2) of a cluster whose members differ in variance, by its symmetric root (Pustejovsky & Tipton 2018, with
/// the model's variances as the target).
///
/// With leverage parts U = w^(−1/2) D Tᵀ and B = w⁻² − U Uᵀ the adjusted residuals take B^(−1/2), which is
/// (2/π) ∫ (t² + B)⁻¹ dt over t > 0; each inverse is a p × p one (Woodbury), so that no n × n matrix is made.
struct WorkingRows: Sendable {
    let columns: Int
    /// X, row by row.
    let design: [Double]
    /// dμ/dη.
    let slopes: [Double]
    let sizes: [Double]
    let bounds: [Int]
    /// 1/V(μ) of each row's members, and their mean (y − μ)/√V.
    let weights: [Double]
    let residuals: [Double]

    private static let angles = GaussLegendre(nodes: 48, from: 0, to: .pi / 2)

    /// One cluster with its leverage parts.
    struct Cluster {
        let columns: Int
        let sizes: ArraySlice<Double>
        let weights: ArraySlice<Double>
        let residuals: ArraySlice<Double>
        /// U, row by row.
        let parts: [Double]
    }

    /// - Parameter information: That of the regression with dispersion 1.
    func cluster(_ index: Int, _ information: SymmetricFactors) -> Cluster {
        let rows = bounds[index]..<bounds[index + 1]
        let parts = rows.flatMap { row in
            let scale = slopes[row] / weights[row].squareRoot()
            return information.whiten((0..<columns).map { scale * design[row * columns + $0] })
        }
        return Cluster(
            columns: columns, sizes: sizes[rows], weights: weights[rows], residuals: residuals[rows], parts: parts)
    }
}

extension WorkingRows.Cluster {
    private var first: Int { sizes.startIndex }

    /// T g̃ of the adjusted score.
    var adjustedScore: [Double] {
        let root = rootInverse(sizes.indices.map { residuals[$0] / weights[$0] })
        return sum { weights[$0] * root[$0 - first] }
    }

    /// Of a contrast, T times it given: T Dᵀ b and bᵀ w⁻¹ b, b = A w D M⁻¹ c.
    func direction(_ contrast: [Double]) -> (shared: [Double], own: Double) {
        let along = sizes.indices.map { row in
            weights[row] * (0..<columns).reduce(0) { $0 + parts[(row - first) * columns + $1] * contrast[$1] }
        }
        let root = rootInverse(along)
        let own = sizes.indices.reduce(0) { sum, row in
            let value = root[row - first] / weights[row]
            return sum + sizes[row] * value * value
        }
        return (sum { root[$0 - first] }, own)
    }

    /// Uᵀ of a value of each row's members.
    private func sum(_ value: (Int) -> Double) -> [Double] {
        var total = Array(repeating: 0.0, count: columns)
        for row in sizes.indices {
            let weighted = sizes[row] * value(row)
            for column in 0..<columns { total[column] += weighted * parts[(row - first) * columns + column] }
        }
        return total
    }

    /// B^(−1/2) x: w x, and what U adds to it, by quadrature over the angle whose tangent is t.
    private func rootInverse(_ x: [Double]) -> [Double] {
        var result = zip(weights, x).map { $0 * $1 }
        // Squares of t are measured in the usual size of w⁻².
        let scale = Double(weights.count) / weights.reduce(0, +)
        for (angle, share) in zip(WorkingRows.angles.nodes, WorkingRows.angles.weights) {
            let cosine = Double.cos(angle)
            let t = scale * Double.sin(angle) / cosine
            let shrunk = weights.map { 1 / (t * t + 1 / ($0 * $0)) }
            var left = SymmetricMatrix(order: columns)
            for column in 0..<columns { left[column, column] = 1 }
            for row in sizes.indices {
                let place = (row - first) * columns
                left.add(
                    -sizes[row] * shrunk[row - first], outerProductOf: Array(parts[place..<(place + columns)]))
            }
            let right = sum { shrunk[$0 - first] * x[$0 - first] }
            let solved = SymmetricFactors(left).solve(right)
            let measure = 2 / Double.pi * share * scale / (cosine * cosine)
            for row in result.indices {
                let along = (0..<columns).reduce(0) { $0 + parts[row * columns + $1] * solved[$1] }
                result[row] += measure * shrunk[row] * along
            }
        }
        return result
    }
}
