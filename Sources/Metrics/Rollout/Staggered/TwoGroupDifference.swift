/// The classic comparison of two by two: the mean change of sites that began together less that of sites that never did.
public struct TwoGroupDifference: Equatable, Sendable {
    /// With Welch's error and degrees of freedom (Welch 1947).
    public let effect: RolloutEffect
    /// With one variance for both groups, on n − 2 degrees of freedom.
    public let pooledEffect: RolloutEffect
    public let treated: Int
    public let controls: Int

    /// Changes, one a site: fewer than two on a side tell nothing of chance.
    public init(changesOfTreated: [Double], ofControls: [Double]) throws(PanelFailure) {
        guard (changesOfTreated + ofControls).allSatisfy(\.isFinite) else { throw .impossiblePanel }
        guard changesOfTreated.count > 1, ofControls.count > 1 else { throw .tooFewSites }
        let (a, b) = (Moments(changesOfTreated), Moments(ofControls))
        let (ofA, ofB) = (a.variance / a.count, b.variance / b.count)
        guard ofA + ofB > 0 else { throw .noVariation }
        let degrees = (ofA + ofB) * (ofA + ofB) / (ofA * ofA / (a.count - 1) + ofB * ofB / (b.count - 1))
        let pooled = ((a.count - 1) * a.variance + (b.count - 1) * b.variance) / (a.count + b.count - 2)
        let estimate = a.mean - b.mean
        guard (ofA + ofB).isFinite, degrees.isFinite, estimate.isFinite else { throw .impossiblePanel }
        effect = RolloutEffect(estimate: estimate, standardError: (ofA + ofB).squareRoot(), degrees: degrees)
        pooledEffect = RolloutEffect(
            estimate: estimate, standardError: (pooled * (1 / a.count + 1 / b.count)).squareRoot(),
            degrees: a.count + b.count - 2)
        (treated, controls) = (changesOfTreated.count, ofControls.count)
    }

    /// Of a panel: the sites that began in one period against those that never did; a site's change is the mean of its
    /// values from that period on less the mean of those before.
    public init(_ panel: SitePanel, cohort: Int) throws(PanelFailure) {
        guard let start = panel.periods.firstIndex(of: cohort), start > 0 else { throw .noneTreated }
        func mean(_ values: ArraySlice<Double?>) -> Double? {
            let known = values.compactMap { $0 }
            return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
        }
        func changes(_ begun: Int?) -> [Double] {
            panel.values.indices.filter { panel.begun[$0] == begun }.compactMap { site in
                guard let after = mean(panel.values[site][start...]), let before = mean(panel.values[site][..<start])
                else { return nil }
                return after - before
            }
        }
        try self.init(changesOfTreated: changes(start), ofControls: changes(nil))
    }

    private struct Moments {
        let (count, mean, variance): (Double, Double, Double)

        init(_ values: [Double]) {
            let n = Double(values.count)
            let mean = values.reduce(0, +) / n
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            (count, self.mean, variance) = (n, mean, squares / (n - 1))
        }
    }
}
