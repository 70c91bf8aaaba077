import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Groups compared, against survdiff of R", .enabled(if: Reference.hasOracle))
struct LogRankOracleTests {
    @Test("Log-rank agrees with survdiff: twenty sites, sexes, strata, G-rho")
    func logRank() throws {
        let incident = try SurvivalData.incident()
        let sites = SurvivalAgreement.tables(incident, by: "site")
        let sexes = SurvivalAgreement.tables(incident, by: "female")
        let unplanned = SurvivalData.unplanned
        try SurvivalAgreement.logRank("survival", "logrank.sites", LogRank(strata: [sites], reasons: unplanned))
        try SurvivalAgreement.logRank("survival", "logrank.sex", LogRank(strata: [sexes], reasons: unplanned))
        try SurvivalAgreement.logRank("survival", "peto.sex", LogRank(strata: [sexes], reasons: unplanned, rho: 1))
        let strata = incident.grouped(by: "site").values.map { rows in
            ["0", "1"].map { sex in rows.filter { $0.fields["female"] == sex }.table() }
        }
        try SurvivalAgreement.logRank("survival", "logrank.sex.strat", LogRank(strata: strata, reasons: unplanned))
    }

    @Test("Two sexes at one day agree with R")
    func fixedDay() throws {
        let incident = try SurvivalData.incident()
        let sexes = SurvivalAgreement.tables(incident, by: "female")
        let curves = sexes.map { SurvivalCurve($0, reasons: SurvivalData.unplanned) }
        let difference = SurvivalDifference(curves[0], curves[1], at: 365)
        let (value, tolerance) = try Reference.oracle("survival", "surv.diff365")
        var agreement = Agreement(with: "survival.surv.diff365", within: tolerance)
        agreement.expect([difference.statistic, difference.p], [value["z2"].number, value["p"].number])
        let estimate = difference.difference.value
        agreement.expect(
            [estimate?.point, estimate?.interval?.lower, estimate?.interval?.upper],
            ["diff", "lo", "hi"].map { value[$0].number })
        agreement.conclude()
    }
}
