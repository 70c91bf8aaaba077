/// Limits of one month of a p or u chart.
///
/// Three standard deviations, or where fewer than 10 are expected the exact quantiles at the same tails; both are
/// then stretched about the centre by Laney's σ_z (Laney 2002). With large counts this is Laney's p′ or u′ chart,
/// with σ_z = 1 it is exact, and a clinic whose count wanders about 10 does not change its rule from month to month.
struct AttributesLimits {
    /// 1 − Φ(3), the tail beyond three standard deviations on one side.
    static let tail = 0.00135
    /// Below this the normal approximation misses the tails of a count.
    static let exactBelow = 10.0

    let model: CountModel
    let centre: Double
    let exact: Bool
    let stretch: Double

    /// σ_z, but at least 1: below 1 it is mostly the error of 23 differences.
    ///
    /// Of stable Poisson months with a mean of 12, Laney's own limits call 1 in 100, these 1 in 300; with a mean of
    /// 0.5 it is 1 in 23 and 1 in 900 (script/oracle/false_alarms.R).
    static func stretch(sigmaZ: Double?) -> Double { max(1, sigmaZ ?? 1) }

    func point(_ month: MonthlyCount) -> ControlChart.Point {
        let sigma = model.standardDeviation(around: centre, denominator: month.denominator)
        let normal = Reach(lower: centre - 3 * sigma, middle: centre, upper: centre + 3 * sigma)
        let reach = exactReach(month.denominator) ?? normal
        return ControlChart.Point(
            value: month.ratio, centre: centre,
            lower: max(0, stretched(reach.lower)), upper: min(model.ceiling, stretched(reach.upper)),
            z: (month.ratio - centre) / (sigma * stretch), side: .of(month.ratio, around: reach.middle))
    }

    /// Limits before stretching, and the middle that divides above from below.
    private struct Reach {
        let lower, middle, upper: Double
    }

    /// Small counts are skewed: most months of a small clinic lie below the mean, and at 0.2 a month runs below it
    /// would signal in 68 of 100 stable clinics within two years. So the median is the middle that parts them.
    private func exactReach(_ denominator: Double) -> Reach? {
        guard exact, model.expectedCount(around: centre, denominator: denominator) < Self.exactBelow,
            let lower = model.quantile(Self.tail, around: centre, denominator: denominator),
            let median = model.quantile(0.5, around: centre, denominator: denominator),
            let upper = model.quantile(1 - Self.tail, around: centre, denominator: denominator)
        else { return nil }
        // Where next to nothing is expected the quantile is 0 and the centre above it: one event is then a signal.
        return Reach(
            lower: min(centre, lower / denominator), middle: median / denominator,
            upper: max(centre, upper / denominator))
    }

    /// Unstretched, a limit stays the exact quotient, so that a count on its limit is not beyond it by rounding.
    private func stretched(_ limit: Double) -> Double {
        stretch == 1 ? limit : centre + stretch * (limit - centre)
    }
}
