import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Retention against survival and cmprsk of R", .enabled(if: Reference.hasOracle))
struct SurvivalOracleTests {
    /// Compares the columns of summary(survfit, times, extend = TRUE).
    private func compareCurve(
        _ file: String, _ id: String, _ tables: [String: RiskTable], reasons: [Int]? = nil,
        scale: SurvivalScale = .logLog
    ) throws {
        let (value, tolerance) = try Reference.oracle(file, id)
        var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
        for (index, group) in value["group"].items.enumerated() {
            let table = try #require(tables[group.text ?? "\(Int(group.number ?? 0))"])
            let curve = SurvivalCurve(table, reasons: reasons)
            let time = try #require(value["time"].column[index])
            let interval = scale.interval(of: curve.step(at: time))
            let what = "\(group) at \(time)"
            // R counts at the next time somebody left, and with them who entered in between.
            let next = table.times.partitioningIndex { $0 >= time }
            let atRisk = next < table.times.count ? table.atRisk[next] : 0
            agreement.expect(atRisk, value["n_risk"].column[index], "at risk, \(what)")
            agreement.expect(curve.events(through: time), value["cum_events"].column[index], "events, \(what)")
            agreement.expect(curve.survival(at: time), value["surv"].column[index], "survival, \(what)")
            agreement.expect(curve.standardError(at: time), value["se"].column[index], "error, \(what)")
            // Before the first event there is no interval; R prints 1 to 1 until somebody has been lost, then null.
            if curve.step(at: time) == nil, scale == .logLog {
                #expect(interval == nil, "\(what)")
                continue
            }
            agreement.expect(interval?.lower, value["lower"].column[index], "lower, \(what)")
            agreement.expect(interval?.upper, value["upper"].column[index], "upper, \(what)")
        }
        agreement.conclude()
    }

    private func compareQuantiles(
        _ file: String, _ id: String, _ tables: [String: RiskTable], reasons: [Int]? = nil
    ) throws {
        let (value, tolerance) = try Reference.oracle(file, id)
        var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
        for (index, group) in value["group"].items.enumerated() {
            let table = try #require(tables[group.text ?? "\(Int(group.number ?? 0))"])
            let share = try #require(value["prob"].column[index])
            let quantile = SurvivalCurve(table, reasons: reasons).quantile(share)
            agreement.expect(quantile.time, value["q"].column[index], "\(group) \(share)")
            agreement.expect(quantile.lower, value["lower"].column[index], "lower, \(group) \(share)")
            agreement.expect(quantile.upper, value["upper"].column[index], "upper, \(group) \(share)")
        }
        agreement.conclude()
    }

    private func compareMeans(
        _ name: String, _ value: JSON, _ tolerance: Tolerance, to horizon: Double, _ tables: [String: RiskTable],
        reasons: [Int]? = nil
    ) throws {
        var agreement = Agreement(with: name, within: tolerance)
        let groups = value["group"].text.map { [JSON.text($0)] } ?? value["group"].items
        for (index, group) in groups.enumerated() {
            let table = try #require(tables[group.text ?? "\(Int(group.number ?? 0))"])
            let area = SurvivalCurve(table, reasons: reasons).area(to: horizon)
            agreement.expect(area.mean, value["rmst"].column[index], "mean of \(group)")
            agreement.expect(area.variance.squareRoot(), value["se"].column[index], "error of \(group)")
        }
        agreement.conclude()
    }

    private func compareLogRank(_ file: String, _ id: String, _ test: LogRank) throws {
        let (value, tolerance) = try Reference.oracle(file, id)
        var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
        agreement.expect(test.statistic, value["chisq"].number, "statistic")
        agreement.expect(Double(test.degrees), value["df"].number, "degrees")
        agreement.expect(test.p, value["p"].number, "p")
        agreement.expect(test.observed, value["obs"].column, "observed")
        agreement.expect(test.expected, value["exp"].column, "expected")
        for (row, items) in value["var"]["data"].items.enumerated() {
            for (column, expected) in items.column.enumerated() {
                agreement.expect(test.variance[row, column], expected, "variance \(row), \(column)")
            }
        }
        agreement.conclude()
    }

    private func tables(_ rows: [SurvivalData.Row], by column: String) -> [RiskTable] {
        rows.grouped(by: column).sorted { $0.key < $1.key }.map { $0.value.table() }
    }

    @Test("Median and quartiles agree with quantile(survfit), restricted means with print(survfit, rmean)")
    func quantiles() throws {
        let incident = try SurvivalData.incident()
        let (all, bySite) = (["all": incident.table()], incident.grouped(by: "site").mapValues { $0.table() })
        try compareQuantiles("survival", "km.quantiles", all, reasons: SurvivalData.unplanned)
        try compareQuantiles("survival", "km.median.site", bySite, reasons: SurvivalData.unplanned)
        for (id, tables) in [("km.rmst365", all), ("km.rmst365.site", bySite)] {
            let (value, tolerance) = try Reference.oracle("survival", id)
            try compareMeans(
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

    @Test("Log-rank agrees with survdiff: twenty sites, sexes, strata, G-rho")
    func logRank() throws {
        let incident = try SurvivalData.incident()
        let (sites, sexes) = (tables(incident, by: "site"), tables(incident, by: "female"))
        let unplanned = SurvivalData.unplanned
        try compareLogRank("survival", "logrank.sites", LogRank(strata: [sites], reasons: unplanned))
        try compareLogRank("survival", "logrank.sex", LogRank(strata: [sexes], reasons: unplanned))
        try compareLogRank("survival", "peto.sex", LogRank(strata: [sexes], reasons: unplanned, rho: 1))
        let strata = incident.grouped(by: "site").values.map { rows in
            ["0", "1"].map { sex in rows.filter { $0.fields["female"] == sex }.table() }
        }
        try compareLogRank("survival", "logrank.sex.strat", LogRank(strata: strata, reasons: unplanned))
    }

    @Test("Cumulative incidence agrees with Aalen–Johansen by hand, survfit's jackknife, and Gray's test with cuminc")
    func competing() throws {
        let (incident, all) = (try SurvivalData.incident(), try SurvivalData.episodes())
        for (id, rows) in [("aj.overall.delta", incident), ("aj.trunc.delta", all)] {
            let (value, tolerance) = try Reference.oracle("survival", id)
            try compareIncidence("survival.\(id)", value, tolerance, CumulativeIncidence(rows.table()))
        }
        let (sites, tolerance) = try Reference.oracle("survival", "aj.site.dropout365")
        var agreement = Agreement(with: "survival.aj.site.dropout365", within: tolerance)
        let bySite = incident.grouped(by: "site")
        for (index, site) in sites["site"].items.enumerated() {
            let incidence = CumulativeIncidence(try #require(bySite[site.text ?? ""]).table())
            let value = incidence.value(reason: 0, at: 365)
            agreement.expect(value.share, sites["cif"].column[index], "\(site)")
            agreement.expect(value.standardError, sites["se"].column[index], "error of \(site)")
        }
        agreement.conclude()

        let (states, exact) = try Reference.oracle("survival", "aj.overall.survfit")
        var ofStates = Agreement(with: "survival.aj.overall.survfit", within: exact)
        let incidence = CumulativeIncidence(incident.table())
        for (row, time) in states["time"].numbers.enumerated() {
            let values = (0..<5).map { incidence.value(reason: $0, at: time) }
            ofStates.expect(
                values.map(\.share), Array(states["pstate"]["data"].items[row].column.dropFirst()), "at \(time)")
            ofStates.expect(
                values.map(\.standardError), Array(states["se"]["data"].items[row].column.dropFirst()), "\(time)")
        }
        ofStates.conclude()

        let (gray, close) = try Reference.oracle("survival", "gray.sites")
        let groups = bySite.filter { $0.value.count >= 30 }.sorted { $0.key < $1.key }.map { $0.value.table() }
        try compareGray("survival.gray.sites", GrayTest(groups, reason: 0), gray, close)
    }

    private func compareIncidence(
        _ name: String, _ value: JSON, _ tolerance: Tolerance, _ incidence: CumulativeIncidence
    ) throws {
        var agreement = Agreement(with: name, within: tolerance)
        for (index, cause) in value["cause"].numbers.enumerated() {
            let (reason, time) = (Int(cause) - 1, value["time"].numbers[index])
            let estimate = incidence.value(reason: reason, at: time)
            let interval = incidence.interval(reason: reason, at: time)
            agreement.expect(estimate.share, value["cif"].column[index], "reason \(reason) at \(time)")
            agreement.expect(estimate.standardError, value["se"].column[index], "error, reason \(reason) at \(time)")
            agreement.expect(interval?.lower, value["lower"].column[index], "lower, reason \(reason) at \(time)")
            agreement.expect(interval?.upper, value["upper"].column[index], "upper, reason \(reason) at \(time)")
        }
        agreement.conclude()
    }

    private func compareGray(_ name: String, _ test: GrayTest, _ value: JSON, _ tolerance: Tolerance) throws {
        var agreement = Agreement(with: name, within: tolerance)
        agreement.expect(test.statistic, value["stat"].column[0], "statistic")
        agreement.expect(test.p, value["pv"].column[0], "p")
        agreement.expect(Double(test.degrees), value["df"].column[0], "degrees")
        agreement.conclude()
    }

    @Test("Two sexes at one day agree with R; what became of a cohort with prop.test; person-days by year")
    func fixedDay() throws {
        let incident = try SurvivalData.incident()
        let curves = tables(incident, by: "female").map { SurvivalCurve($0, reasons: SurvivalData.unplanned) }
        let difference = SurvivalDifference(curves[0], curves[1], at: 365)
        let (value, tolerance) = try Reference.oracle("survival", "surv.diff365")
        var agreement = Agreement(with: "survival.surv.diff365", within: tolerance)
        agreement.expect([difference.statistic, difference.p], [value["z2"].number, value["p"].number])
        let estimate = difference.difference.value
        agreement.expect(
            [estimate?.point, estimate?.interval?.lower, estimate?.interval?.upper],
            ["diff", "lo", "hi"].map { value[$0].number })
        agreement.conclude()

        let cut = try #require(Day("2022-12-31"))
        let admitted = try incident.filter { row in
            cut.number - (try #require(Day(row.fields["start"] ?? ""))).number + 1 > 365
        }
        let cohort = CohortRetention(admitted.map(\.spell), day: 365, unplanned: Set(SurvivalData.unplanned))
        let (shares, exact) = try Reference.oracle("survival", "cohort.retention365")
        var ofCohort = Agreement(with: "survival.cohort", within: exact)
        ofCohort.expect(
            [cohort.admitted, cohort.leftUnplanned, cohort.leftAsPlanned, cohort.lost, cohort.retained],
            ["n_all", "unplanned", "transfer_or_completed", "censored_early", "retained_past_365"].map {
                shares[$0].number
            })
        for (estimate, name) in [(cohort.estimate(), "strict"), (cohort.estimateWithoutPlanned(), "excl")] {
            ofCohort.expect(estimate.value?.point, shares["p_\(name)"].number, name)
            ofCohort.expect(
                [estimate.value?.interval?.lower, estimate.value?.interval?.upper], shares["ci_\(name)"].column, name)
        }
        let years = try Reference.oracle("survival", "cohort.retention.by_year").value
        for (index, year) in years["year"].items.enumerated() {
            let own = admitted.filter { $0.fields["start"]?.hasPrefix(year.text ?? "-") == true }
            let retained = CohortRetention(own.map(\.spell), day: 365, unplanned: [])
            ofCohort.expect(
                [retained.admitted, retained.retained], [years["n"].column[index], years["retained"].column[index]])
        }
        ofCohort.conclude()
    }

    @Test("States after re-entry agree with multi-state survfit, dropouts per client with its robust hazard")
    func reentry() throws {
        let rows = try Reference.table("readmissions.csv")
        let states = ["in", "out", "dead"]
        let numbers = Dictionary(
            uniqueKeysWithValues: Set(rows.compactMap { $0["client"] }).enumerated().map { ($1, $0) })
        let stretches = try rows.map { row in
            StateOccupancy.Stretch(
                client: try #require(numbers[row["client"] ?? ""]), from: try #require(Double(row["from"] ?? "")),
                to: try #require(Double(row["to"] ?? "")),
                state: try #require(states.firstIndex(of: row["state"] ?? "")),
                next: states.firstIndex(of: row["ends"] ?? ""))
        }
        let occupancy = StateOccupancy(stretches, states: 3)
        let (value, tolerance) = try Reference.oracle("extra", "readm.occupancy")
        var agreement = Agreement(with: "extra.readm.occupancy", within: tolerance)
        for (row, time) in value["time"].numbers.enumerated() {
            let found = try #require(occupancy.value(at: time))
            agreement.expect(found.shares, value["p"]["data"].items[row].column, "at \(time)")
            agreement.expect(found.standardErrors, value["se"]["data"].items[row].column, "errors at \(time)")
        }
        agreement.conclude()

        let people = Dictionary(grouping: stretches, by: \.client).values.map { own in
            MeanCumulativeCount.Person(
                end: own.map(\.to).max() ?? 0, events: own.filter { $0.next == 1 }.map(\.to))
        }
        let count = MeanCumulativeCount(Array(people))
        let (mean, exact) = try Reference.oracle("extra", "readm.mcf")
        var ofCount = Agreement(with: "extra.readm.mcf", within: exact)
        for (row, time) in mean["time"].numbers.enumerated() {
            ofCount.expect(count.value(at: time).count, mean["mcf"].numbers[row], "at \(time)")
            ofCount.expect(count.value(at: time).standardError, mean["se"].numbers[row], "error at \(time)")
        }
        ofCount.conclude()

        let first = rows.filter { $0["spell"] == "1" && $0["state"] == "in" }.compactMap { row in
            Spell(
                exit: (Double(row["to"] ?? "") ?? .nan) - (Double(row["from"] ?? "") ?? .nan),
                reason: row["ends"] == "censor" ? nil : 0)
        }
        try compareCurve("extra", "readm.firstspell.km", ["all": RiskTable(first, reasons: 1)])
    }

    @Test("addicts.csv: curves, medians, restricted means and log-rank of Caplehorn & Bell's two clinics agree with R")
    func addicts() throws {
        let rows = try SurvivalData.spells("addicts.csv", time: "survt", event: "status")
        let all = ["all": rows.table(reasons: 1)]
        let clinics = rows.grouped(by: "clinic").mapValues { $0.table(reasons: 1) }
        try compareCurve("addicts", "addicts.km", clinics)
        try compareCurve("addicts", "addicts.km.all", all)
        try compareQuantiles("addicts", "addicts.median", clinics)
        try compareQuantiles("addicts", "addicts.median.all", all)
        let (means, tolerance) = try Reference.oracle("addicts", "addicts.rmst")
        try compareMeans("addicts.rmst to 365", means["d365"], tolerance, to: 365, clinics)
        try compareMeans("addicts.rmst to 730", means["d730"], tolerance, to: 730, clinics)
        let tables = tables(rows, by: "clinic")
        try compareLogRank("addicts", "addicts.logrank", LogRank(strata: [tables]))
        try compareLogRank("addicts", "addicts.peto", LogRank(strata: [tables], rho: 1))
        let strata = rows.grouped(by: "prison").values.map { rows in
            ["1", "2"].map { clinic in rows.filter { $0.fields["clinic"] == clinic }.table(reasons: 1) }
        }
        try compareLogRank("addicts", "addicts.logrank.prison", LogRank(strata: strata))
    }

    @Test("Kaplan–Meier of all episodes agrees with survfit: every exit, unplanned exits, three scales, delayed entry")
    func curves() throws {
        let (incident, all) = (try SurvivalData.incident().table(), try SurvivalData.episodes().table())
        try compareCurve("survival", "km.any.overall", ["all": incident])
        try compareCurve("survival", "km.unplanned.overall", ["all": incident], reasons: SurvivalData.unplanned)
        try compareCurve("survival", "km.any.plain", ["all": incident], scale: .plain)
        try compareCurve("survival", "km.any.log", ["all": incident], scale: .log)
        try compareCurve("survival", "km.trunc.overall", ["all": all])
    }

    @Test("Kaplan–Meier by site agrees with survfit ~ site")
    func curvesBySite() throws {
        let incident = try SurvivalData.incident().grouped(by: "site").mapValues { $0.table() }
        let all = try SurvivalData.episodes().grouped(by: "site").mapValues { $0.table() }
        try compareCurve("survival", "km.site", incident, reasons: SurvivalData.unplanned)
        try compareCurve("survival", "km.trunc.site", all, reasons: SurvivalData.unplanned)
    }
}
