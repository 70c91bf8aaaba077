import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Retention at the edges, against survival of R", .enabled(if: Reference.hasOracle))
struct SurvivalEdgeTests {
    private static let curves = [
        "km.all_censored", "km.one_event", "km.one_censored", "km.all_same_time", "km.last_is_event",
        "km.ties_event_cens", "km.day_one", "km.truncated", "km.risk_set_gap",
    ]

    @Test(
        "Curves of a handful agree with survfit: nobody leaves, all leave, ties, an emptied risk set", arguments: curves
    )
    func curve(id: String) throws {
        let inputs = try Reference.inputs("survival_edge", id)
        let spells = zip(inputs["s"].numbers, zip(inputs["t"].numbers, inputs["e"].numbers)).map {
            Spell(entry: $0, exit: $1.0, reason: $1.1 == 1 ? 0 : nil)
        }
        let table = RiskTable(spells, reasons: 1)
        let curve = SurvivalCurve(table)
        let (value, tolerance) = try Reference.oracle("survival_edge", id)
        var agreement = Agreement(with: "survival_edge.\(id)", within: tolerance)
        agreement.expect(table.times, value["time"].column, "times")
        agreement.expect(table.atRisk, value["n_risk"].column, "at risk")
        agreement.expect(table.ended[0], value["n_event"].column, "events")
        for (index, time) in table.times.enumerated() {
            let step = curve.step(at: time)
            let interval = SurvivalScale.logLog.interval(of: step)
            agreement.expect(curve.survival(at: time), value["surv"].column[index], "survival at \(time)")
            let error = (step?.logVariance ?? 0).squareRoot()
            agreement.expect(error, value["se_log"].column[index] ?? .infinity, "error at \(time)")
            agreement.expect(interval?.lower, value["lower"].column[index], "lower at \(time)")
            agreement.expect(interval?.upper, value["upper"].column[index], "upper at \(time)")
        }
        let median = curve.quantile(0.5)
        agreement.expect(median.time, value["median"]["q"].column[0], "median")
        agreement.expect(median.lower, value["median"]["lower"].column[0], "lower of the median")
        agreement.expect(median.upper, value["median"]["upper"].column[0], "upper of the median")
        agreement.conclude()
        #expect(curve.isEmptiedEarly == ["km.truncated", "km.risk_set_gap"].contains(id))
    }

    @Test("Competing reasons of a handful agree with R", arguments: ["aj.small", "aj.only_other", "aj.all_at_once"])
    func competing(id: String) throws {
        let inputs = try Reference.inputs("survival_edge", id)
        let spells = zip(inputs["t"].numbers, inputs["c"].numbers).map {
            Spell(exit: $0, reason: $1 > 0 ? Int($1) - 1 : nil)
        }
        let incidence = CumulativeIncidence(RiskTable(spells, reasons: 2))
        let (value, tolerance) = try Reference.oracle("survival_edge", id)
        var agreement = Agreement(with: "survival_edge.\(id)", within: tolerance)
        for (index, cause) in value["cause"].numbers.enumerated() {
            let (reason, time) = (Int(cause) - 1, value["time"].numbers[index])
            let found = incidence.value(reason: reason, at: time)
            let interval = incidence.interval(reason: reason, at: time)
            agreement.expect(found.share, value["cif"].column[index], "share of \(cause) at \(time)")
            agreement.expect(found.standardError, value["se"].column[index], "error of \(cause) at \(time)")
            agreement.expect(interval?.lower, value["lower"].column[index], "lower of \(cause) at \(time)")
            agreement.expect(interval?.upper, value["upper"].column[index], "upper of \(cause) at \(time)")
        }
        agreement.conclude()
    }

    @Test("Log-rank agrees with survdiff where one group has no events")
    func groupWithoutEvents() throws {
        let groups = [[(3.0, true), (4, false), (5, true)], [(6, false), (7, false), (8, false)]].map { group in
            RiskTable(group.map { Spell(exit: $0.0, reason: $0.1 ? 0 : nil) }, reasons: 1)
        }
        let test = LogRank(strata: [groups])
        let (value, tolerance) = try Reference.oracle("survival_edge", "logrank.no_events_group")
        var agreement = Agreement(with: "survival_edge.logrank.no_events_group", within: tolerance)
        agreement.expect(test.statistic, value["chisq"].number)
        agreement.expect(test.p, value["p"].number)
        agreement.expect(test.observed, value["obs"].column)
        agreement.expect(test.expected, value["exp"].column)
        agreement.conclude()
    }
}
