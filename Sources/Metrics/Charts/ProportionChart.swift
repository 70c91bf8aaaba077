/// The p chart: a proportion whose denominator changes from month to month, e.g. positive urine tests.
public enum ProportionChart {
    /// Proportions with limits inside [0, 1]; `limits` says how wide (see `AttributesLimits`).
    ///
    /// A month is missing if a number is nil or the denominator 0. Unavailable: `tooFewPoints`; `impossibleCounts`
    /// (negative, a part above its whole, series of unequal length); `noVariation` (Shewhart limits only).
    public static func p(
        numerators: [Double?], denominators: [Double?],
        baseline: Int = Baseline.usualPoints, limits: ControlChart.Limits = .laney
    ) -> Result<ControlChart, Unavailable> {
        AttributesChart(kind: .p, model: .binomial, limits: limits)
            .chart(numerators, over: denominators, baseline: baseline)
    }
}
