/// Regression of counts that vary more than chance as those of a gamma-distributed rate do, variance μ + μ²/θ, by
/// maximum likelihood of coefficients and θ in turn (Lawless 1987).
struct NegativeBinomialRegression: Sendable {
    let regression: CountRegression
    let theta: Double
    let twiceLogLikelihood: Double

    /// Above it the counts vary no more than Poisson counts, and θ runs away.
    static let largestTheta = 1e4

    init(_ design: Design, counts: [Double], logOffset: [Double]? = nil) throws(CountRegression.Failure) {
        var regression = try CountRegression(design, counts: counts, logOffset: logOffset, family: .poisson)
        guard var theta = Self.theta(counts, regression.fitted, start: nil) else { throw .notConverged }
        for _ in 0..<200 {
            regression = try CountRegression(
                design, counts: counts, logOffset: logOffset, family: .negativeBinomial(theta: theta),
                start: regression.coefficients)
            guard let next = Self.theta(counts, regression.fitted, start: theta) else { throw .notConverged }
            let change = abs(next - theta) / theta
            theta = next
            if change < 1e-12 { break }
        }
        guard theta <= Self.largestTheta else { throw .notConverged }
        (self.regression, self.theta) = (regression, theta)
        twiceLogLikelihood = 2 * Self.logLikelihood(counts, regression.fitted, theta)
    }

    static func logLikelihood(_ counts: [Double], _ means: [Double], _ theta: Double) -> Double {
        zip(counts, means).reduce(0) { sum, pair in
            let (y, mean) = pair
            let combinations =
                (GammaFunctions.logRising(theta, by: y) ?? .nan) - (GammaFunctions.logGamma(y + 1) ?? .nan)
            return sum + combinations - theta * .log1p(mean / theta) + (y > 0 ? y * .log(mean / (theta + mean)) : 0)
        }
    }

    /// θ that maximises the likelihood for given means, by Newton's method; nil where it runs away.
    private static func theta(_ counts: [Double], _ means: [Double], start: Double?) -> Double? {
        let scatter = zip(counts, means).reduce(0) { $0 + ($1.0 / $1.1 - 1) * ($1.0 / $1.1 - 1) }
        var theta = start ?? Double(counts.count) / scatter
        for _ in 0..<100 {
            var (score, information) = (0.0, 0.0)
            for (y, mean) in zip(counts, means) {
                guard let psi = GammaFunctions.digamma(theta + y), let psi0 = GammaFunctions.digamma(theta),
                    let tri = GammaFunctions.trigamma(theta + y), let tri0 = GammaFunctions.trigamma(theta)
                else { return nil }
                score += psi - psi0 + .log(theta) + 1 - .log(theta + mean) - (y + theta) / (mean + theta)
                information +=
                    tri0 - tri - 1 / theta + 2 / (mean + theta) - (y + theta) / ((mean + theta) * (mean + theta))
            }
            let step = score / information
            let next = max(theta / 10, theta + step)
            guard next.isFinite, next < 1e8 else { return nil }
            if abs(next - theta) < 1e-13 * theta { return next }
            theta = next
        }
        return theta
    }
}
