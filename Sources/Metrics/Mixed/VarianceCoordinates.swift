/// What the search moves: variances themselves, which end at 0; the Cholesky factor of an unstructured covariance, whose
/// diagonal ends at 0; or any entries. All as ratios to the residual variance (Bates et al. 2015, section 2.2).
struct VarianceCoordinates: Sendable {
    private let blocks: [(start: Int, covariance: EffectCovariance)]
    let count: Int
    /// Whether a coordinate cannot be negative.
    let isBounded: [Bool]
    /// Where the search begins: every ratio 1, no covariances.
    let start: [Double]

    init(subject: EffectCovariance, cluster: EffectCovariance) {
        blocks = [(0, subject), (subject.components.count, cluster)]
        count = subject.components.count + cluster.components.count
        let coordinates = [subject, cluster].flatMap { covariance in
            covariance.components.map { component in
                let isDiagonal = (0..<component.order).contains { component[$0, $0] != 0 }
                return (isBounded: isDiagonal && covariance.coordinates != .entries, start: isDiagonal ? 1.0 : 0)
            }
        }
        (isBounded, start) = (coordinates.map(\.isBounded), coordinates.map(\.start))
    }

    /// Whether a coordinate is a variance by itself.
    func isVariance(_ coordinate: Int) -> Bool {
        guard (0..<count).contains(coordinate) else { return false }
        return blocks.last { $0.start <= coordinate }?.covariance.coordinates == .variances
    }

    /// The ratios, their derivatives by each coordinate (a row a ratio), and how much each ratio, weighted, bends.
    func ratios(_ coordinates: [Double], weights: [Double] = []) -> (
        values: [Double], slopes: [[Double]], bend: SymmetricMatrix
    ) {
        var values = coordinates
        var slopes = (0..<count).map { row in (0..<count).map { row == $0 ? 1.0 : 0 } }
        var bend = SymmetricMatrix(order: count)
        for (start, covariance) in blocks where covariance.coordinates == .choleskyFactor {
            let r = covariance.order
            func place(_ row: Int, _ column: Int) -> Int { start + row * (row + 1) / 2 + column }
            for a in 0..<r {
                for b in 0...a {
                    let ratio = place(a, b)
                    slopes[ratio] = Array(repeating: 0, count: count)
                    values[ratio] = 0
                    for c in 0...b {
                        let (one, other) = (place(a, c), place(b, c))
                        values[ratio] += coordinates[one] * coordinates[other]
                        slopes[ratio][one] += coordinates[other]
                        slopes[ratio][other] += coordinates[one]
                        guard !weights.isEmpty else { continue }
                        bend[one, other] += (one == other ? 2 : 1) * weights[ratio]
                    }
                }
            }
        }
        return (values, slopes, bend)
    }

    /// A curvature by ratios told by coordinates, JᵀMJ.
    func transformed(_ matrix: SymmetricMatrix, _ slopes: [[Double]]) -> SymmetricMatrix {
        var result = SymmetricMatrix(order: count)
        for one in 0..<count {
            let image = matrix.times(slopes.map { $0[one] })
            for other in 0...one { result[one, other] = zip(image, slopes).reduce(0) { $0 + $1.0 * $1.1[other] } }
        }
        return result
    }
}
