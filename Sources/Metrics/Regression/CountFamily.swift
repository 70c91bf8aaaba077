/// The chance model of a count in a regression, with its usual link: ln μ, or ln p/(1 − p) of successes among trials.
enum CountFamily: Equatable, Sendable {
    case poisson
    case binomial
    /// Variance μ + μ²/θ.
    case negativeBinomial(theta: Double)

    /// Mean count, its derivative by the linear predictor, and the variance of the count; `size` is the trials.
    @inline(__always)
    func moments(_ predictor: Double, size: Double) -> (mean: Double, slope: Double, variance: Double) {
        switch self {
        case .poisson:
            let mean = Double.exp(predictor)
            return (mean, mean, mean)
        case .binomial:
            let p = 1 / (1 + .exp(-max(-30, min(30, predictor))))
            return (size * p, size * p * (1 - p), size * p * (1 - p))
        case .negativeBinomial(let theta):
            let mean = Double.exp(predictor)
            return (mean, mean, mean + mean * mean / theta)
        }
    }

    /// The predictor to start from, of the observation itself moved off the edge.
    func start(_ count: Double, size: Double) -> Double {
        switch self {
        case .poisson, .negativeBinomial: .log(count + 0.1)
        case .binomial: .log((count + 0.5) / (size - count + 0.5))
        }
    }

    /// Twice the log-likelihood lost against fitting each observation by itself.
    @inline(__always)
    func deviance(_ count: Double, mean: Double, size: Double) -> Double {
        func part(_ y: Double, _ m: Double) -> Double { y > 0 ? y * .log(y / m) : 0 }
        switch self {
        case .poisson: return 2 * (part(count, mean) - (count - mean))
        case .binomial: return 2 * (part(count, mean) + part(size - count, size - mean))
        case .negativeBinomial(let theta):
            return 2 * (part(count, mean) - (count + theta) * .log((count + theta) / (mean + theta)))
        }
    }
}
