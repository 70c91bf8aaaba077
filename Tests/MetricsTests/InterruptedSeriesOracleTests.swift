import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Interrupted series against R's larger set", .enabled(if: Reference.hasOracle))
struct InterruptedSeriesOracleTests {
    static func series(_ rows: [[String: Double]]) -> MonthlySeries {
        MonthlySeries(
            months: rows.map { $0["month"] ?? .nan }, numerators: rows.map { $0["exits"] },
            denominators: rows.map { $0["caseload"] })
    }

    /// Nil where the site never starts.
    static func start(_ rows: [[String: Double]]) -> Double? {
        rows[0]["adopt_month"].flatMap { $0 > 0 ? $0 : nil }
    }

    /// The columns of R's formula, time from month 0 on, and the logarithm of the rate.
    static func line(_ rows: [[String: Double]]) -> (design: Design, response: [Double], months: [Int]) {
        let series = series(rows)
        let start = rows[0]["adopt_month"] ?? .nan
        let angle = series.months.map { 2 * .pi * $0 / 12 }
        let design = Design(columns: [
            series.months.map { _ in 1 }, series.months, series.months.map { $0 >= start ? 1 : 0 },
            series.months.map { max(0, $0 - start) }, angle.map { Double.cos($0) }, angle.map { Double.sin($0) },
        ])
        let response = zip(series.numerators, series.denominators).map { Double.log(($0 + 0.5) / $1) }
        return (design, response, series.months.map { Int($0) })
    }

    static func rows(of site: JSON) throws -> [[String: Double]] {
        let sites = try TrendOracleTests.sites()
        return try #require(sites[site.text ?? ""])
    }

    static let terms = ["(Intercept)", "month", "post", "since", "c1", "s1"]

    static func errors(_ covariance: SymmetricMatrix?) -> [Double?] {
        (0..<6).map { column in covariance.map { $0[column, column].squareRoot() } }
    }

    @Test(
        "160 sites' segmented regressions agree with glm(quasipoisson) and NeweyWest; one event is refused as separated"
    )
    func counts() throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", "its.qpois.sites")
        let sites = try TrendOracleTests.sites()
        let segmented = SegmentedRegression(method: .quasiPoissonIndependent)
        var agreement = Agreement(with: "rollout_its_pool.its.qpois.sites", within: tolerance)
        for (index, site) in value["site"].items.enumerated() {
            let rows = try #require(sites[site.text ?? ""])
            let (series, start) = (Self.series(rows), try #require(Self.start(rows)))
            func expected(_ name: String) -> Double? { value[name].column[index] }
            // One event in five years: R stops where the likelihood still rises, with a dispersion of nothing.
            if try #require(expected("phi")) < 0.01 {
                #expect(throws: SeriesFailure.separated) { try segmented.fit(series, start: start) }
                continue
            }
            let fit = try segmented.fit(series, start: start)
            let design = SegmentedDesign(series.months, start: start, phaseIn: .none, waves: 1).design
            let counted = try CountRegression(
                design, counts: series.numerators, logOffset: series.denominators.map { .log($0) },
                family: .poisson)
            let dispersion = try #require(fit.dispersion)
            let floored = max(1, dispersion)
            let newey = counted.neweyWest(design, counts: series.numerators, lag: 3)
            let months = Double(series.months.count)
            agreement.expect(months, expected("n"), "months of \(site)")
            agreement.expect(fit.level.estimate, expected("level"), "level of \(site)")
            agreement.expect(fit.slope.estimate, expected("slope"), "slope of \(site)")
            let narrowing = (dispersion / floored).squareRoot()
            agreement.expect(fit.level.standardError * narrowing, expected("se_level"), "error of \(site)")
            agreement.expect(fit.slope.standardError * narrowing, expected("se_slope"), "error of \(site)")
            agreement.expect(newey[2, 2].squareRoot(), expected("nw_level"), "Newey of \(site)")
            agreement.expect(newey[3, 3].squareRoot(), expected("nw_slope"), "Newey of \(site)")
            let unadjusted = newey[2, 2] * (months - 6) / months
            agreement.expect(unadjusted.squareRoot(), expected("nw_level_unadj"), "Newey of \(site)")
            agreement.expect(dispersion, expected("phi"), "dispersion of \(site)")
            agreement.expect(fit.level.degrees, expected("df"), "degrees of \(site)")
            agreement.expect(fit.serialCorrelation, expected("acf1"), "correlation of \(site)")
        }
        agreement.conclude()
    }

    @Test("Sites with too few months on a side are those R has no fit of; the rest are those it has")
    func short() throws {
        let (value, _) = try Reference.oracle("rollout_its_pool", "its.short")
        var refused: [String: SeriesFailure] = [:]
        for (site, rows) in try TrendOracleTests.sites() where Self.start(rows) != nil {
            do { _ = try SegmentedRegression().fit(Self.series(rows), start: Self.start(rows)) } catch {
                refused[site] = error
            }
        }
        let short = refused.filter { $0.value == .tooFewBefore || $0.value == .tooFewAfter }.keys.sorted()
        #expect(short == value.items.compactMap(\.text))
        #expect(refused.filter { !short.contains($0.key) } == ["S200": .separated])
    }

    @Test("A line of logarithms agrees with lm, vcovHC, NeweyWest, dwtest, Box.test and bgtest")
    func leastSquares() throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", "its.ols")
        let rows = try Self.rows(of: value["site"])
        let (design, response, _) = Self.line(rows)
        let fit = try LeastSquares(design, response)
        var agreement = Agreement(with: "rollout_its_pool.its.ols", within: tolerance)
        func compare(_ found: [Double?], _ expected: JSON, _ what: String) {
            agreement.expect(found, Self.terms.map { expected[$0].number }, what)
        }
        compare(fit.coefficients, value["coef"], "coefficients")
        compare(Self.errors(fit.covariance()), value["se"], "errors")
        compare(Self.errors(fit.whiteCovariance()), value["hc0"], "HC0")
        compare(Self.errors(fit.jackknifeCovariance()), value["hc3"], "HC3")
        for lag in 0...4 { compare(Self.errors(fit.neweyWest(lag: lag)), value["nw"]["lag\(lag)"], "lag \(lag)") }
        agreement.expect(fit.automaticBandwidth(), value["bw_auto"].number, "bandwidth")
        agreement.expect(SerialCorrelation.durbinWatson(fit.residuals), value["dw"].number, "Durbin")
        agreement.expect(SerialCorrelation.ljungBox(fit.residuals, lags: 12), value["ljung12"].number, "Ljung")
        agreement.expect(
            SerialCorrelation.breuschGodfrey(fit.residuals, design, lags: 3), value["bg3"].number, "Breusch")
        agreement.conclude()
    }

    @Test("Autoregressive errors of six sites agree with gls(corAR1) by ML and REML")
    func autoregression() throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", "its.gls.ar1")
        let sites = try TrendOracleTests.sites()
        var agreement = Agreement(with: "rollout_its_pool.its.gls.ar1", within: tolerance)
        for (site, methods) in value.members {
            let (design, response, months) = Self.line(try #require(sites[site]))
            for (name, estimator) in [
                ("ML", AutoregressiveRegression.Estimator.likelihood), ("REML", .restrictedLikelihood),
            ] {
                let fit = try AutoregressiveRegression(design, response, times: months, by: estimator)
                let expected = methods[name]
                agreement.expect(fit.coefficients, Self.terms.map { expected["coef"][$0].number }, "\(site) \(name)")
                agreement.expect(
                    Self.errors(fit.covariance), Self.terms.map { expected["se"][$0].number }, "\(site) \(name)")
                agreement.expect(fit.rho, expected["phi"].number, "ρ of \(site)")
                agreement.expect(fit.deviation, expected["sigma"].number, "deviation of \(site)")
                agreement.expect(fit.logLikelihood, expected["logLik"].number, "likelihood of \(site)")
            }
        }
        agreement.conclude()
    }

    @Test("Prais and Winsten's way agrees with its steps written out in R")
    func praisWinsten() throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", "its.prais")
        let rows = try Self.rows(of: value["site"])
        let (design, response, months) = Self.line(rows)
        let fit = try AutoregressiveRegression(design, response, times: months, by: .praisWinsten)
        var agreement = Agreement(with: "rollout_its_pool.its.prais", within: tolerance)
        agreement.expect(fit.rho, value["rho"].number, "ρ")
        agreement.expect(fit.coefficients, Self.terms.map { value["coef"][$0].number }, "coefficients")
        agreement.expect(Self.errors(fit.covariance), value["se"].column, "errors")
        agreement.conclude()
    }

    @Test("The Nile since the dam of 1899 agrees with lm and NeweyWest, and with gls(corAR1)")
    func nile() throws {
        let rows = try Reference.table("real_nile.csv").map { $0.compactMapValues(Double.init) }
        let years = rows.map { $0["year"] ?? .nan }
        let design = Design(columns: [
            years.map { _ in 1 }, years.map { $0 - 1871 }, years.map { $0 >= 1899 ? 1 : 0 },
            years.map { max(0, $0 - 1899) },
        ])
        let flow = rows.map { $0["flow"] ?? .nan }
        let terms = ["(Intercept)", "t", "post", "since"]
        func errors(_ covariance: SymmetricMatrix?) -> [Double?] {
            (0..<4).map { column in covariance.map { $0[column, column].squareRoot() } }
        }
        let (line, close) = try Reference.oracle("real", "nile.its")
        let fit = try LeastSquares(design, flow)
        var agreement = Agreement(with: "real.nile.its", within: close)
        agreement.expect(fit.coefficients, terms.map { line["coef"][$0].number }, "coefficients")
        agreement.expect(errors(fit.covariance()), terms.map { line["se"][$0].number }, "errors")
        agreement.expect(errors(fit.neweyWest(lag: 4)), terms.map { line["nw4"][$0].number }, "Newey")
        agreement.conclude()
        let (value, tolerance) = try Reference.oracle("real", "nile.gls")
        let auto = try AutoregressiveRegression(
            design, flow, times: years.map { Int($0) }, by: .restrictedLikelihood)
        var ofAuto = Agreement(with: "real.nile.gls", within: tolerance)
        ofAuto.expect(auto.coefficients, terms.map { value["coef"][$0].number }, "coefficients")
        ofAuto.expect(errors(auto.covariance), terms.map { value["se"][$0].number }, "errors")
        ofAuto.expect(auto.rho, value["phi"].number, "ρ")
        ofAuto.expect(auto.logLikelihood, value["logLik"].number, "likelihood")
        ofAuto.conclude()
    }

    @Test("What sites are pooled by agrees with R's inputs: the error is at least that of chance")
    func inputs() throws {
        let (value, tolerance) = try Reference.oracle("rollout_its_pool", "pool.inputs")
        let sites = try TrendOracleTests.sites()
        let segmented = SegmentedRegression(method: .quasiPoissonIndependent)
        var agreement = Agreement(with: "rollout_its_pool.pool.inputs", within: tolerance)
        for (index, site) in value["site"].items.enumerated() where try #require(value["v"].column[index]) < 1e6 {
            let rows = try #require(sites[site.text ?? ""])
            let level = try segmented.fit(Self.series(rows), start: Self.start(rows)).level
            agreement.expect(level.estimate, value["y"].column[index], "\(site)")
            agreement.expect(level.standardError * level.standardError, value["v"].column[index], "\(site)")
        }
        agreement.conclude()
    }
}
