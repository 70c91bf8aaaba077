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
    /// Of a matrix without negative values, most of which may be 0: those above 0 and their vectors alone. A matrix of
    /// order 36 and rank 2 costs what one of order 2 does (Cholesky factor with pivots, Higham 2002, section 10.3).
    ///
    /// - Parameter elements: row by row, order × order; values above 1 are not expected.
    init(semidefinite elements: [Double], order: Int) {
        var rest = (0..<order).map { elements[$0 * order + $0] }
        var factors: [[Double]] = []
        while let pivot = rest.indices.max(by: { rest[$0] < rest[$1] }), rest[pivot] > Self.zero, factors.count < order
        {
            let root = rest[pivot].squareRoot()
            var factor = (0..<order).map { row in
                factors.reduce(elements[row * order + pivot]) { $0 - $1[row] * $1[pivot] } / root
            }
            for row in 0..<order where row != pivot { rest[row] -= factor[row] * factor[row] }
            (factor[pivot], rest[pivot]) = (root, 0)
            factors.append(factor)
        }
        var gram = SymmetricMatrix(order: factors.count)
        for row in factors.indices {
            for column in 0...row {
                gram[row, column] = zip(factors[row], factors[column]).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        let small = SymmetricEigen(gram)
        let found = zip(small.values, small.vectors).filter { $0.0 > Self.zero }
        values = found.map(\.0)
        vectors = found.map { value, weights in
            (0..<order).map { row in
                zip(weights, factors).reduce(0) { $0 + $1.0 * $1.1[row] } / value.squareRoot()
            }
        }
    }

    /// Of values that are at most 1: less than what rounding leaves.
    private static let zero = 1e-14

    /// f(M) x = f(0) x + V (f(Λ) − f(0)) Vᵀ x: what has no vector here has the value 0. With all of them V Vᵀ x is x, and
    /// f need not be known at 0.
    func apply(_ function: (Double) -> Double, to x: [Double]) -> [Double] {
        let none = values.count < x.count ? function(0) : 0
        var result = x.map { none * $0 }
        for (value, vector) in zip(values, vectors) {
            let along = (function(value) - none) * zip(vector, x).reduce(0) { $0 + $1.0 * $1.1 }
            for row in x.indices { result[row] += vector[row] * along }
        }
        return result
    }
}
