/// What a roll-out did by the differences of clinics that had begun from those that had not (yet): by time since the
/// start, and overall. Effects are logarithms of ratios.
public struct RolloutStudy: Sendable {
    /// A period before or after the start.
    public struct Point: Sendable {
        /// Periods since the one of the start; below 0 before it.
        public let place: Int
        public let estimate: Double
        /// Clinics behind it.
        public let clinics: Int
        /// Within which all points lie at once in 95 of 100 draws of clinics; nil for the period that others are held
        /// against, and for so few clinics that their spread is unknown.
        public let band: Interval?
        public let isBase: Bool
        public let isOfFewClinics: Bool
    }

    public let panel: SitePanel
    public let monthsAPeriod: Int
    public let differences: StaggeredDifferences
    public let points: [Point]
    /// Standard errors to either side of a point; nil without a point that has an error.
    public let criticalValue: Double?
    /// The headline with clinics counting by their size before the first start; those without a figure then are left out.
    public let byCaseload: RolloutEffect?

    /// Any one will do; the same one gives the same band.
    public static let seed: UInt64 = 20_240_301

    public init(_ record: RolloutRecord, level: Double = 0.95) throws(PanelFailure) {
        panel = try record.panel()
        monthsAPeriod = record.monthsAPeriod
        let differences = try StaggeredDifferences(panel, base: .universal)
        let events = differences.byEventTime()
        var random = SplitMix(state: Self.seed)
        let critical = MultiplierBootstrap().criticalValue(
            of: events.filter { !$0.isOfFewSites }, level: level, using: &random)
        (self.differences, criticalValue) = (differences, critical)
        byCaseload = Self.byCaseload(record)
        points = events.compactMap { event in
            guard let place = event.place else { return nil }
            let band = critical.flatMap { event.band(criticalValue: $0, level: level) }
            return Point(
                place: place, estimate: event.estimate, clinics: event.treated,
                band: event.isOfFewSites ? nil : band, isBase: event.standardError == nil,
                isOfFewClinics: event.isOfFewSites)
        }
    }

    private static func byCaseload(_ record: RolloutRecord) -> RolloutEffect? {
        let sized = record.sizedBeforeFirstStart
        guard let panel = try? sized.record.panel(weights: sized.caseloads) else { return nil }
        return (try? StaggeredDifferences(panel))?.overall()?.effect.flatMap(\.told)
    }

    /// All periods from the start on, each cohort by its clinics: the headline.
    public var overall: RolloutEffect? { differences.overall()?.effect.flatMap(\.told) }

    /// The same against clinics alone that never begin; fewer than two of them cannot tell.
    public var againstNever: RolloutEffect? {
        guard panel.begun.count(where: { $0 == nil }) > 1 else { return nil }
        return (try? StaggeredDifferences(panel, controls: .neverTreated))?.overall()?.effect.flatMap(\.told)
    }

    /// What one regression with fixed effects of clinics and periods says, for comparison.
    public var twoWay: RolloutEffect? { (try? TwoWayFixedEffects(panel))?.coefficients.first?.effect.told }

    /// Clinics that had begun in the first period, and tell nothing of it.
    public var begunFromTheFirst: Int { panel.begun.count { $0 == 0 } }
}

extension RolloutEffect {
    /// The effect if it has an error.
    var told: RolloutEffect? { standardError > 0 && standardError.isFinite ? self : nil }
}
