import Testing

@testable import Metrics

/// Pooling against metafor 3.8. Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Pooled effects against R's larger set", .enabled(if: Reference.hasOracle))
struct PoolingOracleTests {
    static func sites() throws -> [SiteEffect] {
        let inputs = try Reference.oracle("rollout_its_pool", "pool.inputs").value
        return zip(inputs["y"].numbers, inputs["v"].numbers).map { SiteEffect(effect: $0, variance: $1) }
    }

    private static func trials() throws -> [SiteEffect] {
        try Reference.table("real_bcg.csv").map {
            SiteEffect(effect: Double($0["yi"] ?? "") ?? .nan, variance: Double($0["vi"] ?? "") ?? .nan)
        }
    }

    /// All that R prints of a fit, as far as the case has it; metafor's own prediction intervals are with the normal
    /// quantile, and with t on k − 1 degrees of freedom.
    private func compare(_ fit: PooledEffects, with value: JSON, _ agreement: inout Agreement, restricted: Bool) throws
    {
        let plain = try #require(fit.effect(errors: .conventional))
        let knapp = try #require(fit.effect(errors: .hartungKnapp))
        let spread = fit.heterogeneity
        let isRandom = value["pi_lo"].number != nil
        let new = fit.prediction(about: plain, degrees: nil).interval()
        let newKnapp = fit.prediction(about: knapp, degrees: knapp.degrees).interval()
        let found: [String: Double?] = [
            "k": Double(spread.degrees + 1), "mu": plain.estimate, "se": plain.standardError,
            "lo": plain.interval()?.lower, "hi": plain.interval()?.upper, "hk_se": knapp.standardError,
            "hk_lo": knapp.interval()?.lower, "hk_hi": knapp.interval()?.upper, "hk_p": knapp.p,
            "tau2": spread.betweenVariance, "se_tau2": spread.betweenVarianceError, "Q": spread.q, "Qp": spread.p,
            "I2": spread.percentBeyondChance, "H2": spread.excess, "pi_lo": isRandom ? new?.lower : nil,
            "pi_hi": isRandom ? new?.upper : nil, "hk_pi_lo": isRandom ? newKnapp?.lower : nil,
            "hk_pi_hi": isRandom ? newKnapp?.upper : nil, "logLik": fit.logLikelihood(restricted: restricted),
        ]
        for (name, expected) in value.members { agreement.expect(found[name] ?? nil, expected.number, name) }
    }

    @Test(
        "160 sites' level changes pooled agree with rma",
        arguments: [
            ("pool.REML", HeterogeneityEstimator.restrictedLikelihood), ("pool.ML", .likelihood),
            ("pool.DL", .derSimonianLaird), ("pool.EB", .pauleMandel), ("pool.HS", .hunterSchmidt),
            ("pool.SJ", .sidikJonkman), ("pool.FE", .none),
        ])
    func estimators(id: String, estimator: HeterogeneityEstimator) throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", id)
        let fit = try PooledEffects(try Self.sites(), estimator: estimator)
        var agreement = Agreement(with: "rollout_its_pool.\(id)", within: tolerance)
        try compare(fit, with: value, &agreement, restricted: estimator == .restrictedLikelihood)
        agreement.conclude()
    }

    @Test(
        "13 trials of BCG pooled agree with rma",
        arguments: [
            ("bcg.REML", HeterogeneityEstimator.restrictedLikelihood), ("bcg.ML", .likelihood),
            ("bcg.DL", .derSimonianLaird),
        ])
    func trials(id: String, estimator: HeterogeneityEstimator) throws {
        let (value, tolerance) = try Reference.oracle("real", id)
        let fit = try PooledEffects(try Self.trials(), estimator: estimator)
        var agreement = Agreement(with: "real.\(id)", within: tolerance)
        try compare(fit, with: value, &agreement, restricted: estimator == .restrictedLikelihood)
        agreement.conclude()
    }

    /// R's uniroot stops within ε^(1/4) = 1.2e-4 of the root, where Q is not yet k − 1; so R's τ² is held to that, and
    /// all else to the case's tolerance at R's τ².
    @Test("Paule and Mandel's τ² agrees with rma as far as its root is found", arguments: [true, false])
    func pauleMandel(ofTrials: Bool) throws {
        let (value, tolerance) =
            ofTrials ? try Reference.oracle("real", "bcg.PM") : try Reference.oracle("rollout_its_pool", "pool.PM")
        let sites = try ofTrials ? Self.trials() : Self.sites()
        let known = try #require(value["tau2"].number)
        let ours = try PooledEffects(sites, estimator: .pauleMandel)
        let degrees = Double(sites.count - 1)
        #expect(abs(ours.heterogeneity.betweenVariance - known) < 1.3e-4)
        let sample = try EffectSample(sites, moderators: [])
        let stopped = abs(sample.weighted(known).squares - degrees)
        #expect(stopped > 1e-6)
        #expect(abs(sample.weighted(ours.heterogeneity.betweenVariance).squares - degrees) < 1e-9 * degrees)
        let atTheirs = sample.weighted(known)
        let error = (2 * (degrees + 1) * (degrees + 1) / degrees).squareRoot() / atTheirs.totalWeight
        let fit = PooledEffects(
            sample, BetweenVariance(known: known, standardError: error), isFixed: false)
        var agreement = Agreement(with: "Paule and Mandel", within: tolerance)
        try compare(fit, with: value, &agreement, restricted: false)
        agreement.conclude()
    }

    @Test("The interval of τ² and I² agrees with confint of rma")
    func interval() throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", "pool.qprofile")
        let fit = try PooledEffects(try Self.sites())
        let between = try #require(fit.betweenVarianceInterval())
        let share = try #require(fit.percentBeyondChanceInterval())
        let rows = value["data"].items.map(\.numbers)
        var agreement = Agreement(with: "rollout_its_pool.pool.qprofile", within: tolerance)
        agreement.expect([fit.heterogeneity.betweenVariance, between.lower, between.upper], rows[0], "τ²")
        agreement.expect([between.lower.squareRoot(), between.upper.squareRoot()], Array(rows[1][1...]), "τ")
        agreement.expect([fit.heterogeneity.percentBeyondChance, share.lower, share.upper], rows[2], "I²")
        agreement.expect(
            [share.lower, share.upper].map { 1 / (1 - $0 / 100) }, Array(rows[3][1...]), "H²")
        agreement.conclude()
    }

    @Test("Shrunken effects agree with blup")
    func shrunken() throws {
        for (file, id, sites) in [
            ("rollout_its_pool", "pool.blup", try Self.sites()), ("real", "bcg.blup", try Self.trials()),
        ] {
            let (value, tolerance) = try Reference.oracle(file, id)
            let shrunken = try PooledEffects(sites).shrunken()
            var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
            agreement.expect(shrunken.map(\.effect.estimate), value["pred"].column, "value")
            agreement.expect(shrunken.map(\.effect.standardError), value["se"].column, "error")
            if id == "pool.blup" {
                let limits = shrunken.map { $0.effect.interval() }
                agreement.expect(limits.map { $0?.lower }, value["pi_lb"].column, "lower")
                agreement.expect(limits.map { $0?.upper }, value["pi_ub"].column, "upper")
            }
            agreement.conclude()
        }
    }

    @Test("Sites' rates drawn together as normal variables agree with rma and blup")
    func rates() throws {
        let (value, tolerance) = try Reference.oracle("shrinkage", "eb.normal")
        let table = try Reference.oracle("shrinkage", "eb.gammapoisson.ml").value["table"]
        let sites = zip(table["O"].numbers, table["E"].numbers).map { events, exposure in
            SiteEffect(effect: .log((events + 0.5) / exposure), variance: 1 / (events + 0.5))
        }
        let fit = try PooledEffects(sites)
        var agreement = Agreement(with: "shrinkage.eb.normal", within: tolerance)
        agreement.expect(fit.coefficients[0], value["mu"].number, "mean")
        agreement.expect(fit.effect(errors: .conventional)?.standardError, value["se"].number, "error")
        agreement.expect(fit.heterogeneity.betweenVariance, value["tau2"].number, "τ²")
        agreement.expect(fit.shrunken().map(\.effect.estimate), value["pred"].column, "sites")
        agreement.expect(fit.shrunken().map(\.effect.standardError), value["se_pred"].column, "their errors")
        agreement.conclude()
    }

    @Test("A moderator of the effects agrees with rma(mods =)")
    func metaRegression() throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", "pool.metareg")
        let inputs = try Reference.oracle("rollout_its_pool", "pool.inputs").value
        let series = try TrendOracleTests.sites()
        let sizes = try inputs["site"].items.map { site -> Double in
            let rows = try #require(series[site.text ?? ""])
            return .log(rows.reduce(0) { $0 + ($1["caseload"] ?? .nan) } / Double(rows.count))
        }
        let mean = sizes.reduce(0, +) / Double(sizes.count)
        let fit = try PooledEffects(try Self.sites(), moderators: [sizes.map { $0 - mean }])
        let test = try #require(fit.moderatorTest(without: try PooledEffects(try Self.sites())))
        var agreement = Agreement(with: "rollout_its_pool.pool.metareg", within: tolerance)
        agreement.expect(fit.coefficients, value["beta"].column, "coefficients")
        agreement.expect(
            (0...1).map { fit.effect($0, errors: .hartungKnapp)?.standardError }, value["se"].column, "errors")
        agreement.expect(fit.heterogeneity.betweenVariance, value["tau2"].number, "τ²")
        agreement.expect(test.f, value["QM"].number, "F")
        agreement.expect(test.p, value["QMp"].number, "p")
        agreement.expect(test.percentExplained, value["R2"].number, "R²")
        agreement.conclude()
    }

    @Test("One, two and three sites, and sites all alike, agree with rma; the cautious error is never the smaller")
    func few() throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", "pool.small")
        let sets: [String: [(Double, Double)]] = [
            "k1": [(-0.4, 0.05)], "k2": [(-0.3, 0.04), (0.1, 0.09)],
            "k3": [(-0.5, 0.02), (-0.1, 0.05), (0.4, 0.03)], "same": [(0.2, 0.1), (0.2, 0.2), (0.2, 0.3)],
        ]
        var agreement = Agreement(with: "rollout_its_pool.pool.small", within: tolerance)
        for (name, expected) in value.members {
            let sites = try #require(sets[name]).map { SiteEffect(effect: $0.0, variance: $0.1) }
            let fit = try PooledEffects(sites)
            agreement.expect(fit.coefficients[0], expected["mu"].number, name)
            agreement.expect(fit.effect(errors: .conventional)?.standardError, expected["se"].number, name)
            agreement.expect(fit.heterogeneity.betweenVariance, expected["tau2"].number, name)
            let knapp = fit.effect(errors: name == "k1" ? .cautious : .hartungKnapp)?.interval()
            agreement.expect(knapp?.lower, expected["hk_lo"].number, name)
            agreement.expect(knapp?.upper, expected["hk_hi"].number, name)
        }
        agreement.conclude()
    }
}
