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
            predictors.update(repeating: 0)
            for (index, coefficient) in coefficients.enumerated() {
                withColumn(index) { own in for row in 0..<rows { predictors[row] += coefficient * own[row] } }
            }
        }
    }

    /// Writes Xᵀ W X and Xᵀ v for weights and a vector, one of each for each row.
    func crossProducts(
        weights: [Double], _ vector: [Double], into matrix: inout SymmetricMatrix, _ right: inout [Double]
    ) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { weighted in
            for index in 0..<columns {
                withColumn(index) { own in
                    weights.withUnsafeBufferPointer { for row in 0..<rows { weighted[row] = $0[row] * own[row] } }
                    right[index] = vector.withUnsafeBufferPointer { DotProduct.of($0, own) }
                }
                for other in 0...index {
                    matrix[index, other] = withColumn(other) { DotProduct.of(UnsafeBufferPointer(weighted), $0) }
                }
            }
        }
    }

    /// A column as it lies in memory.
    @inline(__always)
    private func withColumn<Value>(_ index: Int, _ body: (UnsafeBufferPointer<Double>) -> Value) -> Value {
        elements.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[(index * rows)..<((index + 1) * rows)]))
        }
    }
}
