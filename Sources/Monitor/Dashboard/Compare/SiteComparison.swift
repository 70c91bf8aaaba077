import Ingest
import Metrics

/// How the clinics of the programme stand beside one another on one indicator in one month: the clearest difference
/// first, whichever way, and never by the raw figure.
struct SiteComparison: Sendable {
    struct Entry: Sendable {
        let site: Site
        let cell: Cell
        /// Two-sided probability of so odd a count if the clinic were like the others; nil without a figure.
        let p: Double?
        /// The same after having looked at all clinics (Benjamini & Hochberg 1995).
        let q: Double?
        /// The figure drawn to all clinics' as far as its own numbers leave open; nil where there is no spread to tell.
        let shrunken: ShrunkenValue?
        /// Its place in the funnel, with the limits of chance alone.
        let inFunnel: FunnelPlot.Site?
        /// Among the clinics as they were read.
        fileprivate let index: Int
    }

    let definition: Definition
    let month: Month
    /// All clinics together.
    let whole: Cell
    /// Clearest difference first; then those without a probability, and those without a figure.
    let entries: [Entry]
    /// Nil where fewer than `fewestSites` have a figure, or all of them none or everything.
    let funnel: FunnelPlot?
    let target: Double?
    let peers: PeerDefinition
    private let comparators: Comparators

    /// Two clinics differ from their middle by the same, and tell of no spread.
    static let fewestSites = 3
    /// A clinic is marked where the share of false marks among all is at most this.
    static let falseDiscoveries = 0.05

    /// Whether clinics can be compared on it: a count and a mean have no chance of their own.
    static func compares(_ definition: Definition) -> Bool {
        definition.kind == .rate || definition.kind == .proportion
    }

    init(_ definition: Definition, _ compared: ComparedMonth, reports: [Int: [Month: ReportState]]) {
        let counts = compared.counts[definition.indicator] ?? [:]
        let cells = compared.sites.map { site in
            Cell.of(counts[site.id], definition, report: reports[site.id]?[compared.month])
        }
        let whole = Cell.of(compared.whole[definition.indicator], definition, report: nil)
        let funnel = Self.funnel(definition, cells, whole)
        let scale = whole.estimate.map { $0.numerator / $0.denominator } ?? 1
        let sizes = cells.map { cell in
            cell.estimate.map { definition.kind == .rate ? $0.denominator * scale : $0.denominator }
        }
        let p = zip(cells, sizes).map { cell, size -> Double? in
            guard let figure = cell.estimate, let size else { return nil }
            return funnel?.p(count: figure.numerator, size: size)
        }
        let inFunnel = Self.places(cells, in: funnel)
        let q = FalseDiscovery.benjaminiHochberg(p)
        let shrink = Self.shrinkage(definition, cells)
        comparators = Comparators(definition, compared, cells)
        let entries = compared.sites.indices.map { index in
            Entry(
                site: compared.sites[index], cell: cells[index], p: p[index], q: q[index],
                shrunken: cells[index].estimate.flatMap(shrink),
                inFunnel: inFunnel[index], index: index)
        }
        (self.definition, month, self.whole, self.funnel) = (definition, compared.month, whole, funnel)
        (target, peers) = (compared.targets[definition.indicator], compared.peerDefinition)
        self.entries = entries.sorted { Self.place($0) < Self.place($1) }
    }

    private static func place(_ entry: Entry) -> (Int, Double, String) {
        (entry.cell.state == .value ? 0 : 1, entry.p ?? 2, entry.site.code)
    }

    private static func funnel(_ definition: Definition, _ cells: [Cell], _ whole: Cell) -> FunnelPlot? {
        let figures = cells.compactMap(\.estimate)
        guard let whole = whole.estimate, figures.count >= fewestSites else { return nil }
        let (numerators, denominators) = (figures.map(\.numerator), figures.map(\.denominator))
        let ratio = whole.numerator / whole.denominator
        let funnel =
            definition.kind == .rate
            ? FunnelPlot.ratios(observed: numerators, expected: denominators.map { $0 * ratio })
            : FunnelPlot.proportions(numerators, of: denominators, target: ratio)
        return try? funnel.get()
    }

    /// The funnel holds those with a figure; here each clinic has its own, or none.
    private static func places(_ cells: [Cell], in funnel: FunnelPlot?) -> [FunnelPlot.Site?] {
        var rest = (funnel?.sites ?? [])[...]
        return cells.map { cell in cell.estimate == nil || rest.isEmpty ? nil : rest.removeFirst() }
    }

    private static func shrinkage(_ definition: Definition, _ cells: [Cell]) -> (Estimate.Value) -> ShrunkenValue? {
        let figures = cells.compactMap(\.estimate)
        let (numerators, denominators) = (figures.map(\.numerator), figures.map(\.denominator))
        if definition.kind == .rate {
            guard let fit = try? GammaPoisson.fit(observed: numerators, expected: denominators).get() else {
                return { _ in nil }
            }
            return { fit.shrunken(observed: $0.numerator, expected: $0.denominator, per: definition.per) }
        }
        guard let fit = try? BetaBinomialSites.fit(successes: numerators, trials: denominators).get() else {
            return { _ in nil }
        }
        return { fit.shrunken(successes: $0.numerator, trials: $0.denominator) }
    }
}

extension SiteComparison {
    /// The size of a clinic on the funnel's own scale: expected events, or people.
    func size(_ figure: Estimate.Value) -> Double { figure.denominator * sizePerDenominator }

    /// A clinic beside those it can be held beside.
    func beside(_ entry: Entry) -> [Comparator: Beside] { comparators.beside(entry.index) }

    /// The limits that leave room for the variance between clinics; those of chance alone where there is none.
    func wideLimits(_ entry: Entry) -> FunnelLimits? {
        entry.cell.estimate.flatMap { funnel?.wideLimits(size: size($0)) }
    }

    /// From the denominator to the funnel's scale.
    var sizePerDenominator: Double {
        guard definition.kind == .rate, let whole = whole.estimate else { return 1 }
        return whole.numerator / whole.denominator
    }

    /// From the funnel's ratio to the unit shown.
    var shownPerRatio: Double {
        definition.kind == .rate ? whole.estimate?.point ?? 1 : definition.shownPer
    }

    /// What a marked difference means for clients; none where the clinic is not told apart.
    func direction(_ entry: Entry) -> String {
        guard let q = entry.q, q <= Self.falseDiscoveries, let figure = entry.cell.estimate, let whole = whole.estimate,
            figure.point != whole.point
        else { return "none" }
        return switch (definition.higherIs, figure.point > whole.point) {
        case (.neutral, _): "change"
        case (.better, true), (.worse, false): "better"
        default: "worse"
        }
    }

    /// The clinics of a scope, in the same order.
    func entries(of scope: Scope) -> [Entry] {
        scope.place == .programme ? entries : entries.filter { $0.site.regionCode == scope.code }
    }
}
