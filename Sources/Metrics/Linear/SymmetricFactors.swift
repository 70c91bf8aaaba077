/// M = L D Lᵀ of a positive semidefinite matrix, without square roots; rows that depend on earlier ones are left out.
public struct SymmetricFactors: Sendable {
    /// Below this share of its own diagonal element a pivot is rounding: the row says nothing new.
    private static let smallestPivot = 1e-10

    /// Rows that depend on earlier ones, e.g. a covariate that is the sum of two others.
    public let dependent: [Int]
    private let order: Int
    /// Row by row: L below the diagonal, and D, 0 in the rows left out, upon it.
    private let factors: [Double]

    public init(_ matrix: SymmetricMatrix) {
        let n = matrix.order
        var factors = matrix.elements
        var dependent: [Int] = []
        factors.withUnsafeMutableBufferPointer { factors in
            for j in 0..<n {
                let diagonal = factors[j * n + j]
                var pivot = diagonal
                for k in 0..<j { pivot -= factors[j * n + k] * factors[j * n + k] * factors[k * n + k] }
                let isDependent = !(pivot > Self.smallestPivot * abs(diagonal))
                if isDependent { dependent.append(j) }
                factors[j * n + j] = isDependent ? 0 : pivot
                for i in (j + 1)..<max(n, j + 1) {
                    var element = factors[i * n + j]
                    for k in 0..<j { element -= factors[i * n + k] * factors[j * n + k] * factors[k * n + k] }
                    factors[i * n + j] = isDependent ? 0 : element / pivot
                }
            }
        }
        (order, self.factors, self.dependent) = (n, factors, dependent)
    }

    private func pivot(_ row: Int) -> Double { factors[row * order + row] }

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
        for i in 0..<order { for k in 0..<i { x[i] -= factors[i * order + k] * x[k] } }
        for i in 0..<order { x[i] = pivot(i) > 0 ? x[i] / pivot(i) : 0 }
        for i in (0..<order).reversed() {
            for k in (i + 1)..<max(order, i + 1) where pivot(i) > 0 { x[i] -= factors[k * order + i] * x[k] }
        }
    }

    /// T x for M⁻¹ = Tᵀ T, T = D^(−1/2) L⁻¹; 0 in the rows left out.
    func whiten(_ x: [Double]) -> [Double] {
        var y = x
        for i in 0..<order { for k in 0..<i { y[i] -= factors[i * order + k] * y[k] } }
        for i in 0..<order { y[i] = pivot(i) > 0 ? y[i] / pivot(i).squareRoot() : 0 }
        return y
    }

    /// Tᵀ y, so that M⁻¹ x = Tᵀ T x.
    func unwhiten(_ y: [Double]) -> [Double] {
        var x = (0..<order).map { pivot($0) > 0 ? y[$0] / pivot($0).squareRoot() : 0 }
        for i in (0..<order).reversed() {
            for k in (i + 1)..<max(order, i + 1) where pivot(i) > 0 { x[i] -= factors[k * order + i] * x[k] }
        }
        return x
    }

    /// M⁻¹; 0 in the rows and columns left out.
    public func inverse() -> SymmetricMatrix {
        var inverse = SymmetricMatrix(order: order)
        var solved = Array(repeating: 0.0, count: order)
        for column in 0..<order {
            for row in 0..<order { solved[row] = row == column && pivot(column) > 0 ? 1 : 0 }
            solve(inPlace: &solved)
            for row in 0...column { inverse[row, column] = solved[row] }
        }
        return inverse
    }

    /// ln |M| over the rows kept.
    public var logDeterminant: Double { (0..<order).lazy.map(pivot).filter { $0 > 0 }.reduce(0) { $0 + .log($1) } }
}
