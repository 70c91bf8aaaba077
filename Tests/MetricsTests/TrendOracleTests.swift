import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Trends against R's larger set", .enabled(if: Reference.hasOracle))
struct TrendOracleTests {
    /// The months of each site, as numbers by column.
    static func sites() throws -> [String: [[String: Double]]] {
        Dictionary(grouping: try Reference.table("series.csv")) { $0["site"] ?? "" }.mapValues { rows in
            rows.map { $0.compactMapValues(Double.init) }
        }
    }

    private func series(_ rows: [[String: Double]], _ numerator: String, _ denominator: String) -> MonthlySeries {
        MonthlySeries(
            months: rows.map { $0["month"] ?? .nan }, numerators: rows.map { $0[numerator] },
            denominators: rows.map { $0[denominator] })
    }

    private func compareChanges(
        _ id: String, _ change: ([[String: Double]]) -> Result<AnnualChange, Unavailable>
    ) throws {
        let (value, tolerance) = try Reference.oracle("trends", id)
        let sites = try Self.sites()
        var agreement = Agreement(with: "trends.\(id)", within: tolerance)
        for (index, site) in value["site"].items.enumerated() {
            let result = change(try #require(sites[site.text ?? ""]))
            // One event in five years, on the edge of the wave: the likelihood rises for ever. R stops somewhere, with a
            // dispersion near nothing.
            if result == .failure(.separated) {
                #expect(try #require(value["phi"].column[index]) < 0.1, "\(site)")
                continue
            }
            let found = try? result.get()
            let percent = found?.percent().value
            agreement.expect(found?.logChange, value["beta"].column[index], "change of \(site)")
            agreement.expect(found?.standardError, value["se"].column[index], "error of \(site)")
            agreement.expect(found?.dispersion, value["phi"].column[index], "dispersion of \(site)")
            agreement.expect(found?.degrees, value["df"].column[index], "degrees of \(site)")
            agreement.expect(found?.p, value["p"].column[index], "p of \(site)")
            agreement.expect(percent?.point, value["apc"].column[index], "per cent of \(site)")
            agreement.expect(percent?.interval?.lower, value["lo"].column[index], "lower of \(site)")
            agreement.expect(percent?.interval?.upper, value["hi"].column[index], "upper of \(site)")
        }
        agreement.conclude()
    }

    @Test("Annual change of each of 200 sites agrees with glm(quasipoisson) and glm(quasibinomial)")
    func annualChange() throws {
        let (plain, wave) = (
            LogLinearTrend(seasonal: false, cautious: false), LogLinearTrend(seasonal: true, cautious: false)
        )
        try compareChanges("trend.qpois.sites") { plain.ofRate(series($0, "exits", "caseload")) }
        try compareChanges("trend.qpois.seasonal.sites") { wave.ofRate(series($0, "exits", "caseload")) }
        try compareChanges("trend.qbin.sites") { plain.ofOdds(series($0, "positives", "tests")) }
    }

    @Test("Trends of many sites at once agree with p.adjust over glm's p values")
    func manySites() throws {
        let (value, tolerance) = try Reference.oracle("trends", "trend.fdr")
        let sites = try Self.sites()
        let trend = LogLinearTrend(seasonal: false, cautious: false)
        let p = try value["site"].items.map { site in
            try trend.ofRate(series(try #require(sites[site.text ?? ""]), "exits", "caseload")).get().p
        }
        var agreement = Agreement(with: "trends.trend.fdr", within: tolerance)
        agreement.expect(p, value["p"].column, "p")
        agreement.expect(FalseDiscovery.benjaminiHochberg(p), value["BH"].column, "BH")
        agreement.expect(FalseDiscovery.benjaminiYekutieli(p), value["BY"].column, "BY")
        agreement.conclude()
    }

    @Test("One site's regression agrees with glm to the last: coefficients, covariance, deviance, fitted")
    func wholeFit() throws {
        let rows = try #require(try Self.sites()["S001"])
        let months = rows.map { $0["month"] ?? .nan }
        let design = Design(
            rows: months.map { [1, $0 / 12, .cos(2 * .pi * $0 / 12), .sin(2 * .pi * $0 / 12)] })
        let fit = try CountRegression(
            design, counts: rows.map { $0["exits"] ?? .nan }, logOffset: rows.map { .log($0["caseload"] ?? .nan) },
            family: .poisson)
        let (value, tolerance) = try Reference.oracle("trends", "trend.full.S001")
        var agreement = Agreement(with: "trends.trend.full.S001", within: tolerance)
        for (column, name) in ["(Intercept)", "yr", "c1", "s1"].enumerated() {
            agreement.expect(fit.coefficients[column], value["coef"][name].number, name)
        }
        let dispersion = try #require(fit.dispersion)
        let inverse = fit.information.inverse()
        for (row, items) in value["vcov"]["data"].items.enumerated() {
            for (column, expected) in items.column.enumerated() {
                agreement.expect(inverse[row, column] * dispersion, expected, "covariance \(row), \(column)")
            }
        }
        agreement.expect(fit.deviance, value["deviance"].number, "deviance")
        agreement.expect(fit.pearson, value["pearson"].number, "Pearson")
        agreement.expect(dispersion, value["phi"].number, "dispersion")
        agreement.expect(fit.fitted, value["fitted"].column, "fitted")
        let leverage = months.indices.map { row in
            fit.fitted[row] * inverse.form((0..<4).map { design[row, $0] })
        }
        agreement.expect(leverage, value["hat"].column, "leverage")
        agreement.conclude()
    }

    @Test("Counts that vary more than chance agree with MASS::glm.nb; θ that runs away is told")
    func negativeBinomial() throws {
        let (value, tolerance) = try Reference.oracle("trends", "trend.negbin")
        let sites = try Self.sites()
        var agreement = Agreement(with: "trends.trend.negbin", within: tolerance)
        for (index, site) in value["site"].items.enumerated() {
            let rows = try #require(sites[site.text ?? ""])
            let design = Design(rows: rows.map { [1, ($0["month"] ?? .nan) / 12] })
            let fit = try? NegativeBinomialRegression(
                design, counts: rows.map { $0["exits"] ?? .nan },
                logOffset: rows.map { .log($0["caseload"] ?? .nan) })
            let error = fit.map { $0.regression.information.inverse()[1, 1].squareRoot() }
            agreement.expect(fit?.regression.coefficients[1], value["beta"].column[index], "change of \(site)")
            agreement.expect(error, value["se"].column[index], "error of \(site)")
            agreement.expect(fit?.theta, value["theta"].column[index], "θ of \(site)")
            agreement.expect(fit?.twiceLogLikelihood, value["twologlik"].column[index], "likelihood of \(site)")
        }
        agreement.conclude()
    }

    private func compareKendall(
        _ agreement: inout Agreement, _ value: JSON, _ index: Int, _ values: [Double], at times: [Double]
    ) {
        let test = values.count >= 3 ? MannKendall(values) : nil
        let line = TheilSen(values, at: times)
        let found: [(String, Double?)] = [
            ("S", test?.score), ("varS", test?.variance), ("z", test?.z), ("p", test?.p),
            ("tau_b", test.flatMap(\.tau)), ("slope", line?.slope), ("intercept", line?.intercept),
            ("lo", line?.interval.lower), ("hi", line?.interval.upper),
        ]
        for (name, number) in found { agreement.expect(number, value[name].column[index], "\(name)[\(index)]") }
    }

    @Test("Mann–Kendall and Theil–Sen agree with R on 200 sites, on ties and on a constant")
    func kendall() throws {
        let sites = try Self.sites()
        let (value, tolerance) = try Reference.oracle("trends", "mk.sites")
        var agreement = Agreement(with: "trends.mk.sites", within: tolerance)
        for (index, site) in value["site"].items.enumerated() {
            let own = series(try #require(sites[site.text ?? ""]), "exits", "caseload")
            compareKendall(&agreement, value, index, own.ratios, at: own.months)
        }
        agreement.conclude()
        for (id, values) in [
            ("mk.ties", [3, 1, 1, 4, 4, 4, 2, 5, 5, 3]), ("mk.constant", Array(repeating: 2, count: 8)),
        ] as [(String, [Double])] {
            let (value, tolerance) = try Reference.oracle("trends", id)
            var agreement = Agreement(with: "trends.\(id)", within: tolerance)
            compareKendall(&agreement, value, 0, values, at: values.indices.map { Double($0 + 1) })
            agreement.conclude()
        }
    }

    @Test("Seasonal Kendall agrees with R, and with the test for correlated months with pymannkendall")
    func correlated() throws {
        let sites = try Self.sites()
        let (value, tolerance) = try Reference.oracle("trends", "mk.seasonal")
        var agreement = Agreement(with: "trends.mk.seasonal", within: tolerance)
        for (index, site) in value["site"].items.enumerated() {
            let own = series(try #require(sites[site.text ?? ""]), "exits", "caseload")
            let test = MannKendall.seasonal(own.ratios, months: own.months)
            agreement.expect(test.score, value["S"].column[index], "S of \(site)")
            agreement.expect(test.variance, value["varS"].column[index], "variance of \(site)")
            agreement.expect(test.z, value["z"].column[index], "z of \(site)")
            agreement.expect(test.p, value["p"].column[index], "p of \(site)")
            agreement.expect(
                TheilSen.seasonalSlope(own.ratios, months: own.months), value["slope_year"].column[index],
                "slope of \(site)")
        }
        agreement.conclude()

        var python = Agreement(with: "mk_variants_py", within: Tolerance(relative: 1e-8, absolute: 1e-12))
        for item in try Reference.list("mk_variants_py") {
            let own = series(try #require(sites[item["site"].text ?? ""]), "exits", "caseload")
            let test = MannKendall(own.ratios).allowingForCorrelation(of: own.ratios)
            python.expect(test.variance, item["hamed_rao_var"].number, "variance of \(item["site"])")
            python.expect(test.z, item["hamed_rao_z"].number, "z of \(item["site"])")
            python.expect(test.p, item["hamed_rao_p"].number, "p of \(item["site"])")
            let seasonal = MannKendall.seasonal(own.ratios, months: own.months)
            python.expect(seasonal.z, item["seasonal_z"].number, "seasonal z of \(item["site"])")
        }
        python.conclude()
    }

    @Test("Joinpoints of the programme agree with a grid of glm.fit, and with segmented as a cross-check")
    func joinpoint() throws {
        let rows = try Self.sites().filter { !["S196", "S197"].contains($0.key) }.values.joined()
        let months = Dictionary(grouping: rows) { $0["month"] ?? .nan }.sorted { $0.key < $1.key }
        func sum(_ column: String) -> [Double] { months.map { $0.value.reduce(0) { $0 + ($1[column] ?? 0) } } }
        let programme = MonthlySeries(
            months: months.map(\.key), numerators: sum("exits"), denominators: sum("caseload"))
        let found = try Joinpoint.search(programme).get()
        let (value, tolerance) = try Reference.oracle("trends", "joinpoint.grid")
        var agreement = Agreement(with: "trends.joinpoint.grid", within: tolerance)
        for (count, model) in found.models.enumerated() {
            let expected = value["K\(count)"]
            agreement.expect(model.deviance, expected["dev"].number, "deviance of \(count)")
            agreement.expect(model.criterion, expected["bic"].number, "criterion of \(count)")
            agreement.expect(model.joins, expected["tau"].column, "joins of \(count)")
            agreement.expect(model.slopes, expected["slopes"].column, "slopes of \(count)")
        }
        for (month, deviance) in zip(value["tau_grid"].numbers, value["dev_by_tau"].numbers) {
            agreement.expect(try Joinpoint.fit(programme, [month]).deviance, deviance, "join at \(month)")
        }
        agreement.conclude()

        let (segmented, loose) = try Reference.oracle("trends", "joinpoint.segmented")
        var crosscheck = Agreement(with: "trends.joinpoint.segmented", within: loose)
        crosscheck.expect(found.models[1].joins, segmented["psi"].column, "join")
        crosscheck.expect(
            found.models[1].slopes, segmented["slopes"]["data"].items.map { $0.column[0] }, "slopes")
        crosscheck.conclude()
    }
}
