import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Moving averages, cumulative sums and funnels against R's larger set", .enabled(if: Reference.hasOracle))
struct ChartOracleTests {
    /// Standardised months of a site about the first 24, as the reference takes them.
    private func months(_ site: String) throws -> (z: [Double], observed: [Double], expected: [Double]) {
        let rows = try #require(try TrendOracleTests.sites()[site])
        let (exits, caseload) = (rows.map { $0["exits"] ?? .nan }, rows.map { $0["caseload"] ?? .nan })
        let rate = exits.prefix(24).reduce(0, +) / caseload.prefix(24).reduce(0, +)
        let z = zip(exits, caseload).map { rate > 0 ? ($0 / $1 - rate) / (rate / $1).squareRoot() : 0 }
        return (z, exits, caseload.map { rate * $0 })
    }

    private func positions(_ signals: [Bool]) -> [Double?] {
        signals.indices.filter { signals[$0] }.map { Double($0 + 1) }
    }

    @Test("EWMA with exact limits, tabular CUSUM and log-likelihood-ratio CUSUM agree with R")
    func sums() throws {
        let (ewma, tolerance) = try Reference.oracle("spc", "spc.ewma")
        let (cusum, _) = try Reference.oracle("spc", "spc.cusum")
        let (ratio, _) = try Reference.oracle("spc", "spc.llr_cusum")
        var agreement = Agreement(with: "spc.ewma, cusum, llr_cusum", within: tolerance)
        for site in ewma.members.keys.sorted() {
            let (z, observed, expected) = try months(site)
            let points = WeightedAverageChart(z).points.compactMap(\.self)
            agreement.expect(points.map(\.average), ewma[site]["ewma"].column, "average, \(site)")
            agreement.expect(points.map(\.limit), ewma[site]["limit"].column, "limit, \(site)")
            agreement.expect(positions(points.map(\.isSignal)), ewma[site]["signals"].column, "signals, \(site)")
            for (name, restarting) in [("no_reset", false), ("reset", true)] {
                let points = CumulativeSumChart(z, restarting: restarting).points.compactMap(\.self)
                let value = cusum[site][name]
                agreement.expect(points.map(\.rise), value["up"].column, "rise, \(site)")
                agreement.expect(points.map(\.fall), value["down"].column, "fall, \(site)")
                agreement.expect(
                    positions(points.map { $0.signals.contains(.above) }), value["sig_up"].column, "up, \(site)")
                agreement.expect(
                    positions(points.map { $0.signals.contains(.below) }), value["sig_down"].column, "down, \(site)")
            }
            agreement.expect(
                CumulativeSumChart.logLikelihoodRatio(observed: observed, expected: expected, ratio: 1.5),
                ratio[site].column, "likelihood ratio, \(site)")
        }
        agreement.conclude()
    }

    @Test("Average run lengths agree with package spc")
    func runLengths() throws {
        let (value, tolerance) = try Reference.oracle("spc", "spc.arl")
        var agreement = Agreement(with: "spc.arl", within: tolerance)
        for (index, shift) in value["shift"].numbers.enumerated() {
            for (name, limit) in [("cusum_h4", 4.0), ("cusum_h5", 5)] {
                agreement.expect(
                    RunLength.cumulativeSum(slack: 0.5, limit: limit, shift: shift), value[name].column[index],
                    "\(name) at \(shift)")
            }
            for (name, width) in [("ewma_27", 2.7), ("ewma_30", 3)] {
                agreement.expect(
                    RunLength.weightedAverage(weight: 0.2, width: width, shift: shift), value[name].column[index],
                    "\(name) at \(shift)")
            }
        }
        agreement.conclude()
    }

    @Test("Funnels of 200 sites agree with R: exact limits, winsorised spread, adjusted distances")
    func funnels() throws {
        let year = try TrendOracleTests.sites().mapValues { rows in rows.filter { ($0["month"] ?? 0) >= 48 } }
        func sum(_ site: String, _ column: String) -> Double {
            (year[site] ?? []).reduce(0) { $0 + ($1[column] ?? .nan) }
        }
        for id in ["funnel.prop", "funnel.rate"] {
            let (value, tolerance) = try Reference.oracle("spc", id)
            let sites = value["table"]["site"].items.compactMap(\.text)
            let funnel =
                id == "funnel.prop"
                ? try FunnelPlot.proportions(
                    sites.map { sum($0, "positives") }, of: sites.map { sum($0, "tests") }
                ).get()
                : try FunnelPlot.ratios(
                    observed: sites.map { sum($0, "exits") },
                    expected: value["table"]["E"].numbers
                ).get()
            let found = funnel.sites.compactMap(\.self)
            var agreement = Agreement(with: "spc.\(id)", within: tolerance)
            agreement.expect(funnel.overdispersion, value["phi"].number, "overdispersion")
            agreement.expect(funnel.betweenVariance, value["tau2"].number, "between")
            if let target = value["target"].number { agreement.expect(funnel.target, target, "target") }
            let columns: [(String, [Double?])] = [
                ("lo998", found.map(\.outer.lower)), ("lo95", found.map(\.inner.lower)),
                ("hi95", found.map(\.inner.upper)), ("hi998", found.map(\.outer.upper)), ("z", found.map(\.z)),
                ("z_add", found.map(\.adjustedZ)), ("p_add", found.map(\.p)),
                ("p_add_BH", FalseDiscovery.benjaminiHochberg(found.map(\.p))),
            ]
            for (name, numbers) in columns where !value["table"][name].column.isEmpty {
                agreement.expect(numbers, value["table"][name].column, name)
            }
            agreement.conclude()
        }
    }
}
