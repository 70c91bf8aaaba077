/// Covariates brought to mean 0 and standard deviation 1, so that sums of squares lose no digits to a year such as
/// 2013.
struct ColumnScale {
    private let means: [Double]
    private let spreads: [Double]
    /// The column that does not vary, against which the others are centred; without one they are only scaled.
    private let constant: Int?
    /// Columns of zeros, and constant ones after the first.
    let empty: [Int]

    init(_ columns: [[Double]]) {
        var (means, spreads, empty): ([Double], [Double], [Int]) = ([], [], [])
        let still = columns.indices.filter { column in columns[column].allSatisfy { $0 == columns[column].first } }
        let constant = still.first { columns[$0].first != 0 }
        for (index, column) in columns.enumerated() {
            if still.contains(index) {
                if index != constant { empty.append(index) }
                means.append(0)
                spreads.append(column.first.flatMap { $0 == 0 ? nil : $0 } ?? 1)
                continue
            }
            let n = Double(column.count)
            let mean = column.reduce(0) { $0 + $1 / n }
            let about = constant == nil ? 0 : mean
            means.append(about)
            spreads.append(column.reduce(0) { $0 + ($1 - about) * ($1 - about) / n }.squareRoot())
        }
        (self.means, self.spreads, self.constant, self.empty) = (means, spreads, constant, empty)
    }

    func scaled(_ value: Double, column: Int) -> Double { (value - means[column]) / spreads[column] }

    /// Coefficients of the columns as they were given.
    func original(_ scaled: [Double]) -> [Double] {
        var result = zip(scaled, spreads).map { $0 / $1 }
        if let constant {
            let shift = means.indices.reduce(0.0) { $0 + result[$1] * means[$1] }
            result[constant] -= shift / spreads[constant]
        }
        return result
    }

    /// Coefficients of the scaled columns, the way back.
    func scaled(coefficients: [Double]) -> [Double] {
        var result = zip(coefficients, spreads).map { $0 * $1 }
        if let constant { result[constant] += means.indices.reduce(0.0) { $0 + coefficients[$1] * means[$1] } }
        return result
    }

    /// The covariance that belongs to `original`, of coefficients followed by parameters that have no scale.
    func original(covariance: SymmetricMatrix) -> SymmetricMatrix {
        let (order, p) = (covariance.order, means.count)
        func transform(_ vector: [Double]) -> [Double] { original(Array(vector[..<p])) + vector[p...] }
        let half = (0..<order).map { row in transform((0..<order).map { covariance[row, $0] }) }
        var result = SymmetricMatrix(order: order)
        for column in 0..<order {
            let whole = transform(half.map { $0[column] })
            for row in 0...column { result[row, column] = whole[row] }
        }
        return result
    }
}
