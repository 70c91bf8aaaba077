/// Proportional hazards with a shared gamma frailty: members of a clinic have in common a factor of their hazard, of mean
/// 1 and a variance estimated by maximum marginal likelihood (Klein 1992; Therneau, Grambsch & Pankratz 2003).
public struct GammaFrailty: Sendable {
    /// Log hazard ratios within clinics.
    public let coefficients: [Double]
    /// Of the coefficients, the variance of the frailty taken as known.
    public let covariance: SymmetricMatrix
    /// Of the frailty; 0 where clinics differ by no more than chance, which is a result.
    public let variance: Double
    /// Each clinic's factor, in the order of `labels`.
    public let frailties: [Double]
    public let labels: [Int]
    /// Newton's steps in all, and what the last ones left at the variance where the search ended.
    public let search: SearchEnd
    public let strata: Int

    /// Below it the variance is taken for 0, above the reciprocal the search has run away.
    private static let smallestVariance = 1e-4

    /// - Throws: `tooFewClusters` unless every subject names its cluster, of two or more; `noEvents`, `separated`,
    ///   `dependentColumns` as the regression without frailty; `notConverged`.
    public init(_ subjects: [CoxSubject]) throws(ClusterFailure) {
        let kept = subjects.filter { $0.exit > $0.entry }
        let labels = Set(kept.compactMap(\.cluster)).sorted()
        guard labels.count > 1, kept.allSatisfy({ $0.cluster != nil }) else { throw .tooFewClusters }
        guard kept.contains(where: \.hasEvent) else { throw .noEvents }
        let plain: CoxRegression
        switch CoxRegression.fit(kept) {
        case .success(let fit): plain = fit
        case .failure(let reason): throw reason == .separated ? .separated : .dependentColumns
        }
        let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
        let named = kept.map { subject in
            CoxSubject(
                entry: subject.entry, exit: subject.exit, hasEvent: subject.hasEvent,
                covariates: zip(subject.covariates, plain.means).map { $0 - $1 }, stratum: subject.stratum,
                cluster: subject.cluster.flatMap { places[$0] })
        }
        var fit = FrailtyFit(named, clusters: labels.count, start: plain.coefficients)
        (self.labels, strata) = (labels, plain.strata.count)
        guard let found = try Self.maximum(&fit) else {
            (coefficients, covariance) = (plain.coefficients, plain.covariance)
            (variance, frailties) = (0, labels.map { _ in 1 })
            search = SearchEnd(
                iterations: plain.search.iterations + fit.steps, remaining: plain.search.remaining, measure: .deviance)
            return
        }
        (coefficients, variance) = (Array(fit.coefficients.prefix(fit.order)), 1 / found.nu)
        covariance = found.information.inverse().restricted(to: Array(0..<fit.order))
        frailties = fit.frailties.map { .exp($0) }
        search = SearchEnd(
            iterations: plain.search.iterations + fit.steps, remaining: fit.remaining, measure: .deviance)
    }

    /// ν at which the marginal likelihood stops rising, with the information there; nil where it rises up to no variance
    /// at all. Regula falsi on ln ν (Dowell & Jarratt 1971), its slope being at hand.
    private static func maximum(
        _ fit: inout FrailtyFit
    ) throws(ClusterFailure) -> (nu: Double, information: SymmetricFactors)? {
        func slope(_ x: Double, _ fit: inout FrailtyFit) throws(ClusterFailure) -> (Double, SymmetricFactors) {
            let nu = Double.exp(x)
            guard let information = fit.maximise(nu: nu) else { throw .notConverged }
            let slope = nu * fit.slope(nu: nu)
            guard slope.isFinite else { throw .notConverged }
            return (slope, information)
        }
        let edge = -Double.log(smallestVariance)
        var high = (x: edge, slope: try slope(edge, &fit).0)
        guard high.slope < 0 else { return nil }
        var low = (x: -edge, slope: 0.0)
        // Down from no variance until the likelihood falls.
        var x = edge
        repeat {
            x -= 2
            guard x > -edge else { throw .notConverged }
            low = (x, try slope(x, &fit).0)
            if low.slope < 0 { high = low }
        } while low.slope < 0
        var last = 0.0
        for _ in 0..<100 {
            x = (low.x * high.slope - high.x * low.slope) / (high.slope - low.slope)
            let (now, information) = try slope(x, &fit)
            if abs(now) < 1e-9 || high.x - low.x < 1e-9 { return (.exp(x), information) }
            // An end that stays twice counts for half, or it would stay for good.
            if now > 0 {
                low = (x, now)
                if last > 0 { high.slope /= 2 }
            } else {
                high = (x, now)
                if last < 0 { low.slope /= 2 }
            }
            last = now
        }
        throw .notConverged
    }

    /// One log hazard ratio with the t distribution.
    ///
    /// - Parameter degrees: Nil for clusters − strata − 1.
    public func effect(
        of covariate: Int, degrees: Double? = nil, level: Double = 0.95
    ) throws(ClusterFailure) -> EffectTest {
        try EffectTest(
            estimate: coefficients[covariate], standardError: covariance[covariate, covariate].squareRoot(),
            degrees: degrees ?? Double(labels.count - strata - 1), level: level)
    }
}
