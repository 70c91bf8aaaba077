extension SurvivalCurve {
    /// Mean time in treatment up to `horizon`: the area under the curve, with its normal interval.
    ///
    /// Variance Σ A² d/(n(n − d)) with A the area from each fall to the horizon (Klein & Moeschberger 2003, eq. 4.5.2).
    /// Where nobody has left before the horizon, the least that n people of whom none left allow, (α/2)^(1/n) of it,
    /// takes the lower limit's place. A horizon after the last observation: `notObservedSoLong`; all left at one time:
    /// `noVariation`. Numerator: time, denominator: 1 person.
    public func restrictedMean(to horizon: Double, level: Double = 0.95) -> Estimate {
        guard horizon > 0, horizon.isFinite, let lastTime = table.lastTime else { return .unavailable(.noDenominator) }
        guard horizon <= lastTime || steps.last?.survival == 0 else { return .unavailable(.notObservedSoLong) }
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        guard let z = Normal.quantile(tail).map({ -$0 }) else { return .unavailable(.notComputable) }
        let (mean, variance) = area(to: horizon)
        guard variance > 0 || mean == horizon else { return .unavailable(.noVariation) }
        let reach = z * variance.squareRoot()
        let lower = variance > 0 ? max(0, mean - reach) : horizon * .pow(tail, 1 / table.atRisk(at: horizon))
        let interval = Interval(lower: lower, upper: min(horizon, mean + reach), level: level)
        return .checked(
            .init(point: mean, interval: interval, method: .restrictedMean, numerator: mean, denominator: 1))
    }

    /// The area under the curve up to a time and its variance.
    func area(to horizon: Double) -> (mean: Double, variance: Double) {
        let within = steps.prefix { $0.time < horizon }
        var (ahead, variance, right) = (0.0, 0.0, horizon)
        for step in within.reversed() {
            ahead += step.survival * (right - step.time)
            right = step.time
            // After the curve is at 0 there is no area ahead, and no uncertainty about it.
            if ahead > 0 {
                variance += ahead * ahead * step.events / (step.atRisk * (step.atRisk - step.events))
            }
        }
        return (ahead + right, variance)
    }
}
