/// What the wild bootstrap of one coefficient of a least-squares fit needs of each cluster: two numbers for each pair of
/// clusters, whatever the number of rows and columns.
///
/// With cluster weights w the bootstrap's coefficient less the effect is u·w, and its CR1 variance is the factor times
/// |G w|²; both are linear in the effect that is taken for true.
struct WildSums {
    let clusters: Int
    /// Of the outcome, and of the column itself, by which the outcome's are lowered for each unit of effect.
    private let outcome: Response
    private let column: Response
    /// J/(J − 1) · (N − 1)/(N − p).
    let factor: Double

    struct Response {
        /// u: what each cluster adds to the coefficient.
        var parts: [Double]
        /// G, clusters × clusters row by row.
        var residual: [Double]
    }

    init(_ data: ClusteredObservations, column k: Int) throws(ClusterFailure) {
        let (p, count) = (data.columns, data.clusterCount)
        let members = data.members.reduce(0, +)
        guard k > 0, k < p else { throw .misshapen }
        guard count > 1, members > Double(p) else { throw .tooFewClusters }
        var products = Array(repeating: SymmetricMatrix(order: p), count: count)
        var right = Array(repeating: Array(repeating: 0.0, count: p), count: count)
        let (means, centre) = Self.means(data)
        for cluster in 0..<count {
            for row in data.rows(of: cluster) {
                let x = (0..<p).map { data.design[row * p + $0] - means[$0] }
                products[cluster].add(data.sizes[row], outerProductOf: x)
                let y = data.sums[row] - data.sizes[row] * centre
                for a in 0..<p { right[cluster][a] += x[a] * y }
            }
        }
        var total = SymmetricMatrix(order: p)
        for own in products { total.add(1, times: own) }
        let factors = SymmetricFactors(total)
        guard factors.dependent.isEmpty else { throw .dependentColumns }
        let ofColumn = products.map { own in (0..<p).map { own[$0, k] } }
        outcome = Self.response(right, products, factors, total, k)
        column = Self.response(ofColumn, products, factors, total, k)
        (clusters, factor) = (
            count, Double(count) / Double(count - 1) * (members - 1) / (members - Double(p))
        )
    }

    /// Means of the columns, but 0 of the intercept, and of the outcome: taken out before anything is squared.
    private static func means(_ data: ClusteredObservations) -> ([Double], Double) {
        let members = data.members.reduce(0, +)
        var means = Array(repeating: 0.0, count: data.columns)
        for row in 0..<data.rows {
            for a in 1..<data.columns { means[a] += data.sizes[row] * data.design[row * data.columns + a] / members }
        }
        return (means, data.sums.reduce(0, +) / members)
    }

    /// Of a response whose products with the columns are given by cluster: residuals of the fit without column k.
    private static func response(
        _ right: [[Double]], _ products: [SymmetricMatrix], _ factors: SymmetricFactors, _ total: SymmetricMatrix,
        _ k: Int
    ) -> Response {
        let (p, count) = (total.order, right.count)
        let kept = (0..<p).filter { $0 != k }
        let sum = kept.map { a in right.reduce(0) { $0 + $1[a] } }
        let fitted = SymmetricFactors(total.restricted(to: kept)).solve(sum)
        var restricted = Array(repeating: 0.0, count: p)
        for (place, a) in kept.enumerated() { restricted[a] = fitted[place] }
        let direction = factors.solve((0..<p).map { $0 == k ? 1 : 0 })
        let scores = zip(right, products).map { own, matrix in
            zip(own, matrix.times(restricted)).map { $0 - $1 }
        }
        let parts = scores.map { zip($0, direction).reduce(0) { $0 + $1.0 * $1.1 } }
        let moves = scores.map { factors.solve($0) }
        var residual = Array(repeating: 0.0, count: count * count)
        for i in 0..<count {
            let along = products[i].times(direction)
            for j in 0..<count {
                residual[i * count + j] =
                    (i == j ? parts[i] : 0) - zip(along, moves[j]).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        return Response(parts: parts, residual: residual)
    }

    /// One sample's u·w and |G w|² as they follow from the effect that is taken for true.
    struct Sample {
        /// u·w is `parts.0` − δ `parts.1`.
        let parts: (Double, Double)
        /// |G w|² is `squares.0` − 2δ `squares.1` + δ² `squares.2`.
        let squares: (Double, Double, Double)

        @inline(__always)
        func moments(at effect: Double) -> (coefficient: Double, squares: Double) {
            (
                parts.0 - effect * parts.1,
                max(0, squares.0 - effect * (2 * squares.1 - effect * squares.2))
            )
        }
    }

    /// Both parts of a sample, so that another effect costs nothing more.
    func sample(_ weights: UnsafeBufferPointer<Double>) -> Sample {
        var parts = (0.0, 0.0)
        var squares = (0.0, 0.0, 0.0)
        outcome.residual.withUnsafeBufferPointer { ofOutcome in
            column.residual.withUnsafeBufferPointer { ofColumn in
                for i in 0..<clusters {
                    parts.0 += outcome.parts[i] * weights[i]
                    parts.1 += column.parts[i] * weights[i]
                    var own = (0.0, 0.0)
                    for j in 0..<clusters {
                        own.0 += ofOutcome[i * clusters + j] * weights[j]
                        own.1 += ofColumn[i * clusters + j] * weights[j]
                    }
                    squares.0 += own.0 * own.0
                    squares.1 += own.0 * own.1
                    squares.2 += own.1 * own.1
                }
            }
        }
        return Sample(parts: parts, squares: squares)
    }

    /// The largest of the outcome's parts, squared: what rounding is held against.
    var scale: Double { outcome.parts.reduce(0) { max($0, $1 * $1) } }
}
