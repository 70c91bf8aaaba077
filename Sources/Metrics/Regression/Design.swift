/// The columns of a regression, an observation a row; kept column by column, so that sums over rows run through memory.
struct Design: Sendable {
    let rows: Int
    let columns: Int
    private let elements: [Double]

    /// Columns of one length.
    init(columns: [[Double]]) {
        var elements: [Double] = []
        elements.reserveCapacity(columns.reduce(0) { $0 + $1.count })
        for column in columns { elements += column }
        (rows, self.columns, self.elements) = (columns.first?.count ?? 0, columns.count, elements)
    }

    init(rows: [[Double]]) {
        self.init(columns: (rows.first ?? []).indices.map { column in rows.map { $0[column] } })
    }

    subscript(row: Int, column: Int) -> Double { elements[column * rows + row] }

    /// X β.
    func predict(_ coefficients: [Double], into predictors: inout [Double]) {
        predictors.withUnsafeMutableBufferPointer { predictors in
            elements.withUnsafeBufferPointer { elements in
                predictors.update(repeating: 0)
                for (column, coefficient) in coefficients.enumerated() {
                    let own = UnsafeBufferPointer(rebasing: elements[(column * rows)...].prefix(rows))
                    for row in 0..<rows { predictors[row] += coefficient * own[row] }
                }
            }
        }
    }

    /// Xᵀ W X and Xᵀ v for weights and a vector, one of each for each row.
    func crossProducts(weights: [Double], _ vector: [Double]) -> (matrix: SymmetricMatrix, right: [Double]) {
        var matrix = SymmetricMatrix(order: columns)
        var right = Array(repeating: 0.0, count: columns)
        elements.withUnsafeBufferPointer { elements in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { weighted in
                for column in 0..<columns {
                    let own = UnsafeBufferPointer(rebasing: elements[(column * rows)...].prefix(rows))
                    for row in 0..<rows { weighted[row] = weights[row] * own[row] }
                    for other in 0...column {
                        let another = UnsafeBufferPointer(rebasing: elements[(other * rows)...].prefix(rows))
                        matrix[column, other] = DotProduct.of(UnsafeBufferPointer(weighted), another)
                    }
                    right[column] = vector.withUnsafeBufferPointer { DotProduct.of($0, own) }
                }
            }
        }
        return (matrix, right)
    }
}
