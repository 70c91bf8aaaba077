import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Adaptive Gauss–Hermite quadrature against lme4", .enabled(if: Reference.hasOracle))
struct MixedQuadratureTests {
    /// arm by month as a number, with one effect.
    private func trial(by cluster: String) throws -> ClusteredCounts {
        let (arm, month): (([String: String]) -> Double, ([String: String]) -> Double) = (
            { Double($0["arm"] ?? "") ?? .nan }, { Double($0["month"] ?? "") ?? .nan }
        )
        return try MixedModelData("trial.csv", outcome: "urine_pos").counts(
            cluster: cluster, [arm, month, { arm($0) * month($0) }])
    }

    @Test(
        "−2 ln L at given parameters agrees with lme4's and with brute force",
        arguments: [("glmm.agq25.points", 25), ("glmm.agq25.exact_points", 61)])
    func points(id: String, nodes: Int) throws {
        let problem = try MixedProblem(try trial(by: "client"), .binomial)
        let points = try Reference.oracle("trial_glmm", "glmm.agq25.points").value["points"].items
        let (value, tolerance) = try Reference.oracle("trial_glmm", id)
        let expected = id == "glmm.agq25.points" ? value["m2ll"].column : value.column
        var agreement = Agreement(with: "trial_glmm.\(id)", within: tolerance)
        for (point, expected) in zip(points.map(\.numbers), expected) {
            let place = problem.scale.scaled(coefficients: Array(point.dropFirst())) + [0, point[0]]
            agreement.expect(
                QuadratureCriterion(problem.tree, points: nodes).derivatives(at: place)?.value, expected, "\(point)")
        }
        agreement.conclude()
    }

    @Test("First and second derivatives are those of the criterion", arguments: [1, 3, 8, 25])
    func derivatives(points: Int) throws {
        let problem = try MixedProblem(try trial(by: "client"), .binomial)
        for deviation in [0, 0.2, 1.3, 2.5] {
            let place = problem.scale.scaled(coefficients: [-1.2, 0.3, -0.02, -0.1]) + [0, deviation]
            try expectDerivatives(QuadratureCriterion(problem.tree, points: points), at: place)
        }
    }

    private func compare(_ fit: CountMixedModel, _ file: String, _ id: String, _ names: [String], deviance: String)
        throws
    {
        let (value, tolerance) = try Reference.oracle(file, id)
        var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
        agreement.expect(fit.clusterDeviation, value["theta"].number, "deviation")
        agreement.expect(fit.coefficients, names.map { value["beta"][$0].number }, "coefficients")
        agreement.expect(fit.standardErrors, value["table"]["se_hessian"].column, "errors")
        agreement.expect(Double(fit.rows), value["n"].number, "rows")
        agreement.expect(Double(fit.clusters), value["groups"].members.values.first?.number, "clusters")
        if !deviance.isEmpty { agreement.expect(fit.deviance, value[deviance].number, "deviance") }
        agreement.conclude()
    }

    private static let monthNames = ["(Intercept)", "arm", "month", "arm:month"]

    @Test(
        "The trial with an effect of the client, from 1 point to 25",
        arguments: [
            ("glmm.agq1.fit", 1), ("glmm.agq3.fit", 3), ("glmm.agq5.fit", 5), ("glmm.agq9.fit", 9),
            ("glmm.agq15.fit", 15), ("glmm.agq25.fit", 25),
        ])
    func trial(id: String, points: Int) throws {
        let fit = try CountMixedModel.fit(
            try trial(by: "client"), family: .binomial, integration: .quadrature(points: points)
        ).get()
        try compare(fit, "trial_glmm", id, Self.monthNames, deviance: "deviance_m2ll")
    }

    @Test("The trial with an effect of the clinic alone")
    func clinics() throws {
        let fit = try CountMixedModel.fit(
            try trial(by: "clinic"), family: .binomial, integration: .quadrature(points: 25)
        ).get()
        try compare(fit, "trial_glmm", "glmm.cliniconly.agq25", Self.monthNames, deviance: "deviance_m2ll")
    }

    @Test("Wheezing children")
    func ohio() throws {
        let data = try MixedModelData("real_ohio.csv", outcome: "resp")
        let (age, smoke): (([String: String]) -> Double, ([String: String]) -> Double) = (
            { Double($0["age"] ?? "") ?? .nan }, { Double($0["smoke"] ?? "") ?? .nan }
        )
        let fit = try CountMixedModel.fit(
            data.counts(cluster: "id", [age, smoke, { age($0) * smoke($0) }]), family: .binomial,
            integration: .quadrature(points: 25)
        ).get()
        try compare(
            fit, "real", "ohio.glmm.agq25", ["(Intercept)", "age", "smoke", "age:smoke"], deviance: "m2ll")
    }

    @Test("Diseased cattle among herds, counts of several animals", arguments: [1, 9, 25])
    func herds(points: Int) throws {
        let data = try MixedModelData("real_cbpp.csv", outcome: "incidence")
        let periods = ["2", "3", "4"].map { period in
            { (row: [String: String]) in row["period"] == period ? 1.0 : 0 }
        }
        var counts = data.counts(cluster: "herd", periods)
        counts.sizes = data.numbers("size")
        let fit = try CountMixedModel.fit(counts, family: .binomial, integration: .quadrature(points: points)).get()
        let id = try #require([1: "cbpp.agq1", 9: "cbpp.agq9", 25: "cbpp.agq25"][points])
        try compare(
            fit, "real", id, ["(Intercept)", "period2", "period3", "period4"], deviance: points == 1 ? "m2ll" : "")
        if points > 1 {
            // Of more than one point lme4 gives the distance from the counts themselves.
            let itself = zip(counts.counts, counts.sizes ?? []).reduce(0.0) { sum, pair in
                sum + .log(Binomial.density(pair.0, trials: pair.1, probability: pair.0 / pair.1) ?? .nan)
            }
            let (value, tolerance) = try Reference.oracle("real", id)
            var agreement = Agreement(with: "real.\(id), distance", within: tolerance)
            agreement.expect(fit.deviance + 2 * itself, value["m2ll"].number)
            agreement.conclude()
        }
        guard points == 25 else { return }
        let (value, tolerance) = try Reference.oracle("real", "cbpp.agq25.ranef")
        var agreement = Agreement(with: "real.cbpp.agq25.ranef", within: tolerance)
        let effects = fit.clusterEffects.sorted { $0.unit < $1.unit }
        agreement.expect(effects.map(\.mode), value["mode"].column)
        agreement.expect(effects.map(\.conditionalDeviation), value["cond_sd"].column)
        agreement.conclude()
    }

    @Test("Shares of a population by arm and month, and their difference and ratio at the last")
    func population() throws {
        let fit = try CountMixedModel.fit(
            try trial(by: "client"), family: .binomial, integration: .quadrature(points: 25)
        ).get()
        func profile(_ arm: Double, _ month: Double) -> CountMixedModel.Profile {
            .init([[1, arm, month, arm * month]])
        }
        let (value, tolerance) = try Reference.oracle("trial_glmm", "glmm.agq25.marginal")
        let table = value["table"].members.mapValues(\.numbers)
        var agreement = Agreement(with: "trial_glmm.glmm.agq25.marginal", within: tolerance)
        for (arm, (month, p)) in zip(table["arm"] ?? [], zip(table["month"] ?? [], table["p"] ?? [])) {
            let mean = try #require(fit.marginalMean(profile(arm, month)))
            agreement.expect(mean.estimate, p, "arm \(arm), month \(month)")
            #expect(mean.interval.lower < mean.estimate && mean.estimate < mean.interval.upper)
        }
        let (one, none) = (profile(1, 9), profile(0, 9))
        agreement.expect(fit.marginalDifference(one, less: none)?.estimate, value["rd9"].number)
        let means = [one, none].compactMap { fit.marginalMean($0)?.estimate }
        let odds = means.map { $0 / (1 - $0) }
        agreement.expect(odds[0] / odds[1], value["or_marginal9"].number)
        agreement.conclude()
        #expect(try #require(fit.marginalRatio(one, over: none)).estimate.isNear(means[0] / means[1]))
    }
}
