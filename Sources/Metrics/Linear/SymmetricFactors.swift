/// M = L D Lᵀ of a positive semidefinite matrix, without square roots; rows that depend on earlier ones are left out.
public struct SymmetricFactors: Sendable {
    /// Below this share of its own diagonal element a pivot is rounding: the row says nothing new.
    private static let smallestPivot = 1e-10

    /// Rows that depend on earlier ones, e.g. a covariate that is the sum of two others.
    public let dependent: [Int]
    private let order: Int
    private let lower: [Double]
    private let pivots: [Double]

    public init(_ matrix: SymmetricMatrix) {
        let n = matrix.order
        var lower = Array(repeating: 0.0, count: n * n)
        var pivots = Array(repeating: 0.0, count: n)
        var dependent: [Int] = []
        for j in 0..<n {
            var pivot = matrix[j, j]
            for k in 0..<j { pivot -= lower[j * n + k] * lower[j * n + k] * pivots[k] }
            guard pivot > Self.smallestPivot * abs(matrix[j, j]) else {
                dependent.append(j)
                continue
            }
            pivots[j] = pivot
            for i in (j + 1)..<max(n, j + 1) {
                var element = matrix[i, j]
                for k in 0..<j { element -= lower[i * n + k] * lower[j * n + k] * pivots[k] }
                lower[i * n + j] = element / pivot
            }
        }
        (order, self.lower, self.pivots, self.dependent) = (n, lower, pivots, dependent)
    }

    /// The number of rows that say something of their own.
    public var rank: Int { order - dependent.count }

    /// x with M x = b; 0 in the rows left out.
    public func solve(_ b: [Double]) -> [Double] {
        var x = b
        solve(inPlace: &x)
        return x
    }

    /// Turns b into x with M x = b.
    func solve(inPlace x: inout [Double]) {
        for i in 0..<order { for k in 0..<i { x[i] -= lower[i * order + k] * x[k] } }
        for i in 0..<order { x[i] = pivots[i] > 0 ? x[i] / pivots[i] : 0 }
        for i in (0..<order).reversed() {
            for k in (i + 1)..<max(order, i + 1) where pivots[i] > 0 { x[i] -= lower[k * order + i] * x[k] }
        }
    }

    /// M⁻¹; 0 in the rows and columns left out.
    public func inverse() -> SymmetricMatrix {
        var inverse = SymmetricMatrix(order: order)
        var solved = Array(repeating: 0.0, count: order)
        for column in 0..<order {
            for row in 0..<order { solved[row] = row == column && pivots[column] > 0 ? 1 : 0 }
            solve(inPlace: &solved)
            for row in 0...column { inverse[row, column] = solved[row] }
        }
        return inverse
    }

    /// ln |M| over the rows kept.
    public var logDeterminant: Double { pivots.lazy.filter { $0 > 0 }.reduce(0) { $0 + .log($1) } }
}
