/// Observed events over those expected at the programme's rates for the same months and people (indirect
/// standardisation). Ratios of two sites with different mixes are not comparable with one another.
public enum StandardisedRatio {
    /// O/E with Garwood's exact limits over a fixed E; no events expected: `noDenominator`.
    public static func estimate(observed: Double, expected: Double, level: Double = 0.95) -> Estimate {
        switch Rate.garwood(events: observed, exposure: expected, per: 1, level: level) {
        case .unavailable(let reason): return .unavailable(reason)
        case .value(let rate):
            return .checked(
                .init(
                    point: rate.point, interval: rate.interval, method: .standardisedRatio, numerator: observed,
                    denominator: expected))
        }
    }

    /// Two-sided mid-P probability of as many or as few events if as many as expected were to be (Lancaster 1961).
    public static func p(observed: Double, expected: Double) -> Double? {
        guard observed >= 0, expected > 0, let at = Poisson.density(observed, mean: expected),
            let below = Poisson.lowerTail(observed, mean: expected),
            let above = observed > 0 ? Poisson.upperTail(observed - 1, mean: expected) : 1
        else { return nil }
        return min(1, 2 * min(below - at / 2, above - at / 2))
    }

    /// Expected events of each site: Σ over strata of its exposure times the rate of all sites together.
    ///
    /// - Parameters:
    ///   - events, exposure: one row for each site, one column for each stratum (e.g. a month).
    public static func expected(events: [[Double]], exposure: [[Double]]) -> [Double] {
        let strata = exposure.first?.indices ?? 0..<0
        let rates = strata.map { stratum in
            let whole = exposure.reduce(0) { $0 + $1[stratum] }
            return whole > 0 ? events.reduce(0) { $0 + $1[stratum] } / whole : 0
        }
        return exposure.map { own in zip(own, rates).reduce(0) { $0 + $1.0 * $1.1 } }
    }
}
