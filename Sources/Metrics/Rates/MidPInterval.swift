extension PoissonInterval {
    /// Limits at which the observed count counts half: P(X > x) + P(X = x)/2 = α/2 below, the mirror above (Lancaster
    /// 1961; Rothman & Boice 1979). Shorter than Garwood's, and right on average where his are never too short.
    static func midP(events x: Double, level: Double) -> Interval? {
        guard let tail = Interval.tail(ofLevel: level), let wide = garwood(events: x, level: level) else { return nil }
        // Garwood's limits leave at least α/2 to each side, the middle of the interval never does.
        let middle = max(x, 0.5)
        let lower =
            x == 0
            ? 0
            : Bisection.root(between: wide.lower, and: middle) { mean in
                guard let above = Poisson.upperTail(x, mean: mean), let at = Poisson.density(x, mean: mean) else {
                    return nil
                }
                return above + at / 2 - tail
            }
        let upper = Bisection.root(between: middle, and: wide.upper) { mean in
            guard let below = Poisson.lowerTail(x, mean: mean), let at = Poisson.density(x, mean: mean) else {
                return nil
            }
            return below - at / 2 - tail
        }
        guard let lower, let upper else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }
}
