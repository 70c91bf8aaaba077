/// The XmR chart: one value a month and no denominator, e.g. the mean daily dose.
public enum IndividualsChart {
    /// Mean ± 2.66 mean moving ranges of the baseline (Wheeler 2000).
    ///
    /// `floor` is the lowest value the series can take (0 for a caseload); the lower limit does not fall below it.
    /// Unavailable: `tooFewPoints`, `noVariation` (a baseline of equal values), `impossibleCounts` (non-finite).
    /// For a stock such as the caseload chart its `MonthlyChange`.
    public static func xmr(
        values: [Double?], baseline: Int = Baseline.usualPoints, floor: Double? = nil
    ) -> Result<ControlChart, Unavailable> {
        guard values.allSatisfy({ $0?.isFinite ?? true }) else { return .failure(.impossibleCounts) }
        guard let frozen = Baseline.indices(of: values, count: baseline) else { return .failure(.tooFewPoints) }
        let reference = frozen.compactMap { values[$0] }
        let centre = reference.reduce(0, +) / Double(reference.count)
        guard let range = MovingRange.mean(of: reference), range > 0 else { return .failure(.noVariation) }

        let reach = MovingRange.limitFactor * range
        let sigma = range / MovingRange.d2
        let points = values.map { value in
            value.map {
                ControlChart.Point(
                    value: $0, centre: centre, lower: max(floor ?? -.infinity, centre - reach), upper: centre + reach,
                    z: ($0 - centre) / sigma, side: .of($0, around: centre))
            }
        }
        return ControlChart(kind: .xmr, points: points, baseline: frozen).checked()
    }
}
