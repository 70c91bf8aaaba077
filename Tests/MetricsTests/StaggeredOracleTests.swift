import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Staggered roll-outs against R's larger set", .enabled(if: Reference.hasOracle))
struct StaggeredOracleTests {
    static func panel() throws -> SitePanel {
        let rows = try Reference.table("did_panel.csv")
        let bySite = Dictionary(grouping: rows) { $0["site"] ?? "" }.sorted { $0.key < $1.key }.map(\.value)
        let begun = bySite.map { site in Int(site[0]["g"] ?? "").flatMap { $0 > 0 ? $0 : nil } }
        let values = bySite.map { site in
            (1...20).map { quarter in
                site.first { Int($0["q"] ?? "") == quarter }.flatMap { Double($0["y"] ?? "") }
            }
        }
        return try SitePanel(periods: Array(1...20), values: values, begun: begun)
    }

    private static let kinds: [(String, StaggeredDifferences.Controls, StaggeredDifferences.Base)] = [
        ("did.cs.never.varying", .neverTreated, .varying), ("did.cs.never.universal", .neverTreated, .universal),
        ("did.cs.notyet.varying", .notYetTreated, .varying), ("did.cs.notyet.universal", .notYetTreated, .universal),
    ]
    private static let cellCases = [
        "did.cs.never.varying.attgt", "did.cs.never.universal.attgt", "did.cs.notyet.varying.attgt",
        "did.cs.notyet.universal.attgt",
    ]
    private static let aggregateCases = [
        "did.cs.never.varying.agg", "did.cs.never.universal.agg", "did.cs.notyet.varying.agg",
        "did.cs.notyet.universal.agg",
    ]

    @Test("Every cohort in every quarter agrees with R, with either controls and either base", arguments: 0..<4)
    func cells(index: Int) throws {
        let (value, tolerance) = try Reference.oracle("rollout_did", Self.cellCases[index])
        let (_, controls, base) = Self.kinds[index]
        let differences = try StaggeredDifferences(try Self.panel(), controls: controls, base: base)
        var agreement = Agreement(with: "rollout_did.\(Self.cellCases[index])", within: tolerance)
        agreement.expect(differences.cells.map { Double($0.cohort) }, value["g"].column, "cohort")
        agreement.expect(differences.cells.map { Double($0.period) }, value["t"].column, "period")
        agreement.expect(differences.cells.map(\.estimate), value["att"].column, "estimate")
        agreement.expect(differences.cells.map(\.standardError), value["se"].column, "error")
        agreement.conclude()
    }

    @Test("Cells brought together agree with R, their errors with the shares of cohorts in them", arguments: 0..<4)
    func aggregates(index: Int) throws {
        let (value, tolerance) = try Reference.oracle("rollout_did", Self.aggregateCases[index])
        let (_, controls, base) = Self.kinds[index]
        let differences = try StaggeredDifferences(try Self.panel(), controls: controls, base: base)
        var agreement = Agreement(with: "rollout_did.\(Self.aggregateCases[index])", within: tolerance)
        for (name, found) in [
            ("simple", differences.overall()), ("dynamic_overall", differences.meanOverEventTime()),
            ("group_overall", differences.meanOverCohorts()), ("calendar_overall", differences.meanOverPeriods()),
        ] {
            agreement.expect(found?.estimate, value[name]["att"].number, name)
            agreement.expect(found?.standardError, value[name]["se"].number, name)
        }
        for (name, place, found) in [
            ("dynamic", "e", differences.byEventTime()), ("group", "g", differences.byCohort()),
            ("calendar", "t", differences.byPeriod()),
        ] {
            agreement.expect(found.map { $0.place.map(Double.init) }, value[name][place].column, name)
            agreement.expect(found.map(\.estimate), value[name]["att"].column, name)
            agreement.expect(found.map(\.standardError), value[name]["se"].column, name)
        }
        let test = differences.preTrendTest()
        agreement.expect(test?.statistic, value["pretest"]["W"].number, "Wald")
        agreement.expect(test.map { Double($0.degrees) }, value["pretest"]["df"].number, "degrees")
        agreement.expect(test?.p, value["pretest"]["p"].number, "p")
        agreement.conclude()
    }

    @Test("Two-way fixed effects agree with lm and vcovCL")
    func fixedEffects() throws {
        let (value, tolerance) = try Reference.oracle("rollout_did", "did.twfe")
        let fit = try TwoWayFixedEffects(try Self.panel())
        var agreement = Agreement(with: "rollout_did.did.twfe", within: tolerance)
        agreement.expect(fit.coefficients[0].estimate, value["coef"].number, "estimate")
        agreement.expect(fit.coefficients[0].independentError, value["se_iid"].number, "independent")
        agreement.expect(fit.coefficients[0].plainError, value["se_cr0"].number, "CR0")
        agreement.expect(fit.coefficients[0].standardError, value["se_cr1"].number, "CR1")
        agreement.expect(Double(fit.sites), value["K"].number, "sites")
        agreement.expect(Double(fit.values), value["N"].number, "values")
        agreement.expect(Double(fit.parameters), value["p"].number, "parameters")
        agreement.conclude()
        let (study, close) = try Reference.oracle("rollout_did", "did.eventstudy.twfe")
        let events = try TwoWayFixedEffects(eventStudy: try Self.panel(), reach: 6).coefficients
        var ofStudy = Agreement(with: "rollout_did.did.eventstudy.twfe", within: close)
        ofStudy.expect(events.map { $0.place.map(Double.init) }, study["rel"].column, "place")
        ofStudy.expect(events.map(\.estimate), study["coef"].column, "estimate")
        ofStudy.expect(events.map(\.standardError), study["se"].column, "error")
        ofStudy.conclude()
    }

    @Test("Two groups before and after agree with t.test")
    func twoByTwo() throws {
        let (value, tolerance) = try Reference.oracle("rollout_did", "did.2x2")
        let found = try TwoGroupDifference(try Self.panel(), cohort: 9)
        var agreement = Agreement(with: "rollout_did.did.2x2", within: tolerance)
        agreement.expect(Double(found.treated), value["n1"].number, "treated")
        agreement.expect(Double(found.controls), value["n0"].number, "controls")
        agreement.expect(found.effect.estimate, value["est"].number, "estimate")
        agreement.expect(found.effect.standardError, value["se_welch"].number, "Welch")
        agreement.expect(found.pooledEffect.standardError, value["se_pooled"].number, "pooled")
        agreement.conclude()
    }
}
