/// Coefficients that are held to given weighted sums, as a change of columns: the columns of the coefficients left free
/// take over, and the outcome loses what is given.
struct Restriction: Sendable {
    /// For each new column, what it is made of: the columns of X and the outcome.
    private let columns: [[Double]]

    /// - Parameter contrasts: weighted sums, one a row, independent of one another.
    /// - Returns: Nil if they are not.
    init?(_ contrasts: [[Double]], values: [Double]) {
        guard let width = contrasts.first?.count else { return nil }
        var rows = zip(contrasts, values).map { $0 + [$1] }
        var pivots: [Int] = []
        for row in rows.indices {
            guard let pivot = (0..<width).max(by: { abs(rows[row][$0]) < abs(rows[row][$1]) }) else { return nil }
            let leading = rows[row][pivot]
            guard abs(leading) > 1e-12 * (contrasts[row].map(abs).max() ?? 0), leading != 0 else { return nil }
            rows[row] = rows[row].map { $0 / leading }
            for other in rows.indices where other != row {
                let factor = rows[other][pivot]
                rows[other] = zip(rows[other], rows[row]).map { $0 - factor * $1 }
            }
            pivots.append(pivot)
        }
        columns = ((0..<width).filter { !pivots.contains($0) } + [width]).map { column in
            var made = Array(repeating: 0.0, count: width + 1)
            made[column] = 1
            for (row, pivot) in pivots.enumerated() { made[pivot] = -rows[row][column] }
            return made
        }
    }

    /// AᵀMA.
    func applied(to matrix: SymmetricMatrix) -> SymmetricMatrix {
        var result = SymmetricMatrix(order: columns.count)
        for (row, column) in columns.enumerated() {
            let image = matrix.times(column)
            for other in 0...row { result[row, other] = zip(image, columns[other]).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        return result
    }
}
