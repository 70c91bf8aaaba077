/// Proportions of sites that differ as a beta variable does: x ~ Binomial(n, p), p ~ Beta(a, b).
public struct BetaBinomialSites: Equatable, Sendable {
    /// Parameters of the sites' distribution; its mean is a/(a + b).
    public let a: Double
    public let b: Double
    public let logLikelihood: Double

    /// Maximum likelihood from the beta-binomial of each site; errors as in `GammaPoisson.fit`.
    public static func fit(successes: [Double], trials: [Double]) -> Result<BetaBinomialSites, Unavailable> {
        let sites = zip(successes, trials).filter { $0.1 > 0 }
        guard sites.allSatisfy({ $0.0 >= 0 && $0.0 <= $0.1 && $0.1.isFinite }) else {
            return .failure(.impossibleCounts)
        }
        guard sites.count > 1 else { return .failure(.tooFewUnits) }
        let mean = sites.reduce(0) { $0 + $1.0 } / sites.reduce(0) { $0 + $1.1 }
        guard mean > 0, mean < 1 else { return .failure(.noVariation) }
        guard
            let found = PairMaximum.find(
                start: (a: 10 * mean, b: 10 * (1 - mean)), ceiling: GammaPoisson.largestShape,
                { derivatives(sites, $0, $1) })
        else { return .failure(.alike) }
        return .success(BetaBinomialSites(a: found.a, b: found.b, logLikelihood: found.value))
    }

    /// A site's proportion after shrinkage: Beta(a + x, b + n − x).
    public func shrunken(successes: Double, trials: Double, level: Double = 0.95) -> ShrunkenValue {
        let weight = trials / (trials + a + b)
        guard let tail = Interval.tail(ofLevel: level) else {
            return ShrunkenValue(estimate: .unavailable(.invalidLevel), weight: weight)
        }
        let (above, below) = (a + successes, b + trials - successes)
        guard let lower = BetaFunctions.inverse(tail, a: above, b: below),
            let upper = BetaFunctions.inverse(1 - tail, a: above, b: below)
        else { return ShrunkenValue(estimate: .unavailable(.notComputable), weight: weight) }
        return ShrunkenValue(
            estimate: .checked(
                .init(
                    point: above / (above + below), interval: Interval(lower: lower, upper: upper, level: level),
                    method: .betaBinomial, numerator: successes, denominator: trials)), weight: weight)
    }

    /// The probability that a site's proportion lies above a threshold.
    public func exceedance(of threshold: Double, successes: Double, trials: Double) -> Double? {
        BetaFunctions.complement(threshold, a: a + successes, b: b + trials - successes)
    }

    private static func derivatives(_ sites: [(Double, Double)], _ a: Double, _ b: Double) -> PairMaximum.Derivatives {
        var sum = PairMaximum.Derivatives()
        func logBeta(_ x: Double, _ y: Double) -> Double {
            (GammaFunctions.logGamma(x) ?? .nan) + (GammaFunctions.logGamma(y) ?? .nan)
                - (GammaFunctions.logGamma(x + y) ?? .nan)
        }
        func psi(_ x: Double) -> Double { GammaFunctions.digamma(x) ?? .nan }
        func tri(_ x: Double) -> Double { GammaFunctions.trigamma(x) ?? .nan }
        let (prior, psiSum, triSum) = (logBeta(a, b), psi(a + b), tri(a + b))
        let (psiA, psiB, triA, triB) = (psi(a), psi(b), tri(a), tri(b))
        for (x, n) in sites {
            let whole = a + b + n
            // ln of n over x, which is −ln((n + 1) B(x + 1, n − x + 1)).
            sum.value += logBeta(a + x, b + n - x) - prior - .log(n + 1) - logBeta(x + 1, n - x + 1)
            let (shared, sharedCurve) = (psiSum - psi(whole), triSum - tri(whole))
            sum.a += psi(a + x) - psiA + shared
            sum.b += psi(b + n - x) - psiB + shared
            sum.aa += tri(a + x) - triA + sharedCurve
            sum.bb += tri(b + n - x) - triB + sharedCurve
            sum.ab += sharedCurve
        }
        return sum
    }
}
