/// All sites of a programme against one target, with limits that narrow as numbers grow (Spiegelhalter 2005).
///
/// Sites differ by more than chance for reasons no funnel knows. The additive form allows for a spread between sites
/// beside chance; without it the largest site would either be called out for a trifle or hide everybody else.
public struct FunnelPlot: Equatable, Sendable {
    public struct Site: Equatable, Sendable {
        public let value: Double
        /// Limits of chance alone about the target, at 95 % and 99.8 %, exact with interpolation.
        public let inner: Interval
        public let outer: Interval
        /// Distance from the target in standard deviations on the scale where they are alike.
        public let z: Double
        /// The same with the spread between sites beside chance.
        public let adjustedZ: Double

        /// Two-sided probability of so large an adjusted distance.
        public var p: Double? { Normal.lowerTail(-abs(adjustedZ)).map { 2 * $0 } }
    }

    public let target: Double
    /// One for each site; nil for one without a denominator.
    public let sites: [Site?]
    /// Mean square of the distances after the tenth on each side has been pulled in; 1 by chance alone.
    public let overdispersion: Double
    /// Variance between sites beside chance, on the transformed scale.
    public let betweenVariance: Double
    let model: CountModel

    /// Proportions on the scale of asin √p, with exact binomial limits. Target: all together, unless one is given.
    public static func proportions(
        _ numerators: [Double], of denominators: [Double], target: Double? = nil
    ) -> Result<FunnelPlot, Unavailable> {
        guard zip(numerators, denominators).allSatisfy({ CountModel.binomial.allows($0, over: $1) }) else {
            return .failure(.impossibleCounts)
        }
        let target = target ?? numerators.reduce(0, +) / denominators.reduce(0, +)
        guard target > 0, target < 1 else { return .failure(.noVariation) }
        let centre = Double.asin(target.squareRoot())
        return .success(
            FunnelPlot(
                model: .binomial, target: target, values: zip(numerators, denominators).map { $0 / $1 },
                sizes: denominators,
                distances: { Double.asin($0.squareRoot()) - centre }, errors: { 1 / (2 * $0.squareRoot()) }))
    }

    /// Observed over expected events on the scale of √(O/E), with exact Poisson limits about 1.
    public static func ratios(observed: [Double], expected: [Double]) -> Result<FunnelPlot, Unavailable> {
        guard zip(observed, expected).allSatisfy({ CountModel.poisson.allows($0, over: $1) }) else {
            return .failure(.impossibleCounts)
        }
        guard zip(observed, expected).contains(where: { $0 > 0 && $1 > 0 }) else { return .failure(.noVariation) }
        return .success(
            FunnelPlot(
                model: .poisson, target: 1, values: zip(observed, expected).map { $0 / $1 }, sizes: expected,
                distances: { $0.squareRoot() - 1 }, errors: { 1 / (2 * $0.squareRoot()) }))
    }

    private init(
        model: CountModel, target: Double, values: [Double], sizes: [Double], distances: (Double) -> Double,
        errors: (Double) -> Double
    ) {
        let known = sizes.indices.filter { sizes[$0] > 0 }
        let (distance, error) = (known.map { distances(values[$0]) }, known.map { errors(sizes[$0]) })
        let z = zip(distance, error).map { $0 / $1 }
        let spread = Self.spread(z, error)
        var sites = [Site?](repeating: nil, count: sizes.count)
        for (place, index) in known.enumerated() {
            guard let limits = FunnelLimits(model, target: target, size: sizes[index], between: 0) else { continue }
            sites[index] = Site(
                value: values[index], inner: limits.inner, outer: limits.outer, z: z[place],
                adjustedZ: distance[place] / (error[place] * error[place] + spread.between).squareRoot())
        }
        (self.target, self.sites, self.model) = (target, sites, model)
        (overdispersion, betweenVariance) = (spread.overdispersion, spread.between)
    }

    /// Mean square of the winsorised distances, and from it the variance between sites by moments.
    private static func spread(_ z: [Double], _ errors: [Double]) -> (overdispersion: Double, between: Double) {
        let sorted = z.sorted()
        let (low, high) = (Quantile.linear(sorted, 0.1), Quantile.linear(sorted, 0.9))
        let count = Double(z.count)
        let square = z.reduce(0) { sum, value in
            let pulled = min(max(value, low), high)
            return sum + pulled * pulled
        }
        let weights = errors.map { 1 / ($0 * $0) }
        let whole = weights.reduce(0, +)
        let reach = whole - weights.reduce(0) { $0 + $1 * $1 } / whole
        let excess = square - (count - 1)
        return (square / count, excess > 0 && reach > 0 ? excess / reach : 0)
    }
}
