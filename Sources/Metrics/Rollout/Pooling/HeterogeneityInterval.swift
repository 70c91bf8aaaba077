extension PooledEffects {
    /// The interval of τ² between the values at which Q is as large as it is by chance in either tail (Viechtbauer 2007);
    /// an end is 0 where even τ² = 0 is not enough. Nil for one site, and for a level outside (0, 1).
    public func betweenVarianceInterval(level: Double = 0.95) -> Interval? {
        guard let tail = Interval.tail(ofLevel: level), sample.degrees > 0 else { return nil }
        let shape = Double(sample.degrees) / 2
        guard let small = GammaFunctions.inverseP(shape: shape, tail),
            let large = GammaFunctions.inverseQ(shape: shape, tail),
            let lower = sample.betweenVariance(atSquares: 2 * large)?.value,
            let upper = sample.betweenVariance(atSquares: 2 * small)?.value
        else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }

    /// The interval of I², in per cent, that belongs to the one of τ².
    public func percentBeyondChanceInterval(level: Double = 0.95) -> Interval? {
        guard let limits = betweenVarianceInterval(level: level), let lower = heterogeneity.share(of: limits.lower),
            let upper = heterogeneity.share(of: limits.upper)
        else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }
}
