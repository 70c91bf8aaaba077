extension CountRegression {
    /// Covariance of the coefficients that stays right when months resemble their neighbours (Newey & West 1987).
    ///
    /// Scores x(y − μ) of the usual link with Bartlett weights 1 − l/(L + 1), times n/(n − p).
    ///
    /// - Parameter lag: L; the usual choice is ⌊0.75 n^(1/3)⌋.
    func neweyWest(_ design: Design, counts: [Double], lag: Int) -> SymmetricMatrix {
        let (n, p) = (design.rows, design.columns)
        let scores = (0..<n).map { row in (0..<p).map { design[row, $0] * (counts[row] - fitted[row]) } }
        var middle = SymmetricMatrix(order: p)
        for row in 0..<n { middle.add(1, outerProductOf: scores[row]) }
        for back in stride(from: 1, through: min(lag, n - 1), by: 1) {
            let weight = 1 - Double(back) / Double(lag + 1)
            for row in back..<n {
                // x yᵀ + y xᵀ = (x + y)(x + y)ᵀ − x xᵀ − y yᵀ, which keeps the matrix symmetric.
                middle.add(weight, outerProductOf: zip(scores[row], scores[row - back]).map { $0 + $1 })
                middle.add(-weight, outerProductOf: scores[row])
                middle.add(-weight, outerProductOf: scores[row - back])
            }
        }
        return information.sandwich(middle, scale: Double(n) / Double(n - p))
    }

    /// ⌊0.75 n^(1/3)⌋ neighbours (Stock & Watson 2003).
    static func usualLag(_ n: Int) -> Int { Int(0.75 * Double.pow(Double(n), 1.0 / 3)) }
}

extension SymmetricFactors {
    /// scale · M⁻¹ B M⁻¹.
    func sandwich(_ middle: SymmetricMatrix, scale: Double) -> SymmetricMatrix {
        let p = middle.order
        let inverse = inverse()
        var result = SymmetricMatrix(order: p)
        for row in 0..<p {
            let left = middle.times((0..<p).map { inverse[row, $0] })
            for column in 0...row {
                result[row, column] = scale * (0..<p).reduce(0) { $0 + left[$1] * inverse[$1, column] }
            }
        }
        return result
    }
}
