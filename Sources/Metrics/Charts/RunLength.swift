/// How many months pass on average until a chart signals: of a clinic that has not changed, how rare false signals
/// are; of one that has, how late they come.
public enum RunLength {
    /// Two-sided cumulative sums of normal months that have shifted by `shift` standard deviations.
    ///
    /// L(0) of L(u) = 1 + L(0) Φ(k − u) + ∫₀ʰ L(x) φ(x + k − u) dx (Page 1954), both sides joined by
    /// 1/L = 1/L⁺ + 1/L⁻ (Kemp 1961).
    public static func cumulativeSum(slack: Double, limit: Double, shift: Double) -> Double? {
        guard let rise = oneSided(slack, limit, shift), let fall = oneSided(slack, limit, -shift) else { return nil }
        return 1 / (1 / rise + 1 / fall)
    }

    /// Two-sided weighted average with its steady limits: L(u) = 1 + 1/λ ∫ L(x) φ((x − (1 − λ)u)/λ − shift) dx over
    /// ± L √(λ/(2 − λ)) (Crowder 1987).
    public static func weightedAverage(weight: Double, width: Double, shift: Double) -> Double? {
        let edge = width * (weight / (2 - weight)).squareRoot()
        let rule = GaussLegendre(nodes: 61, from: -edge, to: edge)
        let n = rule.nodes.count
        var matrix = Array(repeating: Array(repeating: 0.0, count: n), count: n)
        for (row, u) in rule.nodes.enumerated() {
            for (column, x) in rule.nodes.enumerated() {
                let z = (x - (1 - weight) * u) / weight - shift
                matrix[row][column] = (row == column ? 1 : 0) - rule.weights[column] * density(z) / weight
            }
        }
        guard let solved = LinearSystem.solve(matrix, Array(repeating: 1, count: n)) else { return nil }
        return 1
            + zip(zip(rule.nodes, rule.weights), solved).reduce(0) { sum, term in
                let ((x, w), length) = term
                return sum + w * length * density(x / weight - shift) / weight
            }
    }

    private static func oneSided(_ slack: Double, _ limit: Double, _ shift: Double) -> Double? {
        let rule = GaussLegendre(nodes: 61, from: 0, to: limit)
        let points = [0] + rule.nodes
        var matrix = Array(repeating: Array(repeating: 0.0, count: points.count), count: points.count)
        for (row, u) in points.enumerated() {
            guard let below = Normal.lowerTail(slack - u - shift) else { return nil }
            matrix[row][row] += 1
            matrix[row][0] -= below
            for (column, x) in rule.nodes.enumerated() {
                matrix[row][column + 1] -= rule.weights[column] * density(x + slack - u - shift)
            }
        }
        return LinearSystem.solve(matrix, Array(repeating: 1, count: points.count))?.first
    }

    private static func density(_ z: Double) -> Double { .exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
}
