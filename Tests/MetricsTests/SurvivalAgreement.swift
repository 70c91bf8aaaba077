import Testing

@testable import Metrics

/// Compares curves and tests of groups with the way the R scripts print them.
enum SurvivalAgreement {
    /// Compares the columns of summary(survfit, times, extend = TRUE).
    static func curve(
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

    static func quantiles(
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

    static func means(
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

    static func logRank(_ file: String, _ id: String, _ test: LogRank) throws {
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

    static func incidence(
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

    static func gray(_ name: String, _ test: GrayTest, _ value: JSON, _ tolerance: Tolerance) throws {
        var agreement = Agreement(with: name, within: tolerance)
        agreement.expect(test.statistic, value["stat"].column[0], "statistic")
        agreement.expect(test.p, value["pv"].column[0], "p")
        agreement.expect(Double(test.degrees), value["df"].column[0], "degrees")
        agreement.conclude()
    }

    static func tables(_ rows: [SurvivalData.Row], by column: String) -> [RiskTable] {
        rows.grouped(by: column).sorted { $0.key < $1.key }.map { $0.value.table() }
    }
}
