import Testing

@testable import Metrics

/// Linear mixed models against lme4, lmerTest and pbkrtest. Skipped in a clone without ../shared/oracle.
@Suite("Linear mixed models against R", .enabled(if: Reference.hasOracle))
struct MixedOracleTests {
    /// theta is (sd of clients, sd of clinics) over the residual's.
    @Test(
        "The criterion at given ratios of variances, before any search",
        arguments: [("lmm.main.reml_grid", LikelihoodMethod.restricted), ("lmm.main.ml_grid", .maximum)])
    func grid(id: String, method: LikelihoodMethod) throws {
        let statistics = try MixedStatistics(MixedData.trial().rows)
        let search = VarianceSearch(statistics, WeightedSums(statistics), .nested, method: method)
        let (value, tolerance) = try Reference.oracle("trial_lmm", id)
        let grid = method == .restricted ? value["grid"] : value
        var agreement = Agreement(with: "trial_lmm.\(id)", within: tolerance)
        for (place, criterion) in grid["criterion"].numbers.enumerated() {
            let (client, clinic) = (grid["X1"].numbers[place], grid["X2"].numbers[place])
            let point = try #require(search.evaluate([client * client, clinic * clinic]))
            agreement.expect(point.likelihood.criterion, criterion, "\(place)")
        }
        agreement.conclude()
    }

    @Test("Coefficients, their covariance, variances and the criterion", arguments: MixedCase.all)
    func fit(model: MixedCase) throws {
        let data = try model.data()
        let fit = try data.fit(model.effects)
        let (value, tolerance) = try Reference.oracle(model.file, model.fit)
        var agreement = Agreement(with: "\(model.file).\(model.fit)", within: tolerance)
        agreement.expect(fit, value, data.names)
        agreement.conclude()
        print(fit.convergence)
    }

    @Test("Satterthwaite's degrees of freedom", arguments: MixedCase.all.filter { $0.satterthwaite != nil })
    func satterthwaite(model: MixedCase) throws {
        try expectTable(model, model.satterthwaite ?? "", .satterthwaite, error: "se")
    }

    @Test(
        "Kenward and Roger's errors and degrees of freedom", arguments: MixedCase.all.filter { $0.kenwardRoger != nil })
    func kenwardRoger(model: MixedCase) throws {
        try expectTable(model, model.kenwardRoger ?? "", .kenwardRoger, error: "se_kr")
    }

    private func expectTable(_ model: MixedCase, _ id: String, _ method: DegreesMethod, error: String) throws {
        let data = try model.data()
        let fit = try data.fit(model.effects)
        let (value, tolerance) = try Reference.oracle(model.file, id)
        var agreement = Agreement(with: "\(model.file).\(id)", within: tolerance)
        for (row, term) in value["term"].items.enumerated() {
            let contrast = fit.contrast(data.unit(term.text ?? ""), degrees: method)
            agreement.expect(contrast?.estimate, value["est"].column[row], "estimate \(row)")
            agreement.expect(contrast?.standardError, value[error].column[row], "error \(row)")
            agreement.expect(contrast?.degrees, value["df"].column[row], "degrees \(row)")
            agreement.expect(contrast?.t, value["t"].column[row], "t \(row)")
            agreement.expect(contrast?.p, value["p"].column[row], "p \(row)")
        }
        agreement.conclude()
    }
}
