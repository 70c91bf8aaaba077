/// Mean and spread of sites' rates by moments, and the shrunken rates that follow (Marshall 1991, global estimator).
public struct Marshall: Equatable, Sendable {
    public let mean: Double
    /// Variance between sites beside chance, at least 0.
    public let betweenVariance: Double

    /// Sites without exposure tell nothing; nil if there is no other, or a count that is none.
    public init?(observed: [Double], expected: [Double]) {
        let sites = zip(observed, expected).filter { $0.1 > 0 }
        let whole = sites.reduce(0) { $0 + $1.1 }
        let mean = sites.reduce(0) { $0 + $1.0 } / whole
        let scatter = sites.reduce(0) { sum, site in
            let difference = site.0 / site.1 - mean
            return sum + site.1 * difference * difference
        }
        let between = max(0, scatter / whole - mean / (whole / Double(sites.count)))
        guard mean.isFinite, between.isFinite else { return nil }
        (self.mean, betweenVariance) = (mean, between)
    }

    public func shrunken(observed: Double, expected: Double) -> Double {
        let weight = betweenVariance / (betweenVariance + mean / expected)
        return mean + weight * (observed / expected - mean)
    }
}
