/// What p and u charts share: counts over denominators, a centre pooled from the baseline, limits for each month.
struct AttributesChart {
    let kind: ControlChart.Kind
    let model: CountModel
    let limits: ControlChart.Limits

    func chart(
        _ numerators: [Double?], over denominators: [Double?], baseline: Int
    ) -> Result<ControlChart, Unavailable> {
        guard let months = MonthlyCount.series(numerators, over: denominators, model) else {
            return .failure(.impossibleCounts)
        }
        guard let frozen = Baseline.indices(of: months, count: baseline) else { return .failure(.tooFewPoints) }
        let reference = frozen.compactMap { months[$0] }
        let pooled = reference.reduce(MonthlyCount(numerator: 0, denominator: 0), +)
        guard pooled.ratio > 0, pooled.ratio < model.ceiling else {
            guard limits == .laney else { return .failure(.noVariation) }
            let still = StillBaseline(model: model, pooled: pooled)
            let points = months.map { $0.map(still.point) }
            return ControlChart(kind: kind, points: points, baseline: frozen).checked()
        }
        let sigmaZ = MovingRange.standardDeviation(of: reference.map { z($0, around: pooled.ratio) })
        let stretch = limits == .laney ? AttributesLimits.stretch(sigmaZ: sigmaZ) : 1
        let drawn = AttributesLimits(model: model, centre: pooled.ratio, exact: limits == .laney, stretch: stretch)
        let points = months.map { $0.map(drawn.point) }
        return ControlChart(kind: kind, points: points, baseline: frozen, sigmaZ: sigmaZ).checked()
    }

    private func z(_ month: MonthlyCount, around centre: Double) -> Double {
        (month.ratio - centre) / model.standardDeviation(around: centre, denominator: month.denominator)
    }
}
