/// What the count of one site may be if it is like the others: by chance alone, or where sites differ by a variance
/// beside chance as well.
///
/// The variance is that of the funnel's transformed scale. A rate whose root varies by τ² varies itself by 4τ² times its
/// square, so that a gamma of that variance makes the count negative binomial of size 1/(4τ²); a proportion whose arcsine
/// of the root varies by τ² varies itself by 4τ²p(1 − p), so that a beta makes it beta-binomial with a + b = 1/(4τ²) − 1.
enum SiteCountLaw {
    case poisson(mean: Double)
    case negativeBinomial(mean: Double, size: Double)
    case binomial(trials: Double, probability: Double)
    case betaBinomial(BetaBinomial)

    /// - Parameters:
    ///   - target: the ratio that all sites share.
    ///   - size: the site's denominator, for a proportion a whole number.
    ///   - between: variance between sites beside chance, on the transformed scale.
    init?(_ model: CountModel, target: Double, size: Double, between: Double) {
        guard size > 0, size.isFinite, target > 0 else { return nil }
        switch model {
        case .poisson where between > 0:
            self = .negativeBinomial(mean: target * size, size: 1 / (4 * between))
        case .poisson:
            self = .poisson(mean: target * size)
        case .binomial where between > 0:
            // Sites cannot vary by more than between all and nothing.
            let precision = max(1 / (4 * between) - 1, 1e-6)
            let law = BetaBinomial(trials: size, a: target * precision, b: (1 - target) * precision)
            guard let law else { return nil }
            self = .betaBinomial(law)
        case .binomial:
            self = .binomial(trials: size, probability: target)
        }
    }

    /// P(count ≤ k), also for k < 0.
    func lowerTail(_ k: Double) -> Double? {
        guard k >= 0 else { return 0 }
        return switch self {
        case .poisson(let mean): Poisson.lowerTail(k, mean: mean)
        case .negativeBinomial(let mean, let size): NegativeBinomial.lowerTail(k, mean: mean, size: size)
        case .binomial(let trials, let p): Binomial.lowerTail(k, trials: trials, probability: p)
        case .betaBinomial(let law): law.lowerTail(k)
        }
    }

    /// P(count > k), accurate where it is small, also for k < 0.
    func upperTail(_ k: Double) -> Double? {
        guard k >= 0 else { return 1 }
        return switch self {
        case .poisson(let mean): Poisson.upperTail(k, mean: mean)
        case .negativeBinomial(let mean, let size): NegativeBinomial.upperTail(k, mean: mean, size: size)
        case .binomial(let trials, let p): Binomial.upperTail(k, trials: trials, probability: p)
        case .betaBinomial(let law): law.upperTail(k)
        }
    }

    /// The count, in parts of one, below which a share falls: between the count that first reaches the share and the
    /// one before, in proportion (Spiegelhalter 2005, appendix A.1.1).
    func limit(_ share: Double) -> Double? {
        let first = FirstCount.meeting { k in lowerTail(k).map { $0 >= share } ?? false }
        guard let first, let reached = lowerTail(first), let before = lowerTail(first - 1) else { return nil }
        return first - (reached - share) / (reached - before)
    }

    /// Two-sided probability of a count so far out, half of its own counted (Lancaster 1961): by chance it is uniform on
    /// average, where the whole of a small count's probability would make all sites seem ordinary.
    func midP(_ count: Double) -> Double? {
        guard let below = lowerTail(count - 1), let reached = lowerTail(count), let above = upperTail(count),
            let from = upperTail(count - 1)
        else { return nil }
        return min(1, below + reached, above + from)
    }

    /// P(count outside the two limits).
    func outside(_ lower: Double, _ upper: Double) -> Double? {
        guard let below = lowerTail(lower.rounded(.up) - 1), let above = upperTail(upper.rounded(.down)) else {
            return nil
        }
        return below + above
    }
}
