/// A small symmetric matrix, e.g. of variances and covariances.
public struct SymmetricMatrix: Equatable, Sendable {
    public let order: Int
    /// Row by row, order × order, both triangles kept.
    private(set) var elements: [Double]

    public init(order: Int) {
        self.order = order
        elements = Array(repeating: 0, count: order * order)
    }

    /// Of elements row by row, both triangles.
    init(order: Int, elements: [Double]) { (self.order, self.elements) = (order, elements) }

    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * order + column] }
        set {
            elements[row * order + column] = newValue
            elements[column * order + row] = newValue
        }
    }

    /// Adds weight · x xᵀ.
    mutating func add(_ weight: Double, outerProductOf x: [Double]) {
        for row in 0..<order where x[row] != 0 {
            let scaled = weight * x[row]
            for column in 0..<order { elements[row * order + column] += scaled * x[column] }
        }
    }

    mutating func scale(by factor: Double) {
        for index in elements.indices { elements[index] *= factor }
    }

    /// Adds weight · another matrix of the same order.
    mutating func add(_ weight: Double, times other: SymmetricMatrix) {
        for index in elements.indices { elements[index] += weight * other.elements[index] }
    }

    /// The matrix of the given rows and columns alone.
    func restricted(to kept: [Int]) -> SymmetricMatrix {
        var smaller = SymmetricMatrix(order: kept.count)
        for (row, r) in kept.enumerated() { for (column, c) in kept.enumerated() { smaller[row, column] = self[r, c] } }
        return smaller
    }

    /// M x.
    func times(_ x: [Double]) -> [Double] {
        (0..<order).map { row in
            var sum = 0.0
            for column in 0..<order { sum += elements[row * order + column] * x[column] }
            return sum
        }
    }

    /// xᵀ M x.
    func form(_ x: [Double]) -> Double { zip(x, times(x)).reduce(0) { $0 + $1.0 * $1.1 } }

    /// (x − y)ᵀ M (x − y).
    func distance(_ x: [Double], _ y: [Double]) -> Double {
        var sum = 0.0
        for row in 0..<order {
            for column in 0..<order {
                sum += elements[row * order + column] * (x[row] - y[row]) * (x[column] - y[column])
            }
        }
        return sum
    }
}
