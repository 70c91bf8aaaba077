/// Effects of sites as draws about a common mean: y = Xβ + u + e, Var(u) = τ², Var(e) = v known (DerSimonian & Laird
/// 1986; with moderators, Berkey et al. 1995). Without moderators β is the pooled effect.
public struct PooledEffects: Sendable {
    /// β: the pooled effect, or an intercept followed by a coefficient for each moderator.
    public let coefficients: [Double]
    public let heterogeneity: Heterogeneity
    /// How τ² was found.
    public let record: SearchRecord
    /// Q/(k − p) with the weights of τ²: by it Hartung & Knapp 2001 multiply the covariance; nil for one site.
    public let hartungKnappFactor: Double?
    let covariance: SymmetricMatrix
    let sample: EffectSample

    /// Which error an interval is made of.
    public enum ErrorRule: Sendable {
        /// The larger of the two below with Student's t, as Hartung and Knapp's may be far too small by chance
        /// (Jackson et al. 2017): what the product shows.
        case cautious
        /// From the weights alone, with the normal distribution.
        case conventional
        /// Hartung & Knapp 2001, with Student's t on k − p degrees of freedom; nothing for one site.
        case hartungKnapp
    }

    /// - Parameter moderators: columns of one value for each site, best about their mean.
    public init(
        _ sites: [SiteEffect], moderators: [[Double]] = [],
        estimator: HeterogeneityEstimator = .restrictedLikelihood
    ) throws(PoolingFailure) {
        let sample = try EffectSample(sites, moderators: moderators)
        let between = try BetweenVariance(sample, by: estimator)
        self.init(sample, between, isFixed: estimator == .none)
        guard coefficients.allSatisfy(\.isFinite), hartungKnappFactor?.isFinite ?? true else { throw .notConverged }
    }

    /// At a τ² that is known.
    init(_ sample: EffectSample, _ between: BetweenVariance, isFixed: Bool) {
        let (fit, fixed) = (sample.weighted(between.value), sample.weighted(0))
        (coefficients, covariance, record) = (fit.coefficients, fit.covariance, between.record)
        let degrees = sample.degrees
        hartungKnappFactor = degrees > 0 ? fit.squares / Double(degrees) : nil
        heterogeneity = Heterogeneity(
            betweenVariance: between.value, betweenVarianceError: between.standardError, q: fixed.squares,
            degrees: degrees, typicalVariance: degrees > 0 ? Double(degrees) / fixed.trace : nil, isFixed: isFixed)
        self.sample = sample
    }

    /// The pooled effect, or one coefficient, with its error; nil where the rule gives none.
    public func effect(_ coefficient: Int = 0, errors rule: ErrorRule = .cautious) -> RolloutEffect? {
        let conventional = covariance[coefficient, coefficient].squareRoot()
        let degrees = Double(sample.degrees)
        switch (rule, hartungKnappFactor) {
        case (.conventional, _), (.cautious, nil):
            return RolloutEffect(estimate: coefficients[coefficient], standardError: conventional, degrees: nil)
        case (.hartungKnapp, nil): return nil
        case (.hartungKnapp, let factor?), (.cautious, let factor?):
            let widening = rule == .cautious ? max(1, factor) : factor
            return RolloutEffect(
                estimate: coefficients[coefficient], standardError: conventional * widening.squareRoot(),
                degrees: degrees)
        }
    }

    /// Where the true effect of a new site lies: t on k − 2 degrees of freedom (Higgins, Thompson & Spiegelhalter 2009),
    /// about the pooled effect with the error it is shown with. Nil for fewer than three sites and with moderators.
    public func predictionInterval(level: Double = 0.95) -> Interval? {
        guard sample.design.columns == 1, sample.degrees > 1, let pooled = effect() else { return nil }
        return prediction(about: pooled, degrees: Double(sample.degrees - 1)).interval(level: level)
    }

    /// The effect of a new site: the pooled effect's error and τ² together.
    func prediction(about pooled: RolloutEffect, degrees: Double?) -> RolloutEffect {
        let variance = pooled.standardError * pooled.standardError + heterogeneity.betweenVariance
        return RolloutEffect(estimate: pooled.estimate, standardError: variance.squareRoot(), degrees: degrees)
    }

    /// The log-likelihood of τ² and β; restricted, that of the residuals alone.
    func logLikelihood(restricted: Bool) -> Double {
        sample.weighted(heterogeneity.betweenVariance).logLikelihood(restricted: restricted)
    }
}
