/// The chance model of a count in a regression, with its usual link: ln μ, or ln p/(1 − p) of successes among trials.
enum CountFamily: Equatable, Sendable {
    case poisson
    case binomial
    /// Variance μ + μ²/θ.
    case negativeBinomial(theta: Double)

    /// What a count is expected to be at a linear predictor, and how sharply.
    struct Moments {
        let mean: Double
        /// (dμ/dη)/V(μ): what an observation's distance from its mean adds to the score; 1 with the natural link.
        let sharpness: Double
        /// (dμ/dη)²/V(μ), the observation's information.
        let weight: Double
        /// The part of the log-likelihood that depends on the predictor.
        let kernel: Double
    }

    /// Square of a step, in standard errors, after which the next would change nothing: where the link is the natural
    /// one errors are squared at each step, otherwise they only shrink.
    var still: Double {
        switch self {
        case .poisson, .binomial: 1e-10
        case .negativeBinomial: 1e-18
        }
    }

    /// Moments of a count `y` at a predictor; `size` is the trials of a binomial.
    @inline(__always)
    func moments(_ y: Double, at predictor: Double, size: Double) -> Moments {
        switch self {
        case .poisson:
            let mean = Double.exp(predictor)
            return Moments(mean: mean, sharpness: 1, weight: mean, kernel: y * predictor - mean)
        case .binomial:
            let eta = max(-30, min(30, predictor))
            let odds = Double.exp(-eta)
            let p = 1 / (1 + odds)
            let spread = size * p * (1 - p)
            return Moments(
                mean: size * p, sharpness: 1, weight: spread, kernel: y * eta - size * (eta + .log1p(odds)))
        case .negativeBinomial(let theta):
            let mean = Double.exp(predictor)
            let sharpness = theta / (theta + mean)
            return Moments(
                mean: mean, sharpness: sharpness, weight: sharpness * mean,
                kernel: y * predictor - (y + theta) * .log(mean + theta))
        }
    }

    /// Variance of a count of a mean.
    @inline(__always)
    func variance(ofMean mean: Double, size: Double) -> Double {
        switch self {
        case .poisson: mean
        case .binomial: mean * (1 - mean / size)
        case .negativeBinomial(let theta): mean + mean * mean / theta
        }
    }

    /// The predictor to start from, of the observation itself moved off the edge.
    func start(_ count: Double, size: Double) -> Double {
        switch self {
        case .poisson, .negativeBinomial: .log(count + 0.1)
        case .binomial: .log((count + 0.5) / (size - count + 0.5))
        }
    }

    /// Twice the log-likelihood lost against fitting the observation by itself.
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
