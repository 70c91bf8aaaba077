/// y = site + period + xβ + e by least squares, errors by site (Arellano 1987). With staggered starts and effects that
/// grow or differ it mixes in changes of sites long begun as if they were controls (Goodman-Bacon 2021): a row for
/// comparison, never the answer.
///
/// Site effects are taken out by means, period effects by one system of their number; no dummy columns are made.
public struct TwoWayFixedEffects: Sendable {
    public struct Coefficient: Equatable, Sendable {
        /// Periods since the start; nil for having begun at all.
        public let place: Int?
        public let estimate: Double
        /// By site with K/(K − 1) · (N − 1)/(N − p), as Stata and R's sandwich have it.
        public let standardError: Double
        /// By site without that factor, and as if every value were independent.
        let plainError: Double
        let independentError: Double
        let sites: Int

        /// With t on one degree fewer than sites.
        public var effect: RolloutEffect {
            RolloutEffect(estimate: estimate, standardError: standardError, degrees: Double(sites - 1))
        }
    }

    public let coefficients: [Coefficient]
    /// Sites and values, and coefficients with those of sites and periods.
    public let sites: Int
    public let values: Int
    public let parameters: Int

    /// Having begun, alike at all times.
    public init(_ panel: SitePanel) throws(PanelFailure) {
        try self.init(panel, places: [nil]) { begun, period, _ in begun <= period ? 1 : 0 }
    }

    /// Periods since the start, those beyond `reach` either way taken together; held against the one before the start.
    public init(eventStudy panel: SitePanel, reach: Int) throws(PanelFailure) {
        guard reach > 0 else { throw .impossiblePanel }
        func place(_ begun: Int, _ period: Int) -> Int {
            max(-reach, min(reach, panel.periods[period] - panel.periods[begun]))
        }
        var found: Set<Int> = []
        for begun in panel.begun.compactMap({ $0 }) {
            for period in panel.periods.indices { found.insert(place(begun, period)) }
        }
        let places = found.subtracting([-1]).sorted()
        try self.init(panel, places: places) { begun, period, column in
            begun != .max && place(begun, period) == places[column] ? 1 : 0
        }
    }

    private init(
        _ panel: SitePanel, places: [Int?], column: (_ begun: Int, _ period: Int, _ column: Int) -> Double
    ) throws(PanelFailure) {
        let removal = TwoWayRemoval(panel)
        let response = removal.cleared { site, period in panel.values[site][period] ?? 0 }
        let columns = places.indices.map { index in
            removal.cleared { site, period in column(panel.begun[site] ?? .max, period, index) }
        }
        guard !columns.isEmpty, removal.sites > 1 else { throw .tooFewSites }
        let products = Design(columns: columns)
        let factors = SymmetricFactors(products.crossProducts(weights: Array(repeating: 1, count: products.rows)))
        // What fixed effects leave of a column they explain is rounding of its ones.
        let smallest = columns.map { $0.reduce(0) { $0 + $1 * $1 } }.min() ?? 0
        guard factors.dependent.isEmpty, smallest > 1e-9 else { throw .noVariation }
        let beta = factors.solve(products.transposedTimes(response))
        let residuals = products.residuals(of: response, beta)
        (sites, values) = (removal.sites, response.count)
        parameters = removal.parameters + places.count
        guard values > parameters else { throw .tooFewSites }
        var middle = SymmetricMatrix(order: places.count)
        for rows in removal.rowsBySite {
            middle.add(
                1, outerProductOf: columns.map { column in rows.reduce(0) { $0 + column[$1] * residuals[$1] } })
        }
        let bySite = factors.sandwich(middle, scale: 1)
        let (k, n, p) = (Double(sites), Double(values), Double(parameters))
        let factor = k / (k - 1) * (n - 1) / (n - p)
        let variance = residuals.reduce(0) { $0 + $1 * $1 } / (n - p)
        let inverse = factors.inverse()
        coefficients = places.indices.map { index in
            Coefficient(
                place: places[index], estimate: beta[index],
                standardError: (factor * bySite[index, index]).squareRoot(),
                plainError: bySite[index, index].squareRoot(),
                independentError: (variance * inverse[index, index]).squareRoot(), sites: removal.sites)
        }
        guard coefficients.allSatisfy({ $0.estimate.isFinite && $0.standardError.isFinite }) else {
            throw .impossiblePanel
        }
    }
}
