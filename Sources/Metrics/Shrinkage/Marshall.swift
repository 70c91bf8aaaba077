/// Mean and spread of sites' rates by moments, and the shrunken rates that follow (Marshall 1991, global estimator).
public struct Marshall: Equatable, Sendable {
    public let mean: Double
    /// Variance between sites beside chance, at least 0.
    public let betweenVariance: Double

    public init(observed: [Double], expected: [Double]) {
        let whole = expected.reduce(0, +)
        let mean = observed.reduce(0, +) / whole
        let scatter = zip(observed, expected).reduce(0) { sum, site in
            let difference = site.0 / site.1 - mean
            return sum + site.1 * difference * difference
        }
        self.mean = mean
        betweenVariance = max(0, scatter / whole - mean / (whole / Double(expected.count)))
    }

    public func shrunken(observed: Double, expected: Double) -> Double {
        let weight = betweenVariance / (betweenVariance + mean / expected)
        return mean + weight * (observed / expected - mean)
    }
}
