extension Design {
    /// Xᵀ D X of a diagonal.
    func crossProducts(weights: [Double]) -> SymmetricMatrix {
        var matrix = SymmetricMatrix(order: columns)
        var right = Array(repeating: 0.0, count: columns)
        crossProducts(weights: weights, weights, into: &matrix, &right)
        return matrix
    }

    /// Xᵀ v.
    func transposedTimes(_ vector: [Double]) -> [Double] {
        (0..<columns).map { column in (0..<rows).reduce(0) { $0 + self[$1, column] * vector[$1] } }
    }

    /// Each column times a vector, row by row.
    func columnwise(times vector: [Double]) -> [[Double]] {
        (0..<columns).map { column in (0..<rows).map { self[$0, column] * vector[$0] } }
    }

    /// y − Xβ.
    func residuals(of response: [Double], _ coefficients: [Double]) -> [Double] {
        var predicted = response
        predict(coefficients, into: &predicted)
        return zip(response, predicted).map { $0 - $1 }
    }
}
