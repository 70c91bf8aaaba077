/// Eigenvalues and orthonormal eigenvectors of a small symmetric matrix by Jacobi's rotations (Golub & Van Loan 2013,
/// section 8.5).
struct SymmetricEigen {
    private(set) var values: [Double]
    /// One for each value.
    private(set) var vectors: [[Double]]

    private static let mostSweeps = 60

    init(_ matrix: SymmetricMatrix) {
        let n = matrix.order
        var m = matrix
        vectors = (0..<n).map { row in (0..<n).map { row == $0 ? 1 : 0 } }
        for _ in 0..<Self.mostSweeps {
            var rotated = false
            for p in 0..<n {
                for q in (p + 1)..<max(n, p + 1) where abs(m[p, q]) > 1e-17 * (abs(m[p, p]) + abs(m[q, q])) {
                    rotated = true
                    Self.rotate(&m, &vectors, p, q)
                }
            }
            if !rotated { break }
        }
        values = (0..<n).map { m[$0, $0] }
    }

    /// Makes one element 0.
    private static func rotate(_ m: inout SymmetricMatrix, _ vectors: inout [[Double]], _ p: Int, _ q: Int) {
        let theta = (m[q, q] - m[p, p]) / (2 * m[p, q])
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (1 + theta * theta).squareRoot())
        let c = 1 / (1 + t * t).squareRoot()
        let s = t * c
        let (ofP, ofQ, both) = (m[p, p], m[q, q], m[p, q])
        for k in 0..<m.order where k != p && k != q {
            let (one, other) = (m[k, p], m[k, q])
            m[k, p] = c * one - s * other
            m[k, q] = s * one + c * other
        }
        m[p, p] = ofP - t * both
        m[q, q] = ofQ + t * both
        m[p, q] = 0
        for k in 0..<m.order {
            let (one, other) = (vectors[p][k], vectors[q][k])
            vectors[p][k] = c * one - s * other
            vectors[q][k] = s * one + c * other
        }
    }
}

extension SymmetricEigen {
    /// - Parameter elements: row by row, order × order.
    init(_ elements: [Double], order: Int) {
        var matrix = SymmetricMatrix(order: order)
        for row in 0..<order {
            for column in 0...row { matrix[row, column] = elements[row * order + column] }
        }
        self.init(matrix)
    }

    /// f(M) x = V f(Λ) Vᵀ x.
    func apply(_ function: (Double) -> Double, to x: [Double]) -> [Double] {
        var result = Array(repeating: 0.0, count: x.count)
        for (value, vector) in zip(values, vectors) {
            let along = function(value) * zip(vector, x).reduce(0) { $0 + $1.0 * $1.1 }
            for row in x.indices { result[row] += vector[row] * along }
        }
        return result
    }
}
