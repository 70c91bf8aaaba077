/// The model of a stepped wedge: y = period + having crossed over + clinic + e by restricted likelihood, errors and degrees
/// of freedom by Kenward and Roger (Hussey & Hughes 2007). It takes the effect to be there at once
/// and to stay as it is.
public struct WedgeModel: Sendable {
    public enum Failure: String, Error, CaseIterable, Sendable {
        /// Some clinics never cross over, or had from the first period: there is no wedge.
        case notAllCross = "not_all_cross"
        /// All cross over at once: periods and the effect cannot be told apart.
        case oneStep = "one_step"
        /// Too few values, or none that vary.
        case noFit = "no_fit"
    }

    public let effect: RolloutEffect
    public let steps: Int
    public let clusters: Int

    public init(_ panel: SitePanel) throws(Failure) {
        let steps = panel.begun.compactMap { $0 }
        guard steps.count == panel.sites, !steps.contains(0) else { throw .notAllCross }
        guard Set(steps).count > 1 else { throw .oneStep }
        let cells = panel.values.enumerated().flatMap { site, row in
            row.enumerated().compactMap { period, value in value.map { (site: site, period: period, value: $0) } }
        }
        let periods = (1..<panel.periods.count).map { period in cells.map { $0.period == period ? 1.0 : 0 } }
        let crossed = cells.map { $0.period >= steps[$0.site] ? 1.0 : 0 }
        let rows = MixedModelRows(
            outcome: cells.map(\.value), fixed: [cells.map { _ in 1.0 }, crossed] + periods, clusters: cells.map(\.site)
        )
        guard let statistics = try? MixedStatistics(rows), let fit = try? LinearMixedModel(statistics, .clusterOnly),
            let answer = fit.contrast([0, 1] + periods.map { _ in 0 })
        else { throw .noFit }
        effect = RolloutEffect(
            estimate: answer.estimate, standardError: answer.standardError, degrees: answer.degrees)
        (self.steps, clusters) = (Set(steps).count, panel.sites)
    }
}
