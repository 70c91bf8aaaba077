import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Logistic and Poisson mixed models against lme4 and glmmTMB", .enabled(if: Reference.hasOracle))
struct MixedFitOracleTests {
    /// Compares what `gcore` and `gtab` of the R scripts give. A variance at 0 is compared as one.
    private func compare(_ fit: CountMixedModel, _ agreement: inout Agreement, _ value: JSON, _ names: [String]) {
        let deviations = fit.memberDeviation.map { [$0, fit.clusterDeviation] } ?? [fit.clusterDeviation]
        agreement.expect(deviations, value["theta"].column, "deviations")
        agreement.expect(fit.coefficients, names.map { value["beta"][$0].number }, "coefficients")
        if let table = value["table"].members["se_hessian"] {
            agreement.expect(fit.standardErrors, table.column, "errors")
        }
        if let rows = value["n"].number { agreement.expect(Double(fit.rows), rows, "rows") }
    }

    private static let trialNames = ["(Intercept)", "arm", "fm3", "fm6", "fm9", "arm:fm3", "arm:fm6", "arm:fm9"]

    @Test("The trial as published: clinic and client, Laplace")
    func trial() throws {
        let fit = try CountMixedModel.fit(try MixedModelData.trial(), family: .binomial).get()
        let (value, tolerance) = try Reference.oracle("trial_glmm", "glmm.main.fit")
        var agreement = Agreement(with: "trial_glmm.glmm.main.fit", within: tolerance)
        compare(fit, &agreement, value, Self.trialNames)
        agreement.expect(fit.deviance, value["deviance_m2ll"].number)
        agreement.expect(
            [Double(fit.clusters), fit.members.map(Double.init)],
            ["clinic", "client"].map { value["groups"][$0].number })
        agreement.conclude()
        #expect(fit.deviance <= (value["deviance_m2ll"].number ?? 0) + 1e-8)
        #expect(fit.convergence.variancesAtZero == [.cluster])

        let (table, loose) = try Reference.oracle("trial_glmm", "glmm.main.table")
        var ofTable = Agreement(with: "trial_glmm.glmm.main.table", within: loose)
        ofTable.expect(fit.standardErrors, table["se_hessian"].column)
        ofTable.conclude()
        let (tmb, close) = try Reference.oracle("trial_glmm", "glmm.main.tmb")
        var ofTMB = Agreement(with: "trial_glmm.glmm.main.tmb", within: close)
        ofTMB.expect(fit.coefficients, Self.trialNames.map { tmb["beta"][$0].number }, "coefficients")
        ofTMB.expect(fit.standardErrors, Self.trialNames.map { tmb["se"][$0].number }, "errors")
        ofTMB.expect(fit.deviance, tmb["deviance"].number)
        ofTMB.expect(fit.memberDeviation.map { $0 * $0 }, tmb["var_client"].number)
        ofTMB.expect(fit.clusterDeviation * fit.clusterDeviation, tmb["var_clinic"].number)
        ofTMB.conclude()
    }

    @Test("Its clinics' effects")
    func clinics() throws {
        let fit = try CountMixedModel.fit(try MixedModelData.trial(), family: .binomial).get()
        let (value, tolerance) = try Reference.oracle("trial_glmm", "glmm.main.blup.clinic")
        var agreement = Agreement(with: "trial_glmm.glmm.main.blup.clinic", within: tolerance)
        let effects = fit.clusterEffects.sorted { $0.unit < $1.unit }
        agreement.expect(effects.map(\.mode), value["mode"].column)
        agreement.expect(effects.map(\.conditionalDeviation), value["cond_sd"].column)
        agreement.conclude()
    }

    @Test("Follow-up visits with the baseline test as a covariate")
    func followUp() throws {
        var data = try MixedModelData("trial.csv", outcome: "urine_pos")
        let baseline = Dictionary(
            data.rows.filter { $0["month"] == "0" }.map { ($0["client"] ?? "", $0["urine_pos"] ?? "") }
        ) { first, _ in first }
        data.add("base") { baseline[$0["client"] ?? ""] ?? "" }
        data.keep { $0["month"] != "0" && $0["base"] != "" }
        let columns = MixedModelData.armByVisit(["6", "9"])
        let base: ([String: String]) -> Double = { Double($0["base"] ?? "") ?? .nan }
        let fit = try CountMixedModel.fit(
            data.counts(cluster: "clinic", member: "client", columns[..<3] + [base] + columns[3...]), family: .binomial
        ).get()
        let (value, tolerance) = try Reference.oracle("trial_glmm", "glmm.followup.fit")
        var agreement = Agreement(with: "trial_glmm.glmm.followup.fit", within: tolerance)
        compare(
            fit, &agreement, value, ["(Intercept)", "arm", "fm6", "fm9", "base", "arm:fm6", "arm:fm9"])
        agreement.expect(fit.deviance, value["deviance_m2ll"].number)
        agreement.conclude()
        let (table, loose) = try Reference.oracle("trial_glmm", "glmm.followup.table")
        var ofTable = Agreement(with: "trial_glmm.glmm.followup.table", within: loose)
        ofTable.expect(fit.standardErrors, table["se_hessian"].column)
        ofTable.conclude()
        let (modes, close) = try Reference.oracle("trial_glmm", "glmm.followup.blup.clinic")
        var ofModes = Agreement(with: "trial_glmm.glmm.followup.blup.clinic", within: close)
        ofModes.expect(fit.clusterEffects.map(\.mode), modes["mode"].column)
        ofModes.expect(fit.clusterEffects.map(\.conditionalDeviation), modes["cond_sd"].column)
        ofModes.conclude()
    }

    @Test("Small clinics, with both variances above 0")
    func small() throws {
        let data = try MixedModelData("trial_nullclinic.csv", outcome: "urine_pos")
        let columns = MixedModelData.armByVisit(["3", "6", "9"], interaction: false)
        let fit = try CountMixedModel.fit(
            data.counts(cluster: "clinic", member: "client", columns), family: .binomial
        ).get()
        let (value, tolerance) = try Reference.oracle("trial_glmm", "glmm.small.fit")
        var agreement = Agreement(with: "trial_glmm.glmm.small.fit", within: tolerance)
        compare(fit, &agreement, value, ["(Intercept)", "arm", "fm3", "fm6", "fm9"])
        agreement.expect(fit.deviance, value["deviance_m2ll"].number)
        agreement.conclude()
        #expect(fit.convergence.variancesAtZero == [])
        let (table, loose) = try Reference.oracle("trial_glmm", "glmm.small.table")
        var ofTable = Agreement(with: "trial_glmm.glmm.small.table", within: loose)
        ofTable.expect(fit.standardErrors, table["se_hessian"].column)
        ofTable.conclude()
    }

    @Test("A stepped wedge of positives, one effect of the cluster, Laplace")
    func steppedWedge() throws {
        let data = try MixedModelData("stepped_wedge.csv", outcome: "bin")
        let treat: ([String: String]) -> Double = { Double($0["treat"] ?? "") ?? .nan }
        let periods = (1...6).map { period in { (row: [String: String]) in row["period"] == "\(period)" ? 1.0 : 0 } }
        let fit = try CountMixedModel.fit(data.counts(cluster: "cluster", [treat] + periods), family: .binomial).get()
        let names = ["(Intercept)", "treat"] + (1...6).map { "p\($0)" }
        let (value, tolerance) = try Reference.oracle("rollout_sw", "sw.binary.fit")
        var agreement = Agreement(with: "rollout_sw.sw.binary.fit", within: tolerance)
        compare(fit, &agreement, value, names)
        agreement.expect(fit.standardErrors, names.map { value["se"][$0].number }, "errors")
        agreement.expect(fit.deviance, value["m2ll"].number)
        agreement.conclude()
    }

    @Test("Seizures with an effect of the patient, Laplace")
    func seizures() throws {
        let data = try MixedModelData("real_epil.csv", outcome: "y")
        let treated: ([String: String]) -> Double = { $0["trt"] == "progabide" ? 1 : 0 }
        let columns = ["lbase", "lage", "V4"].map { name in
            { (row: [String: String]) in Double(row[name] ?? "") ?? .nan }
        }
        let both: ([String: String]) -> Double = { columns[0]($0) * treated($0) }
        let fit = try CountMixedModel.fit(
            data.counts(cluster: "subject", [columns[0], treated, columns[1], columns[2], both]), family: .poisson
        ).get()
        let (value, tolerance) = try Reference.oracle("real", "epil.glmm")
        var agreement = Agreement(with: "real.epil.glmm", within: tolerance)
        compare(
            fit, &agreement, value, ["(Intercept)", "lbase", "trtprogabide", "lage", "V4", "lbase:trtprogabide"])
        agreement.expect(fit.deviance, value["m2ll"].number)
        agreement.conclude()
    }

    @Test("Whether visits differ by arm; correlations on the latent scale")
    func ratioAndCorrelation() throws {
        let larger = try CountMixedModel.fit(try MixedModelData.trial(), family: .binomial).get()
        let smaller = try CountMixedModel.fit(try MixedModelData.trial(interaction: false), family: .binomial).get()
        let (value, tolerance) = try Reference.oracle("trial_glmm", "glmm.main.lrt_interaction")
        var agreement = Agreement(with: "trial_glmm.glmm.main.lrt_interaction", within: tolerance)
        let test = try #require(larger.likelihoodRatio(against: smaller))
        agreement.expect([test.statistic, Double(test.degrees), test.p], ["stat", "df", "p"].map { value[$0].number })
        agreement.conclude()
        #expect(smaller.likelihoodRatio(against: larger) == nil)

        let (icc, close) = try Reference.oracle("trial_glmm", "glmm.main.icc_latent")
        var ofCorrelation = Agreement(with: "trial_glmm.glmm.main.icc_latent", within: close)
        ofCorrelation.expect(larger.latentCorrelation(.cluster), icc["clinic"].number)
        ofCorrelation.expect(larger.latentCorrelation(.member), icc["client"].number)
        ofCorrelation.conclude()
    }
}
