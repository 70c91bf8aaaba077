/// The columns of a regression, an observation a row.
struct Design: Sendable {
    let columns: Int
    /// Row by row.
    private(set) var elements: [Double]

    init(columns: Int) {
        self.columns = columns
        elements = []
    }

    init(rows: [[Double]]) {
        columns = rows.first?.count ?? 0
        elements = rows.flatMap(\.self)
    }

    var rows: Int { columns > 0 ? elements.count / columns : 0 }

    mutating func append(_ row: Double...) { elements += row }
    mutating func append(contentsOf row: [Double]) { elements += row }

    subscript(row: Int, column: Int) -> Double { elements[row * columns + column] }

    /// xᵀβ of one row.
    @inline(__always)
    func predictor(_ row: Int, _ coefficients: [Double]) -> Double {
        var sum = 0.0
        for column in 0..<columns { sum += elements[row * columns + column] * coefficients[column] }
        return sum
    }
}
