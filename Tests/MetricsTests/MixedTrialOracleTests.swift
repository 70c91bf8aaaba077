import Testing

@testable import Metrics

/// What is asked of a fitted mixed model, against R. Skipped in a clone without ../shared/oracle.
@Suite("Questions to a mixed model against R", .enabled(if: Reference.hasOracle))
struct MixedTrialOracleTests {
    private func contrasts(_ names: [String], _ sums: [[String: Double]]) -> [[Double]] {
        sums.map { sum in names.map { sum[$0] ?? 0 } }
    }

    /// R writes a factor's level as a number where it looks like one.
    private func label(_ level: JSON) -> String { level.text ?? level.number.map { String(Int($0)) } ?? "" }

    @Test("The criterion's gradient vanishes where the search ends")
    func gradient() throws {
        let fit = try MixedData.trial().fit()
        var agreement = Agreement(
            with: "trial_lmm.gradient", within: try Reference.oracle("trial_lmm", "lmm.main.gradient").tolerance)
        for slope in fit.point.gradient {
            agreement.expect(slope, 0)
            #expect(abs(slope) < 1e-6)
        }
        agreement.conclude()
    }

    @Test("Maximum likelihood")
    func maximumLikelihood() throws {
        let data = try MixedData.trial()
        let fit = try data.fit(method: .maximum)
        let (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.ml")
        var agreement = Agreement(with: "trial_lmm.lmm.main.ml", within: tolerance)
        agreement.expect(fit, value, data.names)
        agreement.expect(fit.subjectCovariance[0, 0], value["varcomp"]["vcov"].numbers[0], "clients")
        agreement.expect(fit.clusterCovariance[0, 0], value["varcomp"]["vcov"].numbers[1], "clinics")
        agreement.conclude()
    }

    @Test("Variances of every model", arguments: MixedCase.all)
    func variances(model: MixedCase) throws {
        let fit = try model.data().fit(model.effects)
        let (value, tolerance) = try Reference.oracle(model.file, model.fit)
        let (names, other) = (value["varcomp"]["group"].items, value["varcomp"]["var2"].items)
        var agreement = Agreement(with: "\(model.fit) variances", within: tolerance)
        for (row, variance) in value["varcomp"]["vcov"].numbers.enumerated() {
            let group = names[row].text ?? ""
            let first = value["varcomp"]["var1"].items[row].text ?? ""
            let isSlope = first == "month" || first == "Days"
            let isCovariance = other[row].text != ""
            let atVisit = group == "clinic:fm"
            guard group != "Residual" else { continue }
            let isSubject = ["client", "provider", "cluster:p"].contains(group)
            let matrix = isSubject ? fit.subjectCovariance : fit.clusterCovariance
            let place = isCovariance ? (1, 0) : isSlope || atVisit ? (1, 1) : (0, 0)
            agreement.expect(matrix[place.0, place.1], variance, "\(group) \(first)")
        }
        agreement.conclude()
    }

    @Test("Contrasts of the trial by both kinds of degrees of freedom")
    func trialContrasts() throws {
        let data = try MixedData.trial()
        try expectContrasts(
            "lmm.main.contrasts", data,
            contrasts(
                data.names,
                [
                    ["arm": 1], ["arm": 1, "arm:fm3": 1], ["arm": 1, "arm:fm6": 1], ["arm": 1, "arm:fm9": 1],
                    ["arm:fm9": 1], ["arm:fm3": 1.0 / 3, "arm:fm6": 1.0 / 3, "arm:fm9": 1.0 / 3],
                ]))
    }

    @Test("Contrasts adjusted for baseline")
    func ancovaContrasts() throws {
        let data = try MixedCase.ancova()
        try expectContrasts(
            "lmm.ancova.contrasts", data,
            contrasts(
                data.names,
                [
                    ["arm": 1], ["arm": 1, "arm:fm6": 1], ["arm": 1, "arm:fm9": 1],
                    ["arm": 1, "arm:fm6": 1.0 / 3, "arm:fm9": 1.0 / 3],
                ]))
    }

    private func expectContrasts(_ id: String, _ data: MixedData, _ weights: [[Double]]) throws {
        let fit = try data.fit()
        let (value, tolerance) = try Reference.oracle("trial_lmm", id)
        var agreement = Agreement(with: "trial_lmm.\(id)", within: tolerance)
        for (row, own) in weights.enumerated() {
            for (suffix, method, error) in [
                ("satt", DegreesMethod.satterthwaite, "se"), ("kr", .kenwardRoger, "se_kr"),
            ] {
                let contrast = fit.contrast(own, degrees: method)
                agreement.expect(contrast?.estimate, value["est"].column[row], "estimate \(row)")
                agreement.expect(contrast?.standardError, value[error].column[row], "error \(row)")
                agreement.expect(contrast?.degrees, value["df_\(suffix)"].column[row], "degrees \(row)")
                agreement.expect(contrast?.interval()?.lower, value["lo_\(suffix)"].column[row], "lower \(row)")
                agreement.expect(contrast?.interval()?.upper, value["hi_\(suffix)"].column[row], "upper \(row)")
                agreement.expect(contrast?.p, value["p_\(suffix)"].column[row], "p \(row)")
            }
        }
        agreement.conclude()
    }

    @Test("The adjusted covariance")
    func adjustedCovariance() throws {
        let data = try MixedData.trial()
        let fit = try data.fit()
        let (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.vcov_kr")
        var agreement = Agreement(with: "trial_lmm.lmm.main.vcov_kr", within: tolerance)
        for (row, name) in value["rows"].items.enumerated() {
            for (column, other) in value["cols"].items.enumerated() {
                agreement.expect(
                    fit.adjustedCovariance(data.unit(name.text ?? ""), data.unit(other.text ?? "")),
                    value["data"].items[row].items[column].number)
            }
        }
        agreement.conclude()
    }

    @Test("Three contrasts at once")
    func interaction() throws {
        let data = try MixedData.trial()
        let fit = try data.fit()
        let weights = ["arm:fm3", "arm:fm6", "arm:fm9"].map(data.unit)
        let (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.F.interaction")
        var agreement = Agreement(with: "trial_lmm.lmm.main.F.interaction", within: tolerance)
        let corrected = try #require(fit.test(weights))
        agreement.expect(corrected.f, value["kr"]["Fscaled"].number, "F")
        agreement.expect(corrected.scale, value["kr"]["F_scaling"].number, "scale")
        agreement.expect(corrected.f / corrected.scale, value["kr"]["F_unscaled"].number, "unscaled")
        agreement.expect(corrected.degrees.denominator, value["kr"]["ddf"].number, "degrees")
        agreement.expect(corrected.p, value["kr"]["p"].number, "p")
        let plain = try #require(fit.test(weights, degrees: .satterthwaite))
        agreement.expect(plain.f, value["satt"]["F value"].number, "F")
        agreement.expect(plain.degrees.numerator, value["satt"]["NumDF"].number, "contrasts")
        agreement.expect(plain.degrees.denominator, value["satt"]["DenDF"].number, "degrees")
        agreement.expect(plain.p, value["satt"]["Pr(>F)"].number, "p")
        agreement.conclude()
    }

    @Test("Predicted effects of clinics", arguments: MixedCase.all.filter { $0.clusters != nil })
    func clinics(model: MixedCase) throws {
        let data = try model.data()
        let effects = try data.fit(model.effects).clusterEffects()
        let (value, tolerance) = try Reference.oracle(model.file, model.clusters ?? "")
        var agreement = Agreement(with: "\(model.file).\(model.clusters ?? "")", within: tolerance)
        for (row, level) in value["level"].items.enumerated() {
            let place = try #require(data.clusterLabels.firstIndex(of: label(level)))
            agreement.expect(effects[place]?[0].value, value["blup"].column[row])
            agreement.expect(effects[place]?[0].conditionalDeviation, value["cond_sd"].column[row])
            agreement.expect(effects[place]?[0].predictionDeviation, value["pev_sd"].column[row])
        }
        agreement.conclude()
    }

    @Test("Predicted effects of clients")
    func clients() throws {
        let data = try MixedData.trial()
        let effects = try data.fit().subjectEffects()
        let (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.blup.client")
        var agreement = Agreement(with: "trial_lmm.lmm.main.blup.client", within: tolerance)
        for (row, level) in value["level"].items.enumerated() {
            let place = data.subjectLabels.firstIndex { $0 == level.text } ?? -1
            agreement.expect(effects[place]?[0].value, value["blup"].column[row])
            agreement.expect(effects[place]?[0].conditionalDeviation, value["cond_sd"].column[row])
            agreement.expect(effects[place]?[0].predictionDeviation, value["pev_sd"].column[row])
        }
        agreement.conclude()
    }

    @Test("Levels and slopes of the sleep study")
    func slopes() throws {
        let model = try #require(MixedCase.all.first { $0.fit == "sleepstudy.slope.fit" })
        let data = try model.data()
        let effects = try data.fit(model.effects).clusterEffects()
        let (value, tolerance) = try Reference.oracle("real", "sleepstudy.slope.ranef")
        var agreement = Agreement(with: "real.sleepstudy.slope.ranef", within: tolerance)
        for (row, group) in value["grp"].items.enumerated() {
            let place = try #require(data.clusterLabels.firstIndex(of: label(group)))
            let effect = effects[place]?[value["term"].items[row].text == "Days" ? 1 : 0]
            agreement.expect(effect?.value, value["condval"].column[row])
            agreement.expect(effect?.conditionalDeviation, value["condsd"].column[row])
        }
        agreement.conclude()
    }

    @Test("Intraclass correlations and likelihood ratio tests")
    func ratios() throws {
        let data = try MixedData.trial()
        let fit = try data.fit()
        var (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.icc")
        var agreement = Agreement(with: "trial_lmm.lmm.main.icc", within: tolerance)
        agreement.expect(fit.intraclassCorrelation?.cluster, value["icc_clinic"].number)
        agreement.expect(fit.intraclassCorrelation?.subject, value["icc_client"].number)
        agreement.conclude()
        (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.rlrt_clinic")
        var ofVariance = Agreement(with: "trial_lmm.lmm.main.rlrt_clinic", within: tolerance)
        let variance = try fit.varianceTest(1)
        ofVariance.expect(variance?.statistic, value["stat"].number)
        ofVariance.expect(variance?.p, value["p"].number)
        ofVariance.conclude()
        (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.lrt_interaction")
        var ofColumns = Agreement(with: "trial_lmm.lmm.main.lrt_interaction", within: tolerance)
        let columns = try fit.likelihoodRatioTest(["arm:fm3", "arm:fm6", "arm:fm9"].map(data.unit))
        ofColumns.expect(columns?.statistic, value["stat"].number)
        ofColumns.expect(columns.map { Double($0.degrees) }, value["df"].number)
        ofColumns.expect(columns?.p, value["p"].number)
        ofColumns.conclude()
    }

    @Test("Intervals by profile likelihood")
    func profiles() throws {
        let data = try MixedData.trial()
        let fit = try data.fit()
        let (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.profile")
        var agreement = Agreement(with: "trial_lmm.lmm.main.profile", within: tolerance)
        let intervals = [
            try fit.profileDeviationInterval(0), try fit.profileDeviationInterval(1),
            try fit.profileDeviationInterval(2), try fit.profileInterval(data.unit("arm:fm9")),
        ]
        for (row, interval) in intervals.enumerated() {
            agreement.expect(interval?.lower, value["data"].items[row].items[0].number, "lower \(row)")
            agreement.expect(interval?.upper, value["data"].items[row].items[1].number, "upper \(row)")
        }
        agreement.conclude()
    }

    @Test("Any covariance of the visits, without clinics")
    func visits() throws {
        var data = try MixedData.trial()
        let table = try Reference.table("trial.csv").filter { Double($0["score"] ?? "") != nil }
        data.rows.clusterEffects = []
        data.rows.subjectEffects = MixedModelRows.indicators(
            table.map { (Int($0["month"] ?? "") ?? 0) / 3 }, count: 4)
        let fit = try data.fit(RandomEffects(subject: .visits(4), cluster: .none))
        let (value, tolerance) = try Reference.oracle("trial_lmm", "mmrm.gls")
        var agreement = Agreement(with: "trial_lmm.mmrm.gls", within: tolerance)
        agreement.expect(fit.coefficients, data.names.map { value["beta"][$0].number }, "coefficients")
        agreement.expect(fit.logLikelihood, value["logLik"].number, "log-likelihood")
        for row in 0..<4 {
            for column in 0..<4 {
                let residual = row == column ? fit.residualVariance : 0
                agreement.expect(
                    fit.subjectCovariance[row, column] + residual, value["R"]["data"].items[row].items[column].number)
            }
        }
        for (row, name) in data.names.enumerated() {
            for (column, other) in data.names.enumerated() {
                let places = [name, other].map { text -> Int in
                    value["vcov"]["rows"].items.firstIndex { $0.text == text } ?? -1
                }
                agreement.expect(
                    fit.covariance(data.unit(name), data.unit(other)),
                    value["vcov"]["data"].items[places[0]].items[places[1]].number, "covariance \(row) \(column)")
            }
        }
        agreement.conclude()
        print(fit.convergence)
    }

    @Test("Pairs of clinics")
    func pairs() throws {
        let data = MixedData(
            try Reference.table("trial_pairs.csv"), outcome: "score", cluster: "pair", subject: "clinic",
            fixed: [MixedData.intercept, ("arm", MixedData.number("arm"))])
        let fit = try data.fit()
        let (value, tolerance) = try Reference.oracle("extra", "pairs.lmm")
        var agreement = Agreement(with: "extra.pairs.lmm", within: tolerance)
        agreement.expect(fit, value["fit"], data.names)
        for (key, method) in [("kr", DegreesMethod.kenwardRoger), ("satt", .satterthwaite)] {
            for (row, name) in data.names.enumerated() {
                let contrast = fit.contrast(data.unit(name), degrees: method)
                agreement.expect(contrast?.standardError, value[key][key == "kr" ? "se_kr" : "se"].column[row], "error")
                agreement.expect(contrast?.degrees, value[key]["df"].column[row], "degrees")
                agreement.expect(contrast?.p, value[key]["p"].column[row], "p")
            }
        }
        agreement.conclude()
    }
}
