/// Sums of scores that stay right when neighbours resemble one another (Newey & West 1987).
enum NeweyWest {
    /// S + Σ w(l) (Γ(l) + Γ(l)ᵀ) of scores in the order of time, with Bartlett weights 1 − l/(L + 1).
    ///
    /// Every score meets the weighted sum of its neighbours on both sides at once, so that it is symmetric.
    ///
    /// - Parameter scores: a column for each coefficient.
    static func middle(_ scores: [[Double]], lag: Int) -> SymmetricMatrix {
        let n = scores.first?.count ?? 0
        let weights = (0...max(0, min(lag, n - 1))).map { 1 - Double($0) / (Double(max(0, lag)) + 1) }
        var middle = SymmetricMatrix(order: scores.count)
        var sums = Array(repeating: 0.0, count: n)
        for row in scores.indices {
            spread(scores[row], weights, into: &sums)
            for column in 0...row {
                middle[row, column] = sums.withUnsafeBufferPointer { sums in
                    scores[column].withUnsafeBufferPointer { DotProduct.of(sums, $0) }
                }
            }
        }
        return middle
    }

    private static func spread(_ values: [Double], _ weights: [Double], into sums: inout [Double]) {
        let n = values.count
        for row in 0..<n { sums[row] = values[row] }
        for back in weights.indices.dropFirst() {
            for row in back..<n {
                sums[row] += weights[back] * values[row - back]
                sums[row - back] += weights[back] * values[row]
            }
        }
    }

    /// ⌊0.75 n^(1/3)⌋ neighbours (Stock & Watson 2003).
    static func usualLag(_ n: Int) -> Int { Int(0.75 * Double.pow(Double(n), 1.0 / 3)) }

    /// How far neighbours reach as the scores themselves have it (Newey & West 1994, for Bartlett weights, without
    /// prewhitening); its whole part is the lag. Nil where the scores do not vary.
    ///
    /// - Parameter scores: a column for each coefficient but the intercept.
    static func bandwidth(_ scores: [[Double]]) -> Double? {
        let n = scores.first?.count ?? 0
        let sums = (0..<n).map { row in scores.reduce(0) { $0 + $1[row] } }
        let reach = Int(4 * Double.pow(Double(n) / 100, 2.0 / 9))
        let covariances = (0...max(0, min(reach, n - 1))).map { back in
            (back..<max(n, back)).reduce(0) { $0 + sums[$1] * sums[$1 - back] } / Double(max(n, 1))
        }
        let total = covariances[0] + 2 * covariances.dropFirst().reduce(0, +)
        let sloped = 2 * covariances.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
        let ratio = sloped / total
        return (1.1447 * Double.pow(ratio * ratio * Double(n), 1.0 / 3)).finite
    }
}

extension CountRegression {
    /// Covariance of the coefficients that stays right when months resemble their neighbours: scores x(y − μ) of the
    /// usual link, times n/(n − p).
    ///
    /// - Parameter lag: L; the usual choice is ⌊0.75 n^(1/3)⌋.
    func neweyWest(_ design: Design, counts: [Double], lag: Int) -> SymmetricMatrix {
        let residuals = zip(counts, fitted).map { $0 - $1 }
        let (n, p) = (design.rows, design.columns)
        return information.sandwich(
            NeweyWest.middle(design.columnwise(times: residuals), lag: lag), scale: Double(n) / Double(n - p))
    }
}

extension SymmetricFactors {
    /// scale · M⁻¹ B M⁻¹.
    func sandwich(_ middle: SymmetricMatrix, scale: Double) -> SymmetricMatrix {
        var result = inverse().sandwich(middle)
        result.scale(by: scale)
        return result
    }
}
