/// The effects of a roll-out, site by site and together: each site's own change, the pooled effect with where a new
/// site's would lie, and every site's effect after shrinkage.
public struct SiteForest: Sendable {
    /// One site's months and the month in which it started; nil has not.
    public struct Site: Sendable {
        public let series: MonthlySeries
        public let start: Double?
        /// What becomes of its months of learning; nil: as the regression has it.
        public let phaseIn: PhaseIn?

        public init(series: MonthlySeries, start: Double?, phaseIn: PhaseIn? = nil) {
            (self.series, self.start, self.phaseIn) = (series, start, phaseIn)
        }
    }

    /// Which change is pooled.
    public enum Quantity: Equatable, Sendable {
        /// Of level, in the first month of full work.
        case level
        /// Of slope, a month.
        case slope
        /// Against where the old line would have led, so many months after full work began.
        case effect(afterMonths: Double)
    }

    public struct Row: Sendable {
        /// The site's regression, or why there is none.
        public let fit: Result<SegmentedFit, SeriesFailure>
        /// Its effect; nil without a regression, or with an error beyond all measure.
        public let own: RolloutEffect?
        /// The effect drawn towards the pooled one; nil where either is missing.
        public let shrunken: ShrunkenEffect?
    }

    /// In the order of the sites.
    public let rows: [Row]
    public let pooled: Result<PooledEffects, PoolingFailure>

    public init(
        _ sites: [Site], regression: SegmentedRegression = SegmentedRegression(),
        quantity: Quantity = .effect(afterMonths: 12),
        estimator: HeterogeneityEstimator = .restrictedLikelihood
    ) {
        let fits = sites.map { site in
            var regression = regression
            if let own = site.phaseIn { regression.phaseIn = own }
            return Result { [regression] () throws(SeriesFailure) in try regression.fit(site.series, start: site.start)
            }
        }
        let effects = fits.map { fit in
            (try? fit.get()).map { quantity.of($0) }.flatMap { SiteEffect($0).isPossible ? $0 : nil }
        }
        let known = effects.compactMap { $0.map { SiteEffect($0) } }
        let pooled = Result { () throws(PoolingFailure) in try PooledEffects(known, estimator: estimator) }
        var shrunken = ((try? pooled.get())?.shrunken() ?? [])[...]
        rows = zip(fits, effects).map { fit, own in
            Row(fit: fit, own: own, shrunken: own == nil ? nil : shrunken.popFirst())
        }
        self.pooled = pooled
    }
}

extension SiteForest.Quantity {
    func of(_ fit: SegmentedFit) -> RolloutEffect {
        switch self {
        case .level: fit.level
        case .slope: fit.slope
        case .effect(let months): fit.effect(after: months)
        }
    }
}
