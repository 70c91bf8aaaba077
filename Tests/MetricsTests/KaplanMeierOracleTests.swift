import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Kaplan–Meier against survfit of R", .enabled(if: Reference.hasOracle))
struct KaplanMeierOracleTests {
    @Test("Kaplan–Meier of all episodes agrees with survfit: every exit, unplanned exits, three scales, delayed entry")
    func curves() throws {
        let (incident, all) = (try SurvivalData.incident().table(), try SurvivalData.episodes().table())
        try SurvivalAgreement.curve("survival", "km.any.overall", ["all": incident])
        try SurvivalAgreement.curve(
            "survival", "km.unplanned.overall", ["all": incident], reasons: SurvivalData.unplanned)
        try SurvivalAgreement.curve("survival", "km.any.plain", ["all": incident], scale: .plain)
        try SurvivalAgreement.curve("survival", "km.any.log", ["all": incident], scale: .log)
        try SurvivalAgreement.curve("survival", "km.trunc.overall", ["all": all])
    }

    @Test("Kaplan–Meier by site agrees with survfit ~ site")
    func curvesBySite() throws {
        let incident = try SurvivalData.incident().grouped(by: "site").mapValues { $0.table() }
        let all = try SurvivalData.episodes().grouped(by: "site").mapValues { $0.table() }
        try SurvivalAgreement.curve("survival", "km.site", incident, reasons: SurvivalData.unplanned)
        try SurvivalAgreement.curve("survival", "km.trunc.site", all, reasons: SurvivalData.unplanned)
    }

    @Test("Median and quartiles agree with quantile(survfit), restricted means with print(survfit, rmean)")
    func quantiles() throws {
        let incident = try SurvivalData.incident()
        let (all, bySite) = (["all": incident.table()], incident.grouped(by: "site").mapValues { $0.table() })
        try SurvivalAgreement.quantiles("survival", "km.quantiles", all, reasons: SurvivalData.unplanned)
        try SurvivalAgreement.quantiles("survival", "km.median.site", bySite, reasons: SurvivalData.unplanned)
        for (id, tables) in [("km.rmst365", all), ("km.rmst365.site", bySite)] {
            let (value, tolerance) = try Reference.oracle("survival", id)
            try SurvivalAgreement.means(
                "survival.\(id)", value, tolerance, to: 365, tables, reasons: SurvivalData.unplanned)
        }
    }

    @Test("Nelson–Aalen hazard agrees with summary(survfit)$cumhaz, a whole curve of one site with survfit")
    func hazardAndCurve() throws {
        let incident = try SurvivalData.incident()
        let curve = SurvivalCurve(incident.table())
        let (hazard, tolerance) = try Reference.oracle("survival", "na.cumhaz")
        var agreement = Agreement(with: "survival.na.cumhaz", within: tolerance)
        for (index, time) in hazard["time"].numbers.enumerated() {
            let step = try #require(curve.step(at: time))
            agreement.expect(step.hazard, hazard["cumhaz"].numbers[index])
            agreement.expect(step.hazardVariance.squareRoot(), hazard["se"].numbers[index])
        }
        agreement.conclude()

        let (whole, exact) = try Reference.oracle("survival", "km.curve.S05")
        let steps = SurvivalCurve(
            incident.filter { $0.fields["site"] == "S05" }.table(), reasons: SurvivalData.unplanned
        ).steps
        var ofCurve = Agreement(with: "survival.km.curve.S05", within: exact)
        ofCurve.expect(steps.map(\.time), whole["time"].column)
        ofCurve.expect(steps.map(\.atRisk), whole["n_risk"].column)
        ofCurve.expect(steps.map(\.events), whole["n_event"].column)
        ofCurve.expect(steps.map(\.survival), whole["surv"].column)
        ofCurve.expect(steps.map { $0.logVariance.squareRoot() }, whole["se_log"].column)
        ofCurve.conclude()
    }
}
