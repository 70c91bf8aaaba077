import Testing

@testable import Metrics

/// Against R on a trial that script/oracle/trials.R draws: strata, a covariate, missing visits.
@Suite("A trial's effect by every method, within strata and with a covariate, against R")
struct TrialEffectFixtureTests {
    private static let exact = Tolerance(relative: 1e-9, absolute: 1e-10)
    /// What an optimiser leaves of R's own digits.
    private static let searched = Tolerance(relative: 2e-5, absolute: 1e-6)

    private func compare(
        _ name: String, _ effect: TrialEffect, most: Double = .infinity, within tolerance: Tolerance = exact
    ) throws {
        let expected = try TrialRecord.drawn()[name]
        let estimate = effect.method == .twoStageRatio ? Double.log(effect.estimate) : effect.estimate
        var agreement = Agreement(with: "R's \(name)", within: tolerance)
        agreement.expect(estimate, expected["estimate"].number, "estimate")
        if let error = expected["error"].number { agreement.expect(effect.standardError, error, "error") }
        if let degrees = expected["degrees"].number {
            agreement.expect(effect.degrees, min(degrees, most), "degrees")
        }
        if let p = expected["p"].number { agreement.expect(effect.p, p, "p") }
        agreement.conclude()
        #expect(effect.clinics == 8 && effect.level == 0.95)
    }

    @Test("Two stages of scores, of shares and of ratios; Welch's, which knows no strata")
    func twoStages() throws {
        let (scores, answers) = (
            try TrialAnalysis(TrialRecord.drawn("score")), try TrialAnalysis(TrialRecord.drawn("use"))
        )
        try compare("two_stage", scores.effect(.twoStage).get())
        try compare("welch", scores.effect(.welch).get())
        try compare("two_stage_binary", answers.effect(.twoStage).get())
        try compare("two_stage_ratio", answers.effect(.twoStageRatio).get())
    }

    @Test("Mixed models against lme4 and pbkrtest; degrees held at the five that eight clinics in two strata leave")
    func mixed() throws {
        let analysis = try TrialAnalysis(TrialRecord.drawn("score"))
        for method in [TrialMethod.mixedModel, .mixedModelVisits, .mixedModelBaseline] {
            try compare(method.rawValue, analysis.effect(method).get(), most: 5, within: Self.searched)
        }
        try compare(
            "mixed_model_published", analysis.effect(.mixedModelPublished).get(), most: 10, within: Self.searched)
        let unadjusted = try analysis.unadjusted(.mixedModel).get()
        try compare("mixed_model_unadjusted", unadjusted, most: 5, within: Self.searched)
    }

    @Test("Estimating equations of scores and of shares with Kauermann & Carroll's errors")
    func equations() throws {
        try compare(
            "estimating_equations",
            TrialAnalysis(TrialRecord.drawn("score")).effect(.estimatingEquations).get())
        try compare(
            "estimating_equations_binary",
            TrialAnalysis(TrialRecord.drawn("use")).effect(.estimatingEquations).get())
    }

    @Test("The logistic model's odds ratio and its difference of shares against glmer with 25 points")
    func logistic() throws {
        let analysis = try TrialAnalysis(TrialRecord.drawn("use"))
        // glmer's own derivatives are of finite differences.
        let loose = Tolerance(relative: 1e-3, absolute: 1e-5)
        try compare("logistic_odds_ratio", analysis.effect(.logisticOddsRatio).get(), within: loose)
        try compare("logistic_mixed_model", analysis.effect(.logisticMixedModel).get(), within: loose)
    }

    @Test("Each clinic's change with its interval, and its distance from its arm with the error of prediction")
    func clinics() throws {
        let record = try TrialRecord.drawn("score")
        let analysis = try TrialAnalysis(record)
        let changes = analysis.clinicChanges()
        let expected = try TrialRecord.drawn()["clinics"]
        #expect(changes.map(\.clinic) == Array(0..<8))
        var own = Agreement(with: "R's t intervals of changes", within: Self.exact)
        own.expect(changes.map(\.change), expected["change"].column, "change")
        own.expect(changes.map { $0.interval?.lower }, expected["lower"].column, "lower")
        own.expect(changes.map { $0.interval?.upper }, expected["upper"].column, "upper")
        own.conclude()
        var arm = Agreement(with: "lme4's distances of clinics", within: Self.searched)
        arm.expect(changes.map(\.deviation), expected["deviation"].column, "deviation")
        let t = try #require(StudentT.quantile(0.975, degrees: 5))
        arm.expect(
            changes.map { $0.deviationInterval.map { ($0.upper - $0.lower) / 2 / t } }, expected["error"].column,
            "error")
        arm.conclude()
    }
}
