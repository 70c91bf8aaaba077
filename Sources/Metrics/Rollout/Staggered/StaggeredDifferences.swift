/// The effect of a roll-out that reached sites at different times: for every cohort g of sites that began together and
/// every period t, the mean change of the cohort since before it began less that of sites not (yet) begun (Callaway &
/// Sant'Anna 2021, without covariates). No site that has begun serves as a control.
///
/// Errors are of sites: every estimate carries each site's influence on it.
public struct StaggeredDifferences: Sendable {
    public enum Controls: String, CaseIterable, Sendable {
        case neverTreated = "never_treated"
        /// Sites that begin later than both periods compared, or never.
        case notYetTreated = "not_yet_treated"
    }

    /// What a period before the start is held against.
    public enum Base: String, CaseIterable, Sendable {
        /// The period before it.
        case varying
        /// The last before the start, as every later one is.
        case universal
    }

    /// ATT(g, t): one cohort in one period.
    public struct Cell: Equatable, Sendable {
        /// The cohort's first period.
        public let cohort: Int
        public let period: Int
        public let estimate: Double
        /// Nil for the period that others are held against.
        public let standardError: Double?
        public let treated: Int
        public let controls: Int
    }

    /// By cohort, then period; cells without a treated site or a control are not there.
    public let cells: [Cell]
    /// Sites that began between the periods or never; those begun from the first period on tell nothing.
    public let sites: Int
    /// Sites of each cohort.
    public let cohorts: [(cohort: Int, sites: Int)]
    /// n times what a site adds to the error of a cell, cell by cell.
    let influences: [[Double]]
    /// Each site's place among the cohorts, -1 for never, and what the site counts for.
    let cohortOf: [Int]
    let weights: [Double]
    /// Each cell's place among the cohorts, and each cohort's share of the sites, by weight.
    let cohortOfCell: [Int]
    let shares: [Double]

    /// Cohorts of fewer sites have no line of their own on a chart: one site more or less would turn it.
    public static let fewestSitesOfCohort = 5

    public init(
        _ panel: SitePanel, controls: Controls = .notYetTreated, base: Base = .varying
    ) throws(PanelFailure) {
        let table = PanelColumns(panel)
        let begun = Array(Set(table.begun.filter { $0 != .max })).sorted()
        guard !begun.isEmpty else { throw .noneTreated }
        var (cells, influences): ([Cell], [[Double]]) = ([], [])
        for g in begun {
            for t in (base == .varying ? 1 : 0)..<panel.periods.count {
                let before = t >= g || base == .universal ? g - 1 : t - 1
                let comparison = PanelColumns.Comparison(cohort: g, period: t, base: before, controls: controls)
                guard let change = table.change(comparison) else { continue }
                cells.append(
                    Cell(
                        cohort: panel.periods[g], period: panel.periods[t], estimate: change.estimate,
                        standardError: t == before ? nil : Self.error(change.influence), treated: change.treated,
                        controls: change.controls))
                influences.append(change.influence)
            }
        }
        guard cells.contains(where: { $0.standardError != nil }) else { throw .noControls }
        guard cells.allSatisfy({ $0.estimate.isFinite && ($0.standardError ?? 0).isFinite }) else {
            throw .impossiblePanel
        }
        (self.cells, self.influences, sites, weights) = (cells, influences, table.sites, table.weights)
        let places = Dictionary(uniqueKeysWithValues: begun.enumerated().map { ($1, $0) })
        let cohortOf = table.begun.map { places[$0] ?? -1 }
        var shares = begun.map { _ in 0.0 }
        for (site, cohort) in cohortOf.enumerated() where cohort >= 0 {
            shares[cohort] += table.weights[site] / Double(table.sites)
        }
        (self.cohortOf, self.shares) = (cohortOf, shares)
        let labels = Dictionary(uniqueKeysWithValues: begun.enumerated().map { (panel.periods[$1], $0) })
        cohortOfCell = cells.compactMap { labels[$0.cohort] }
        cohorts = begun.map { g in (panel.periods[g], table.begun.count { $0 == g }) }
    }

    /// √(Σ f²)/n.
    static func error(_ influence: [Double]) -> Double {
        influence.reduce(0) { $0 + $1 * $1 }.squareRoot() / Double(influence.count)
    }
}
