/// The chance model of a count in a mixed model, with its natural link.
public enum MixedFamily: Sendable {
    /// Successes among trials; predictor ln p/(1 − p).
    case binomial
    /// Events; predictor ln μ.
    case poisson

    /// e^η of a Poisson count, or the probability of a success: what the derivatives below are made from.
    @inline(__always)
    func mean(_ predictor: Double) -> Double {
        switch self {
        case .binomial: 1 / (1 + .exp(-predictor))
        case .poisson: .exp(predictor)
        }
    }

    /// The cumulant function b(η) whose derivatives are mean, variance and so on (McCullagh & Nelder 1989, 2.2.2).
    @inline(__always)
    func cumulant(_ predictor: Double) -> Double {
        switch self {
        case .binomial: max(predictor, 0) + .log1p(.exp(-abs(predictor)))
        case .poisson: .exp(predictor)
        }
    }

    /// Both at once, which share their exponential.
    @inline(__always)
    func meanAndCumulant(_ predictor: Double) -> (mean: Double, cumulant: Double) {
        switch self {
        case .binomial:
            let odds = Double.exp(-abs(predictor))
            return ((predictor > 0 ? 1 : odds) / (1 + odds), max(predictor, 0) + .log1p(odds))
        case .poisson:
            let mean = Double.exp(predictor)
            return (mean, mean)
        }
    }

    /// b″ from the mean.
    @inline(__always)
    func second(_ mean: Double) -> Double {
        switch self {
        case .binomial: mean * (1 - mean)
        case .poisson: mean
        }
    }

    /// b‴ and b⁗ from the mean.
    @inline(__always)
    func higher(_ mean: Double) -> (third: Double, fourth: Double) {
        switch self {
        case .binomial:
            let variance = mean * (1 - mean)
            return (variance * (1 - 2 * mean), variance * (1 - 6 * variance))
        case .poisson: return (mean, mean)
        }
    }

    /// The part of an observation's log-likelihood that no parameter changes: ln C(n, y) or −ln y!.
    func constant(count: Double, size: Double) -> Double {
        func logFactorial(_ x: Double) -> Double { x > 0 ? GammaFunctions.logGamma(x + 1) ?? .nan : 0 }
        switch self {
        case .binomial:
            return size == 1 && (count == 0 || count == 1)
                ? 0 : logFactorial(size) - logFactorial(count) - logFactorial(size - count)
        case .poisson: return -logFactorial(count)
        }
    }

    /// The family of the same chance model without random effects.
    var withoutEffects: CountFamily {
        switch self {
        case .binomial: .binomial
        case .poisson: .poisson
        }
    }
}
