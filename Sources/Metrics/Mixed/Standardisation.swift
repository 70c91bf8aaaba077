/// Columns of a regression moved to mean 0 and scaled to spread 1 before their products are summed, so that digits are
/// kept; what was estimated is told in the columns' own units.
struct Standardisation: Sendable {
    /// The column that is the same in all rows, which the means are moved to; without one nothing is moved.
    let intercept: Int?
    let means: [Double]
    let spreads: [Double]
    let outcomeMean: Double
    /// What the intercept's column says.
    private let level: Double

    /// None: sums as they are.
    init(identity columns: Int) {
        (intercept, outcomeMean, level) = (nil, 0, 1)
        (means, spreads) = (Array(repeating: 0, count: columns), Array(repeating: 1, count: columns))
    }

    init(_ columns: [[Double]], outcome: [Double]) {
        let summaries = columns.map(Self.summary)
        intercept = summaries.firstIndex { $0.spread == 0 && $0.mean != 0 }
        let moves = intercept != nil
        means = summaries.map { moves && $0.spread > 0 ? $0.mean : 0 }
        spreads = summaries.map { $0.spread > 0 ? (moves ? $0.spread : $0.size) : 1 }
        outcomeMean = moves ? Self.summary(outcome).mean : 0
        level = intercept.map { summaries[$0].mean } ?? 1
    }

    /// Mean, standard deviation and root mean square.
    private static func summary(_ column: [Double]) -> (mean: Double, spread: Double, size: Double) {
        let (n, first) = (Double(column.count), column.first ?? 0)
        var (sum, squares) = (0.0, 0.0)
        for value in column {
            sum += value - first
            squares += (value - first) * (value - first)
        }
        let variance = max(0, squares / n - (sum / n) * (sum / n))
        let mean = first + sum / n
        // Below a few rounding errors of its values a column is constant.
        let isConstant = squares == 0
        return (mean, isConstant ? 0 : variance.squareRoot(), (variance + mean * mean).squareRoot())
    }

    /// Weights of own coefficients from weights of the columns' coefficients.
    func standardised(_ weights: [Double]) -> [Double] {
        let onIntercept = intercept.map { weights[$0] / level } ?? 0
        return weights.indices.map { (weights[$0] - onIntercept * means[$0]) / spreads[$0] }
    }

    /// What the outcome's mean adds to a weighted sum of coefficients.
    func origin(_ weights: [Double]) -> Double { intercept.map { weights[$0] * outcomeMean / level } ?? 0 }

    /// ln |A| with standardised columns X A, over the columns kept.
    func logDeterminant(_ kept: [Int]) -> Double { kept.reduce(0) { $0 - .log(spreads[$1]) } }
}
