/// Rates of sites that differ as a gamma variable does (Clayton & Kaldor 1987): O ~ Poisson(rate · E), rate ~ Gamma.
public struct GammaPoisson: Equatable, Sendable {
    /// Shape and rate of the sites' distribution; its mean is shape/rate.
    public let shape: Double
    public let rate: Double
    public let logLikelihood: Double

    /// Above this shape sites are alike as far as the data tell.
    static let largestShape = 1e6

    /// Maximum likelihood from the negative binomial of each site; sites without exposure tell nothing.
    ///
    /// Fewer than two sites: `tooFewUnits`; no events: `noVariation`; sites that differ by no more than chance:
    /// `alike`, when all should be shown the programme's rate.
    public static func fit(observed: [Double], expected: [Double]) -> Result<GammaPoisson, Unavailable> {
        let sites = zip(observed, expected).filter { $0.1 > 0 }
        guard sites.allSatisfy({ $0.0 >= 0 && $0.0.isFinite && $0.1.isFinite }) else {
            return .failure(.impossibleCounts)
        }
        guard sites.count > 1 else { return .failure(.tooFewUnits) }
        guard let start = Marshall(observed: sites.map(\.0), expected: sites.map(\.1)) else {
            return .failure(.notComputable)
        }
        guard start.mean > 0 else { return .failure(.noVariation) }
        // Sites alike by moments may still differ by likelihood: begin from a small spread.
        let between = max(start.betweenVariance, 1e-4 * start.mean * start.mean)
        let first = (a: start.mean * start.mean / between, b: start.mean / between)
        guard
            let found = PairMaximum.find(
                start: first, ceiling: largestShape * max(1, 1 / start.mean),
                { derivatives(sites, shape: $0, rate: $1) }),
            found.a < largestShape
        else { return .failure(.alike) }
        return .success(GammaPoisson(shape: found.a, rate: found.b, logLikelihood: found.value))
    }

    /// A site's rate after shrinkage, per `per` units of exposure: Gamma(shape + O, rate + E).
    public func shrunken(observed: Double, expected: Double, per: Double = 1, level: Double = 0.95) -> ShrunkenValue {
        let weight = expected / (expected + rate)
        guard let tail = Interval.tail(ofLevel: level) else {
            return ShrunkenValue(estimate: .unavailable(.invalidLevel), weight: weight)
        }
        let (a, b) = (shape + observed, rate + expected)
        guard let lower = GammaFunctions.inverseP(shape: a, tail), let upper = GammaFunctions.inverseQ(shape: a, tail)
        else { return ShrunkenValue(estimate: .unavailable(.notComputable), weight: weight) }
        let interval = Interval(lower: lower * per / b, upper: upper * per / b, level: level)
        return ShrunkenValue(
            estimate: .checked(
                .init(
                    point: a / b * per, interval: interval, method: .gammaPoisson, numerator: observed,
                    denominator: expected)), weight: weight)
    }

    /// The probability that a site's rate lies above a threshold.
    public func exceedance(of threshold: Double, observed: Double, expected: Double) -> Double? {
        GammaFunctions.regularisedQ(shape: shape + observed, threshold * (rate + expected))
    }

    /// Log-likelihood of Σ ln NB(O; shape, rate/(rate + E)) and its derivatives.
    static func derivatives(_ sites: [(Double, Double)], shape a: Double, rate b: Double) -> PairMaximum.Derivatives {
        var sum = PairMaximum.Derivatives()
        guard let psi = GammaFunctions.digamma(a), let tri = GammaFunctions.trigamma(a) else {
            return PairMaximum.Derivatives(value: .nan)
        }
        for (o, e) in sites {
            let both = b + e
            sum.value += (GammaFunctions.logRising(a, by: o) ?? .nan) - (GammaFunctions.logGamma(o + 1) ?? .nan)
            sum.value += (o > 0 ? o * .log(e / both) : 0) - a * .log1p(e / b)
            sum.a += (GammaFunctions.digamma(a + o) ?? .nan) - psi + .log(b / both)
            sum.aa += (GammaFunctions.trigamma(a + o) ?? .nan) - tri
            sum.b += a / b - (a + o) / both
            sum.ab += e / (b * both)
            sum.bb += (a + o) / (both * both) - a / (b * b)
        }
        return sum
    }
}
