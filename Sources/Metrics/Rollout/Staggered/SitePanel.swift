/// One outcome of every site in every period, and when each site began. Values may be missing; periods may skip.
public struct SitePanel: Sendable {
    /// How an outcome is made of events and exposure.
    public enum Outcome: Equatable, Sendable {
        /// ln((events + ½)/exposure): effects are logarithms of rate ratios.
        case logRate
        /// Events per so many units of exposure: effects are differences of rates.
        case rate(per: Double)

        /// Nil without exposure, or for counts that cannot be.
        func value(_ events: Double?, _ exposure: Double?) -> Double? {
            guard let events, let exposure, events >= 0, exposure > 0 else { return nil }
            switch self {
            case .logRate: return Double.log((events + 0.5) / exposure).finite
            case .rate(let per): return (events / exposure * per).finite
            }
        }
    }

    /// Ascending, e.g. quarters since some origin.
    public let periods: [Int]
    /// A row of one value a period for each site.
    let values: [[Double?]]
    /// The place among the periods of the first one a site worked in; nil for none of them.
    let begun: [Int?]
    /// What a site counts for: 1, or its caseload.
    let weights: [Double]

    /// - Parameters:
    ///   - values: a row for each site, a value or nil for each period.
    ///   - begun: the period from which each site worked in the new way, whether it stands among the periods or not; nil
    ///     for never.
    ///   - weights: what each site counts for; nil for 1 each.
    public init(
        periods: [Int], values: [[Double?]], begun: [Int?], weights: [Double]? = nil
    ) throws(PanelFailure) {
        let weights = weights ?? Array(repeating: 1, count: values.count)
        guard values.count == begun.count, values.count == weights.count, !values.isEmpty,
            values.allSatisfy({ row in row.count == periods.count && row.allSatisfy { $0?.isFinite ?? true } }),
            weights.allSatisfy({ $0 > 0 && $0.isFinite }),
            zip(periods, periods.dropFirst()).allSatisfy({ $0 < $1 }),
            periods.allSatisfy({ Int(Int32.min)...Int(Int32.max) ~= $0 })
        else { throw .impossiblePanel }
        let mean = weights.reduce(0, +) / Double(weights.count)
        self.begun = begun.map { first in first.flatMap { first in periods.firstIndex { $0 >= first } } }
        (self.periods, self.values, self.weights) = (periods, values, weights.map { $0 / mean })
    }

    /// From events and exposures, a row of one each a period for each site.
    public init(
        periods: [Int], events: [[Double?]], exposures: [[Double?]], outcome: Outcome, begun: [Int?]
    ) throws(PanelFailure) {
        guard events.count == exposures.count else { throw .impossiblePanel }
        let values = zip(events, exposures).map { row in zip(row.0, row.1).map { outcome.value($0.0, $0.1) } }
        try self.init(periods: periods, values: values, begun: begun)
    }

    public var sites: Int { values.count }
}
