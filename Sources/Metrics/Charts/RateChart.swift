/// The u chart: events per changing exposure, e.g. dropouts per person-month in treatment.
public enum RateChart {
    /// Rates per unit of exposure with limits at or above 0; `limits` says how wide (see `AttributesLimits`).
    ///
    /// For rates per 100 person-months give the exposure in hundreds, or scale what is drawn.
    /// A month is missing if a number is nil or there was no exposure, even if events were counted.
    /// Unavailable: `tooFewPoints`; `impossibleCounts` (negative, series of unequal length); `noVariation`
    /// (Shewhart limits only).
    public static func u(
        numerators: [Double?], denominators: [Double?],
        baseline: Int = Baseline.usualPoints, limits: ControlChart.Limits = .laney
    ) -> Result<ControlChart, Unavailable> {
        AttributesChart(kind: .u, model: .poisson, limits: limits)
            .chart(numerators, over: denominators, baseline: baseline)
    }
}
