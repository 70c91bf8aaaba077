import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Proportional hazards against coxph of R", .enabled(if: Reference.hasOracle))
struct CoxOracleTests {
    private func compare(_ file: String, _ id: String, _ names: [String], _ fit: Result<CoxRegression, Unavailable>)
        throws
    {
        let fit = try fit.get()
        let (value, tolerance) = try Reference.oracle(file, id)
        var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
        let errors = value["se"].column
        for (column, name) in names.enumerated() {
            agreement.expect(fit.coefficients[column], value["coef"][name].number, name)
            agreement.expect(fit.covariance[column, column].squareRoot(), errors[column], "error of \(name)")
            let robust = fit.robustCovariance.map { $0[column, column].squareRoot() }
            if let expected = value["robust_se"].column.first.map({ _ in value["robust_se"].column[column] }) {
                agreement.expect(robust, expected, "robust error of \(name)")
            } else {
                #expect(robust == nil)
            }
        }
        agreement.expect([fit.nullLogLikelihood, fit.logLikelihood], value["loglik"].column, "likelihood")
        agreement.expect(fit.scoreStatistic, value["score_test"].number, "score test")
        agreement.expect(Double(fit.events), value["nevent"].number, "events")
        agreement.conclude()
    }

    private func subjects(
        _ rows: [SurvivalData.Row], _ columns: [(String, Double)], stratum: String? = nil, cluster: String? = nil,
        delayed: Bool = false
    ) throws -> [CoxSubject] {
        let strata = Set(rows.map { $0.fields[stratum ?? ""] ?? "" }).sorted()
        let clusters = Set(rows.map { $0.fields[cluster ?? ""] ?? "" }).sorted()
        return try rows.map { row in
            CoxSubject(
                entry: delayed ? row.spell.entry : -.infinity, exit: row.spell.exit,
                hasEvent: row.spell.reason.map { SurvivalData.unplanned.contains($0) } ?? false,
                covariates: columns.map { row.number($0.0) / $0.1 },
                stratum: try #require(strata.firstIndex(of: row.fields[stratum ?? ""] ?? "")),
                cluster: cluster == nil ? nil : clusters.firstIndex(of: row.fields[cluster ?? ""] ?? ""))
        }
    }

    @Test("Episodes: Efron and Breslow, strata, delayed entry with errors by site")
    func episodes() throws {
        let (incident, all) = (try SurvivalData.incident(), try SurvivalData.episodes())
        let columns = [("female", 1.0), ("age", 10), ("dose_mg", 10)]
        let names = ["female", "I(age/10)", "I(dose_mg/10)"]
        let stratified = try subjects(incident, columns, stratum: "site")
        try compare("survival", "cox.efron", names, CoxRegression.fit(stratified))
        try compare("survival", "cox.breslow", names, CoxRegression.fit(stratified, ties: .breslow))
        try compare(
            "survival", "cox.trunc.robust", names,
            CoxRegression.fit(try subjects(all, columns, cluster: "site", delayed: true)))
    }

    @Test("addicts.csv: Cox of clinic, prison and dose, and the test that its clinics' hazards are not proportional")
    func addicts() throws {
        let rows = try SurvivalData.spells("addicts.csv", time: "survt", event: "status")
        let columns = [("clinic", 1.0), ("prison", 1), ("dose", 1)]
        let plain = try subjects(rows, columns)
        try compare("addicts", "addicts.cox", columns.map(\.0), CoxRegression.fit(plain))
        try compare("addicts", "addicts.cox.breslow", columns.map(\.0), CoxRegression.fit(plain, ties: .breslow))
        let stratified = try subjects(rows, Array(columns.dropFirst()), stratum: "clinic")
        try compare("addicts", "addicts.cox.strat", ["prison", "dose"], CoxRegression.fit(stratified))

        let fit = try CoxRegression.fit(plain).get()
        let (value, tolerance) = try Reference.oracle("addicts", "addicts.zph")
        var agreement = Agreement(with: "addicts.zph", within: tolerance)
        for (name, scale) in [("km", ProportionalityTest.Scale.kaplanMeier), ("identity", .identity)] {
            let test = ProportionalityTest(fit, scale: scale)
            for (row, finding) in (test.covariates + [test.global]).enumerated() {
                let expected = value[name]["data"].items[row].column
                agreement.expect(
                    [finding.statistic, Double(finding.degrees), finding.p], expected, "\(name), row \(row)")
            }
        }
        agreement.conclude()
        #expect(try #require(ProportionalityTest(fit).covariates[0].p) < 0.001)
    }

    @Test("Returning clients: Andersen–Gill with errors by client agrees with coxph(cluster)")
    func returning() throws {
        let rows = try Reference.table("readmissions.csv").filter { $0["state"] == "in" }
        let clients = Set(rows.compactMap { $0["client"] }).sorted()
        let subjects = rows.map { row in
            CoxSubject(
                exit: (Double(row["to"] ?? "") ?? .nan) - (Double(row["from"] ?? "") ?? .nan),
                hasEvent: row["ends"] == "out", covariates: [row["spell"] == "1" ? 0 : 1],
                cluster: clients.firstIndex(of: row["client"] ?? ""))
        }
        try compare("extra", "readm.gaptime.ag", ["I(spell > 1)TRUE"], CoxRegression.fit(subjects))
    }

    @Test("Sites beside the first agree with coxph(~ site), arms within pairs of clinics with coxph(cluster = clinic)")
    func sitesAndPairs() throws {
        let bySite = try SurvivalData.incident().grouped(by: "site").filter { $0.value.count >= 30 }
        let names = bySite.keys.sorted().dropFirst()
        let subjects = bySite.sorted { $0.key < $1.key }.flatMap { site, rows in
            rows.map { row in
                CoxSubject(
                    exit: row.spell.exit,
                    hasEvent: row.spell.reason.map { SurvivalData.unplanned.contains($0) } ?? false,
                    covariates: names.map { $0 == site ? 1 : 0 })
            }
        }
        try compare("survival", "cox.site.hr", names.map { "site\($0)" }, CoxRegression.fit(subjects))

        let pairs = try SurvivalData.spells("trial_pairs.csv", time: "time", event: "dropout")
        try compare(
            "extra", "pairs.cox", ["arm"],
            CoxRegression.fit(try self.subjects(pairs, [("arm", 1)], stratum: "pair", cluster: "clinic")))
    }

    @Test("Where all of one group leave before anybody of the other, words in the place of a number")
    func separated() throws {
        let times: [(Double, Bool, Double)] = [
            (1, true, 1), (2, true, 1), (3, true, 1), (10, false, 0), (11, false, 0), (12, false, 0),
        ]
        let subjects = times.map { CoxSubject(exit: $0.0, hasEvent: $0.1, covariates: [$0.2]) }
        #expect(CoxRegression.fit(subjects).failure == .separated)
        // What R's coefficient runs towards is the likelihood of the order within the first group alone.
        let (value, tolerance) = try Reference.oracle("survival_edge", "cox.monotone")
        let sets = [RiskSets(subjects, stratum: Array(subjects.indices), efron: true)]
        var agreement = Agreement(with: "survival_edge.cox.monotone", within: tolerance)
        agreement.expect(
            [0, 30].map { CoxRegression.derivatives(sets, [$0]).logLikelihood }, value["loglik"].column, "likelihood")
        agreement.conclude()
    }
}
