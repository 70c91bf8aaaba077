/// The beta-binomial distribution of the successes among whole trials whose probability is itself a beta variable.
///
/// The weight of each count follows from its neighbour by the ratio of their densities, and tails are sums of weights
/// over their total: no logarithms of gamma functions, whose difference would lose digits.
public struct BetaBinomial: Sendable {
    /// Above this the sums take too long and too much memory.
    public static let mostTrials = 1_000_000.0

    /// Sums of the weights of 0...k and of k...trials.
    private let fromBelow: [Double]
    private let fromAbove: [Double]

    /// Nil unless a, b > 0 and trials is a whole number from 1 to `mostTrials`.
    public init?(trials: Double, a: Double, b: Double) {
        guard trials >= 1, trials <= Self.mostTrials, trials == trials.rounded() else { return nil }
        guard a > 0, b > 0, a.isFinite, b.isFinite else { return nil }
        let weights = Self.weights(trials, a, b)
        fromBelow = Self.sums(weights)
        fromAbove = Self.sums(weights.reversed()).reversed()
        guard let total = fromBelow.last, total.isFinite else { return nil }
    }

    /// P(X ≤ k); nil for k < 0.
    public func lowerTail(_ k: Double) -> Double? {
        guard k >= 0 else { return nil }
        return k >= Double(fromBelow.count - 1) ? 1 : min(1, fromBelow[Int(k)] / fromAbove[0])
    }

    /// P(X > k), accurate where it is small; nil for k < 0.
    public func upperTail(_ k: Double) -> Double? {
        guard k >= 0 else { return nil }
        return k >= Double(fromAbove.count - 1) ? 0 : min(1, fromAbove[Int(k) + 1] / fromAbove[0])
    }

    /// Densities relative to that of the count next to the mean, n a/(a + b).
    ///
    /// f(j + 1)/f(j) = (n − j)(a + j) / ((j + 1)(b + n − j − 1)).
    private static func weights(_ trials: Double, _ a: Double, _ b: Double) -> [Double] {
        let start = Int((trials * (a / (a + b))).rounded(.down))
        var weights = [Double](repeating: 1, count: Int(trials) + 1)
        func ratio(_ j: Double) -> Double { (trials - j) / (j + 1) * ((a + j) / (b + trials - j - 1)) }
        for j in start..<Int(trials) { weights[j + 1] = weights[j] * ratio(Double(j)) }
        for j in (0..<start).reversed() { weights[j] = weights[j + 1] / ratio(Double(j)) }
        return weights
    }

    private static func sums(_ weights: [Double]) -> [Double] {
        var sum = 0.0
        return weights.map { weight in
            sum += weight
            return sum
        }
    }
}
