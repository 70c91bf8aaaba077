import Foundation
import Testing

@testable import Metrics

/// Published data and an unbalanced panel, by script/oracle/rollout.R.
@Suite("Roll-outs against R on published data")
struct RolloutFixtureTests {
    private static func fixture(_ key: String) throws -> JSON {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try JSON(contentsOf: folder.appending(path: "Fixtures/rollout.json"))[key]
    }

    /// What R finds by a search, or by a formula that cancels some digits.
    private static let searched = Tolerance(relative: 1e-7, absolute: 1e-9)

    private static func sites(_ value: JSON) -> [SiteEffect] {
        zip(value["y"].numbers, value["v"].numbers).map { SiteEffect(effect: $0, variance: $1) }
    }

    @Test(
        "Published effects pooled agree with metafor by every estimator",
        arguments: ["bcg", "normand", "hart", "teacher"])
    func pooled(key: String) throws {
        let value = try Self.fixture(key)
        let sites = Self.sites(value)
        var agreement = Agreement(with: "fixture rollout.\(key)", within: Self.searched)
        for (name, estimator) in [
            ("REML", HeterogeneityEstimator.restrictedLikelihood), ("ML", .likelihood), ("DL", .derSimonianLaird),
            ("PM", .pauleMandel), ("HS", .hunterSchmidt), ("SJ", .sidikJonkman), ("FE", .none),
        ] {
            let expected = value["each"][name]
            let fit = try PooledEffects(sites, estimator: estimator)
            let knapp = fit.effect(errors: .hartungKnapp)
            let found: [(String, Double?)] = [
                ("mu", fit.coefficients[0]), ("se", fit.effect(errors: .conventional)?.standardError),
                ("hk_se", knapp?.standardError), ("hk_lo", knapp?.interval()?.lower),
                ("hk_hi", knapp?.interval()?.upper), ("tau2", fit.heterogeneity.betweenVariance),
                ("se_tau2", fit.heterogeneity.betweenVarianceError), ("Q", fit.heterogeneity.q),
                ("I2", fit.heterogeneity.percentBeyondChance), ("H2", fit.heterogeneity.excess),
                ("loglik", fit.logLikelihood(restricted: name == "REML")),
            ]
            for (what, number) in found { agreement.expect(number, expected[what].number, "\(name) \(what)") }
            guard estimator != .none else { continue }
            let shrunken = fit.shrunken().map(\.effect)
            agreement.expect(shrunken.map(\.estimate), expected["pred"].column, "\(name) sites")
            agreement.expect(shrunken.map(\.standardError), expected["pred_se"].column, "\(name) errors of sites")
        }
        let interval = try PooledEffects(sites).betweenVarianceInterval(level: 0.9)
        agreement.expect([interval?.lower, interval?.upper], value["q90"].column, "interval of τ²")
        agreement.conclude()
    }

    @Test("Moderators of published effects agree with metafor", arguments: ["bcg_latitude", "teacher_weeks"])
    func moderators(key: String) throws {
        let value = try Self.fixture(key)
        let columns = value["x"].items.map(\.numbers)
        let fit = try PooledEffects(Self.sites(value), moderators: columns)
        let test = try #require(fit.moderatorTest(without: try PooledEffects(Self.sites(value))))
        var agreement = Agreement(with: "fixture rollout.\(key)", within: Self.searched)
        agreement.expect(fit.coefficients, value["beta"].column, "coefficients")
        agreement.expect(
            fit.coefficients.indices.map { fit.effect($0, errors: .hartungKnapp)?.standardError }, value["se"].column,
            "errors")
        agreement.expect(fit.heterogeneity.betweenVariance, value["tau2"].number, "τ²")
        agreement.expect(fit.heterogeneity.q, value["QE"].number, "Q")
        agreement.expect(test.f, value["F"].number, "F")
        agreement.expect(test.p, value["p"].number, "p")
        // R's τ² without moderators is found to 1e-5.
        #expect(abs((test.percentExplained ?? .nan) - (value["R2"].number ?? .nan)) < 1e-3)
        agreement.conclude()
    }

    private func compare(
        _ value: JSON, _ design: Design, _ response: [Double], _ times: [Int], _ what: String
    ) throws {
        var agreement = Agreement(with: "fixture rollout.\(what)", within: Tolerance(relative: 2e-6, absolute: 1e-7))
        for (name, estimator) in [
            ("ML", AutoregressiveRegression.Estimator.likelihood), ("REML", .restrictedLikelihood),
        ] {
            let expected = value[name]
            let fit = try AutoregressiveRegression(design, response, times: times, by: estimator)
            agreement.expect(fit.rho, expected["rho"].number, "\(name) ρ")
            agreement.expect(fit.coefficients, expected["coef"].column, "\(name) coefficients")
            agreement.expect(
                (0..<design.columns).map { fit.covariance[$0, $0].squareRoot() }, expected["se"].column,
                "\(name) errors")
            agreement.expect(fit.deviation, expected["sigma"].number, "\(name) deviation")
            agreement.expect(fit.logLikelihood, expected["loglik"].number, "\(name) likelihood")
        }
        agreement.conclude()
    }

    @Test("Autoregressive errors agree with gls, also with days missing between", arguments: ["ozone", "lake"])
    func autoregression(key: String) throws {
        let value = try Self.fixture(key)
        let response = value["y"].numbers
        let columns = value["x"].members.sorted { Self.order($0.key) < Self.order($1.key) }.map(\.value.numbers)
        try compare(
            value, Design(columns: [response.map { _ in 1 }] + columns), response,
            value["t"].numbers.map { Int($0) }, key)
    }

    /// The order of R's columns.
    private static func order(_ name: String) -> Int { ["Wind", "Temp", "Solar.R", "year"].firstIndex(of: name) ?? 0 }

    @Test("Drivers killed since the seat belt law agree with glm, NeweyWest and gls")
    func belts() throws {
        let value = try Self.fixture("belts")
        let months = (0..<192).map(Double.init)
        let series = MonthlySeries(
            months: months, numerators: value["killed"].column, denominators: value["kms"].column)
        var agreement = Agreement(with: "fixture rollout.belts", within: Self.searched)
        for (key, phaseIn) in [("counts", PhaseIn.none), ("phased", .leftOut(months: 3))] {
            let expected = value[key]
            var regression = SegmentedRegression(method: .quasiPoissonIndependent, phaseIn: phaseIn, waves: 2)
            regression.lag = 4
            let plain = try regression.fit(series, start: 169)
            regression.method = .quasiPoisson
            let newey = try #require(try regression.fit(series, start: 169).covariances.last)
            agreement.expect(plain.dispersion, expected["dispersion"].number, "dispersion")
            agreement.expect(plain.level.estimate, expected["level"].number, "level")
            agreement.expect(plain.slope.estimate, expected["slope"].number, "slope")
            agreement.expect(
                [plain.level.standardError, plain.slope.standardError], expected["se"].column, "errors")
            agreement.expect((0...1).map { newey[$0, $0].squareRoot() }, expected["newey"].column, "Newey")
            agreement.expect(plain.effect(after: 12).estimate, expected["effect12"].number, "effect")
            agreement.expect(plain.effect(after: 12).standardError, expected["effect12_se"].number, "its error")
            agreement.expect(newey.form([1, 12]).squareRoot(), expected["effect12_newey"].number, "Newey's")
        }
        agreement.conclude()
        let angle = months.map { 2 * .pi * $0 / 12 }
        let design = Design(columns: [
            months.map { _ in 1 }, months, months.map { $0 >= 169 ? 1 : 0 }, months.map { max(0, $0 - 169) },
            angle.map { Double.cos($0) }, angle.map { Double.sin($0) },
        ])
        let response = zip(series.numerators, series.denominators).map { Double.log(($0 + 0.5) / $1) }
        try compare(value["rates"], design, response, months.map { Int($0) }, "belts.rates")
    }

    private static func panel(_ value: JSON, weighted: Bool) throws -> SitePanel {
        try SitePanel(
            periods: Array(1...9), values: value["values"].items.map(\.column),
            begun: value["begun"].numbers.map { $0 > 0 ? Int($0) : nil },
            weights: weighted ? value["weight"].numbers : nil)
    }

    @Test("Cells of a panel with gaps agree with lm and vcovHC, also with sites weighted", arguments: [false, true])
    func cells(weighted: Bool) throws {
        let value = try Self.fixture("panel")
        let cells = try StaggeredDifferences(try Self.panel(value, weighted: weighted)).cells
        let table = value["cells"]
        var agreement = Agreement(with: "fixture rollout.panel.cells", within: Self.searched)
        agreement.expect(cells.map { Double($0.cohort) }, table["g"].column, "cohort")
        agreement.expect(cells.map { Double($0.period) }, table["t"].column, "period")
        agreement.expect(cells.map(\.estimate), table[weighted ? "att_w" : "att"].column, "estimate")
        agreement.expect(cells.map(\.standardError), table[weighted ? "se_w" : "se"].column, "error")
        agreement.conclude()
    }

    @Test("Two-way fixed effects of a panel with gaps agree with lm and vcovCL")
    func fixedEffects() throws {
        let value = try Self.fixture("panel")
        let fit = try TwoWayFixedEffects(try Self.panel(value, weighted: false))
        var agreement = Agreement(with: "fixture rollout.panel.twfe", within: Self.searched)
        agreement.expect(fit.coefficients[0].estimate, value["twfe"]["coef"].number, "estimate")
        agreement.expect(fit.coefficients[0].standardError, value["twfe"]["se"].number, "error")
        agreement.expect(fit.coefficients[0].independentError, value["twfe"]["se_iid"].number, "independent")
        agreement.expect(Double(fit.parameters), value["twfe"]["p"].number, "parameters")
        agreement.expect(Double(fit.values), value["twfe"]["N"].number, "values")
        agreement.conclude()
    }
}
