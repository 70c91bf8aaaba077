/// The chance model of a count: binomial for proportions, Poisson for rates.
enum CountModel: Sendable {
    case binomial, poisson

    /// The largest possible ratio: 1 for a proportion, none for a rate.
    var ceiling: Double {
        switch self {
        case .binomial: 1
        case .poisson: .infinity
        }
    }

    /// Whether a numerator can occur on a denominator at all.
    func allows(_ numerator: Double, over denominator: Double) -> Bool {
        guard numerator.isFinite, denominator.isFinite, numerator >= 0, denominator >= 0 else { return false }
        return self == .poisson || numerator <= denominator
    }

    /// Standard deviation of the ratio around a centre: √(p(1 − p)/n) or √(u/n).
    func standardDeviation(around centre: Double, denominator: Double) -> Double {
        switch self {
        case .binomial: (centre * (1 - centre) / denominator).squareRoot()
        case .poisson: (centre / denominator).squareRoot()
        }
    }

    /// The expected count, for a proportion the smaller of positives and negatives.
    func expectedCount(around centre: Double, denominator: Double) -> Double {
        switch self {
        case .binomial: min(centre, 1 - centre) * denominator
        case .poisson: centre * denominator
        }
    }

    /// The smallest count with at least this probability at or below it.
    func quantile(_ probability: Double, around centre: Double, denominator: Double) -> Double? {
        switch self {
        case .binomial: Binomial.quantile(probability, trials: denominator, probability: centre)
        case .poisson: Poisson.quantile(probability, mean: centre * denominator)
        }
    }
}
