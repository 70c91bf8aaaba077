/// The limits of a funnel at one size: between them a site like the others would lie with the probability of the level.
public struct FunnelLimits: Equatable, Sendable {
    /// At 95 %, exact with interpolation.
    public let inner: Interval
    /// At 99.8 %.
    public let outer: Interval

    init?(_ model: CountModel, target: Double, size: Double, between: Double) {
        guard let law = SiteCountLaw(model, target: target, size: size, between: between) else { return nil }
        func limit(_ share: Double) -> Double {
            law.limit(share).map { min(model.ceiling, max(0, $0 / size)) } ?? .nan
        }
        inner = Interval(lower: limit(0.025), upper: limit(0.975), level: 0.95)
        outer = Interval(lower: limit(0.001), upper: limit(0.999), level: 0.998)
        guard [inner.lower, inner.upper, outer.lower, outer.upper].allSatisfy(\.isFinite) else { return nil }
    }
}

extension FunnelPlot {
    /// Limits of chance alone at any size.
    public func limits(size: Double) -> FunnelLimits? {
        FunnelLimits(model, target: target, size: size, between: 0)
    }

    /// Limits that leave room for the variance between sites as well; those of chance alone where there is none.
    public func wideLimits(size: Double) -> FunnelLimits? {
        FunnelLimits(model, target: target, size: size, between: betweenVariance)
    }

    /// Two-sided mid-P of a site's count, the variance between sites allowed for.
    ///
    /// Unlike `Site.p`, which is normal on the transformed scale, it holds for small counts and for none.
    public func p(count: Double, size: Double) -> Double? {
        SiteCountLaw(model, target: target, size: size, between: betweenVariance)?.midP(count)
    }

    /// The probability that chance alone puts a site of this size outside limits: of small counts not their level, for a
    /// count comes in whole numbers.
    public func chance(ofBeingOutside limits: Interval, size: Double) -> Double? {
        SiteCountLaw(model, target: target, size: size, between: 0)?.outside(limits.lower * size, limits.upper * size)
    }

    /// How much a site differs from the target by the variance between sites, as one standard deviation: a share of
    /// the target for ratios, in proportion itself for proportions.
    public var typicalDifference: Double {
        let spread = 2 * betweenVariance.squareRoot()
        return model == .poisson ? spread * target : spread * (target * (1 - target)).squareRoot()
    }
}
