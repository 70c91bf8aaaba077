import Testing

@testable import Metrics

/// Published data sets that the methods were taught on. Skipped in a clone without ../shared/oracle.
@Suite("Published data against R", .enabled(if: Reference.hasOracle))
struct RealDataOracleTests {
    @Test("lung: Kaplan–Meier, median, restricted mean and log-rank agree with survival")
    func lung() throws {
        let rows = try SurvivalData.spells("real_lung.csv", time: "time", event: "status", happened: { $0 == 2 })
        let sexes = ["1", "2"].map { sex in rows.filter { $0.fields["sex"] == sex }.table(reasons: 1) }
        let curves = sexes.map { SurvivalCurve($0) }
        let (value, tolerance) = try Reference.oracle("real", "lung.km")
        var agreement = Agreement(with: "real.lung", within: tolerance)
        for (index, time) in value["time"].numbers.enumerated() {
            let curve = curves[value["group"].items[index].text == "1" ? 0 : 1]
            let interval = SurvivalScale.logLog.interval(of: curve.step(at: time))
            agreement.expect(curve.survival(at: time), value["surv"].column[index])
            agreement.expect(curve.standardError(at: time), value["se"].column[index])
            agreement.expect(curve.events(through: time), value["cum_events"].column[index])
            agreement.expect(interval?.lower, value["lower"].column[index])
            agreement.expect(interval?.upper, value["upper"].column[index])
        }
        let medians = curves.map { $0.quantile(0.5) }
        let expected = try Reference.oracle("real", "lung.median").value
        agreement.expect(medians.map(\.time), expected["q"].column, "median")
        agreement.expect(medians.map(\.lower), expected["lower"].column, "lower of the median")
        agreement.expect(medians.map(\.upper), expected["upper"].column, "upper of the median")
        let means = try Reference.oracle("real", "lung.rmst").value
        agreement.expect(curves.map { $0.area(to: 365).mean }, means["rmst"].column, "restricted mean")
        agreement.expect(curves.map { $0.area(to: 365).variance.squareRoot() }, means["se"].column, "its error")
        let test = LogRank(strata: [sexes])
        let logRank = try Reference.oracle("real", "lung.logrank").value
        agreement.expect([test.statistic, test.p], [logRank["chisq"].number, logRank["p"].number], "log-rank")
        agreement.conclude()
    }

    @Test("lung: hazard ratios of age, sex and performance agree with coxph")
    func lungHazards() throws {
        let rows = try SurvivalData.spells("real_lung.csv", time: "time", event: "status", happened: { $0 == 2 })
        let subjects = rows.filter { $0.number("ph.ecog").isFinite }.map { row in
            CoxSubject(
                exit: row.spell.exit, hasEvent: row.spell.reason != nil,
                covariates: [row.number("age"), row.number("sex"), row.number("ph.ecog")])
        }
        let fit = try CoxRegression.fit(subjects).get()
        let (cox, close) = try Reference.oracle("real", "lung.cox")
        var ofCox = Agreement(with: "real.lung.cox", within: close)
        ofCox.expect(fit.coefficients, ["age", "sex", "ph.ecog"].map { cox["coef"][$0].number })
        ofCox.expect((0..<3).map { fit.covariance[$0, $0].squareRoot() }, cox["se"].column)
        ofCox.expect([fit.nullLogLikelihood, fit.logLikelihood], cox["loglik"].column)
        ofCox.expect(fit.scoreStatistic, cox["score_test"].number)
        ofCox.conclude()
    }

    /// Progression is reason 0, death without it reason 1.
    private func mgus2() throws -> [(sex: String?, spell: Spell)] {
        try Reference.table("real_mgus2.csv").map { row in
            func number(_ column: String) -> Double { Double(row[column] ?? "") ?? .nan }
            let progressed = number("pstat") == 1
            let reason = progressed ? 0 : number("death") == 1 ? 1 : nil
            return (sex: row["sex"], spell: Spell(exit: number(progressed ? "ptime" : "futime"), reason: reason))
        }
    }

    @Test("mgus2: competing risks with many ties agree with Aalen–Johansen by hand")
    func competingRisks() throws {
        let rows = try mgus2()
        let incidence = CumulativeIncidence(RiskTable(rows.map(\.spell), reasons: 2))
        let (value, tolerance) = try Reference.oracle("real", "mgus2.aj")
        var agreement = Agreement(with: "real.mgus2.aj", within: tolerance)
        for (index, cause) in value["cause"].numbers.enumerated() {
            let (reason, time) = (Int(cause) - 1, value["time"].numbers[index])
            let interval = incidence.interval(reason: reason, at: time)
            agreement.expect(incidence.value(reason: reason, at: time).share, value["cif"].column[index])
            agreement.expect(incidence.value(reason: reason, at: time).standardError, value["se"].column[index])
            agreement.expect(interval?.lower, value["lower"].column[index])
            agreement.expect(interval?.upper, value["upper"].column[index])
        }
        agreement.conclude()
    }

    @Test("mgus2: shares by sex and Gray's tests agree with cuminc")
    func grayTests() throws {
        let rows = try mgus2()
        let sexes = ["F", "M"].map { sex in
            RiskTable(rows.filter { $0.sex == sex }.map(\.spell), reasons: 2)
        }
        let (gray, close) = try Reference.oracle("real", "mgus2.cuminc")
        var ofGray = Agreement(with: "real.mgus2.cuminc", within: close)
        for (row, name) in gray["est"]["rows"].items.enumerated() {
            let parts = (name.text ?? "").split(separator: " ")
            let own = CumulativeIncidence(sexes[parts[0] == "F" ? 0 : 1])
            for (column, time) in [60.0, 120, 240].enumerated() {
                ofGray.expect(
                    own.value(reason: (Int(parts[1]) ?? 1) - 1, at: time).share,
                    gray["est"]["data"].items[row].column[column], "\(name) at \(time)")
            }
        }
        for reason in 0...1 {
            let test = GrayTest(sexes, reason: reason)
            let expected = gray["tests"]["data"].items[reason].column
            ofGray.expect([test.statistic, test.p, Double(test.degrees)], expected, "Gray, reason \(reason)")
        }
        ofGray.conclude()
    }

    @Test("Nile: Mann–Kendall and Sen's slope; yearly figures of the national programme with an exact p")
    func trends() throws {
        let nile = try Reference.table("real_nile.csv").map { row in
            (year: Double(row["year"] ?? "") ?? .nan, flow: Double(row["flow"] ?? "") ?? .nan)
        }
        let (value, tolerance) = try Reference.oracle("real", "nile.mk")
        let test = MannKendall(nile.map(\.flow))
        var agreement = Agreement(with: "real.nile.mk", within: tolerance)
        agreement.expect(
            [test.score, test.variance, test.z, test.p], ["S", "varS", "z", "p"].map { value[$0].number })
        agreement.expect(TheilSen(nile.map(\.flow), at: nile.map(\.year))?.slope, value["slope"].number)
        agreement.conclude()

        let years = try Reference.table("real_china_national.csv")
        let (programme, exact) = try Reference.oracle("real_programme", "china.trend")
        var ofYears = Agreement(with: "real_programme.china.trend", within: exact)
        for (column, expected) in programme.members {
            let values = years.map { Double($0[column] ?? "") ?? .nan }
            let test = MannKendall(values)
            let slope = TheilSen(values, at: years.map { Double($0["year"] ?? "") ?? .nan })?.slope
            ofYears.expect(
                [test.score, test.variance, test.z, test.p, test.tau, slope, MannKendall.exactP(values)],
                ["S", "varS", "z", "p", "tau", "slope", "exact_p"].map { expected[$0].number }, column)
        }
        ofYears.conclude()
    }

    @Test("Claims of motorists with an offset agree with glm(poisson)")
    func offsets() throws {
        let claims = try Reference.table("real_insurance.csv")
        let design = Design(
            rows: claims.map { row in
                [1] + ["2", "3", "4"].map { row["District"] == $0 ? 1 : 0 }
                    + [">2l", "1-1.5l", "1.5-2l"].map { row["Group"] == $0 ? 1 : 0 }
                    + [">35", "25-29", "30-35"].map { row["Age"] == $0 ? 1 : 0 }
            })
        let fit = try CountRegression(
            design, counts: claims.map { Double($0["Claims"] ?? "") ?? .nan },
            logOffset: claims.map { .log(Double($0["Holders"] ?? "") ?? .nan) }, family: .poisson)
        let names = [
            "(Intercept)", "factor(District)2", "factor(District)3", "factor(District)4", "Group>2l", "Group1-1.5l",
            "Group1.5-2l", "Age>35", "Age25-29", "Age30-35",
        ]
        let (value, tolerance) = try Reference.oracle("real", "insurance.poisson")
        var agreement = Agreement(with: "real.insurance.poisson", within: tolerance)
        let inverse = fit.information.inverse()
        agreement.expect(fit.coefficients, names.map { value["coef"][$0].number }, "coefficients")
        agreement.expect(
            names.indices.map { inverse[$0, $0].squareRoot() }, names.map { value["se"][$0].number }, "errors")
        agreement.expect([fit.deviance, fit.pearson], [value["deviance"].number, value["pearson"].number])
        agreement.conclude()
    }

    @Test("Seizures of patients with their dispersion agree with glm(quasipoisson)")
    func dispersion() throws {
        let seizures = try Reference.table("real_epil.csv").map { row in
            (treated: row["trt"] == "progabide" ? 1.0 : 0, numbers: row.compactMapValues(Double.init))
        }
        let rows = seizures.map { row -> [Double] in
            let base = row.numbers["lbase"] ?? .nan
            return [
                1, base, row.treated, row.numbers["lage"] ?? .nan, row.numbers["V4"] ?? .nan, base * row.treated,
            ]
        }
        let quasi = try CountRegression(
            Design(rows: rows), counts: seizures.map { $0.numbers["y"] ?? .nan }, family: .poisson)
        let columns = ["(Intercept)", "lbase", "trtprogabide", "lage", "V4", "lbase:trtprogabide"]
        let (epilepsy, close) = try Reference.oracle("real", "epil.qpois")
        let dispersion = try #require(quasi.dispersion)
        let covariance = quasi.information.inverse()
        var ofSeizures = Agreement(with: "real.epil.qpois", within: close)
        ofSeizures.expect(quasi.coefficients, columns.map { epilepsy["coef"][$0].number }, "coefficients")
        ofSeizures.expect(
            columns.indices.map { (covariance[$0, $0] * dispersion).squareRoot() },
            columns.map { epilepsy["se"][$0].number }, "errors")
        ofSeizures.expect(dispersion, epilepsy["phi"].number)
        ofSeizures.conclude()
    }
}
