import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Rates against R's larger set", .enabled(if: Reference.hasOracle))
struct RateOracleTests {
    private func compare(
        in file: String = "rates", _ id: String, _ columns: [String: ([String: Double]) -> Double?]
    ) throws {
        let (value, tolerance) = try Reference.oracle(file, id)
        var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
        let table = value.members.mapValues(\.column)
        for (name, function) in columns {
            let expected = try #require(table[name])
            for index in expected.indices {
                agreement.expect(function(table.compactMapValues { $0[index] }), expected[index], "\(name)[\(index)]")
            }
        }
        agreement.conclude()
    }

    private func limits(_ estimate: Estimate) -> Interval? { estimate.value?.interval }

    @Test("Garwood's limits agree with qchisq and poisson.test, mid-P with uniroot, Byar with the formula")
    func limitsOfRates() throws {
        func garwood(_ row: [String: Double]) -> Estimate {
            Rate.garwood(events: row["x"] ?? -1, exposure: row["pt"] ?? 0, per: 1, level: row["conf"] ?? 0.95)
        }
        for id in ["rate.exact", "rate.exact.poissontest"] {
            try compare(
                id,
                [
                    "rate": { garwood($0).value?.point }, "lower": { limits(garwood($0))?.lower },
                    "upper": { limits(garwood($0))?.upper },
                ])
        }
        func byar(_ row: [String: Double]) -> Estimate {
            Rate.byar(events: row["x"] ?? -1, exposure: row["pt"] ?? 0, per: 1)
        }
        try compare("rate.byar", ["lower": { limits(byar($0))?.lower }, "upper": { limits(byar($0))?.upper }])
        func midP(_ row: [String: Double]) -> Interval? {
            PoissonInterval.midP(events: row["x"] ?? -1, level: 0.95)?.scaled(by: 1 / (row["pt"] ?? 0))
        }
        try compare("rate.midp", ["lower": { midP($0)?.lower }, "upper": { midP($0)?.upper }])
    }

    @Test("Standardised ratios agree with qchisq and ppois")
    func ratios() throws {
        func ratio(_ row: [String: Double]) -> Estimate {
            StandardisedRatio.estimate(observed: row["O"] ?? -1, expected: row["E"] ?? 0)
        }
        func byar(_ row: [String: Double]) -> Interval? {
            limits(Rate.byar(events: row["O"] ?? -1, exposure: row["E"] ?? 0, per: 1))
        }
        try compare(
            "smr",
            [
                "ratio": { ratio($0).value?.point }, "lower": { limits(ratio($0))?.lower },
                "upper": { limits(ratio($0))?.upper }, "byar_lo": { byar($0)?.lower }, "byar_hi": { byar($0)?.upper },
                "p_midp": { StandardisedRatio.p(observed: $0["O"] ?? -1, expected: $0["E"] ?? 0) },
            ])
    }

    @Test("Rate ratios agree with poisson.test")
    func rateRatios() throws {
        let (value, tolerance) = try Reference.oracle("rates", "rate.ratio")
        var agreement = Agreement(with: "rates.rate.ratio", within: tolerance)
        for index in value["x1"].numbers.indices {
            let numbers = ["x1", "t1", "x0", "t0"].map { value[$0].numbers[index] }
            func each<Result>(_ function: (Double, Double, Double, Double) -> Result) -> Result {
                function(numbers[0], numbers[1], numbers[2], numbers[3])
            }
            let exact = each {
                RateRatio.exact(events: $0, exposure: $1, comparedEvents: $2, comparedExposure: $3)
            }
            let lower = each {
                RateRatio.lowerLimit(events: $0, exposure: $1, comparedEvents: $2, comparedExposure: $3)
            }
            agreement.expect(lower, value["lo"].numbers[index], "lower of row \(index)")
            agreement.expect(
                each { RateRatio.p(events: $0, exposure: $1, comparedEvents: $2, comparedExposure: $3) },
                value["p"].numbers[index], "p of row \(index)")
            // R writes infinity where nobody had the event in the second group; an estimate has a reason there.
            guard value["rr"].numbers[index].isFinite else {
                #expect(exact == .unavailable(.notComputable))
                continue
            }
            agreement.expect(exact.value?.point, value["rr"].numbers[index], "ratio of row \(index)")
            agreement.expect(limits(exact)?.upper, value["hi"].numbers[index], "upper of row \(index)")
        }
        agreement.conclude()
    }

    @Test("Rates by site, standardised by month, and with clients as clusters agree with R")
    func sites() throws {
        func rate(_ row: [String: Double]) -> Estimate {
            Rate.garwood(events: row["exits"] ?? -1, exposure: row["pm"] ?? 0, per: 100)
        }
        try compare(
            "rate.sites",
            [
                "rate": { rate($0).value?.point }, "lower": { limits(rate($0))?.lower },
                "upper": { limits(rate($0))?.upper },
            ])
        let series = Dictionary(grouping: try Reference.table("series.csv")) { $0["site"] ?? "" }
        let months = Set(series.values.joined().compactMap { $0["month"].flatMap(Double.init) }).sorted()
        let (value, tolerance) = try Reference.oracle("rates", "rate.indirect.sites")
        let sites = value["site"].items.compactMap(\.text)
        func column(_ name: String) -> [[Double]] {
            sites.map { site in
                let own = Dictionary(
                    uniqueKeysWithValues: (series[site] ?? []).map { row in
                        (Double(row["month"] ?? "") ?? .nan, Double(row[name] ?? "") ?? 0)
                    })
                return months.map { own[$0] ?? 0 }
            }
        }
        let (events, exposure) = (column("exits"), column("caseload"))
        var agreement = Agreement(with: "rates.rate.indirect.sites", within: tolerance)
        agreement.expect(events.map { $0.reduce(0, +) }, value["O"].column, "O")
        let expected = StandardisedRatio.expected(events: events, exposure: exposure)
        let ratios = zip(events, expected).map { StandardisedRatio.estimate(observed: $0.reduce(0, +), expected: $1) }
        agreement.expect(expected, value["E"].column, "E")
        agreement.expect(ratios.map { $0.value?.point }, value["sir"].column, "ratio")
        agreement.conclude()
    }

    @Test("The rate of people who drop out repeatedly agrees with the client-robust error in R")
    func clustered() throws {
        let rows = try Reference.table("readmissions.csv").filter { $0["state"] == "in" }
        let (value, tolerance) = try Reference.oracle("extra", "readm.rate.cluster")
        var agreement = Agreement(with: "extra.readm.rate.cluster", within: tolerance)
        for (index, site) in value["site"].items.enumerated() {
            let clients = Dictionary(grouping: rows.filter { $0["site"] == site.text }) { $0["client"] ?? "" }
            let sums = ClientSums(
                clients.values.map { spells in
                    (
                        events: Double(spells.count { $0["ends"] == "out" }),
                        time: spells.reduce(0) {
                            $0 + (Double($1["to"] ?? "") ?? .nan) - (Double($1["from"] ?? "") ?? .nan)
                        }
                    )
                })
            let rate = Rate.clustered(sums, per: 36525)
            agreement.expect(rate.value?.point, value["rate"].column[index], "\(site)")
            agreement.expect(Rate.logError(sums), value["se_log"].column[index], "error of \(site)")
            agreement.expect(limits(rate)?.lower, value["lo"].column[index], "lower of \(site)")
            agreement.expect(limits(rate)?.upper, value["hi"].column[index], "upper of \(site)")
        }
        agreement.conclude()
    }

    @Test("CTN-0027: exits per 100 client-days, positive tests and six-point trends of real clinics agree with R")
    func realClinics() throws {
        func exits(_ row: [String: Double]) -> Estimate {
            Rate.garwood(events: row["exits"] ?? -1, exposure: row["days"] ?? 0, per: 100)
        }
        func positive(_ row: [String: Double]) -> Estimate {
            Proportion.wilson(successes: row["pos"] ?? -1, trials: row["tests"] ?? 0)
        }
        try compare(
            in: "real_programme", "ctn27panel.sites",
            [
                "rate": { exits($0).value?.point }, "lo": { limits(exits($0))?.lower },
                "hi": { limits(exits($0))?.upper }, "p": { positive($0).value?.point },
                "wlo": { limits(positive($0))?.lower }, "whi": { limits(positive($0))?.upper },
            ])

        let clinics = Dictionary(grouping: try Reference.table("real_ctn27_panel.csv")) { $0["site"] ?? "" }
        let (value, tolerance) = try Reference.oracle("real_programme", "ctn27panel.trend")
        var agreement = Agreement(with: "real_programme.ctn27panel.trend", within: tolerance)
        for (index, site) in value["site"].items.enumerated() {
            let rows = (clinics[site.text ?? ""] ?? []).map { $0.compactMapValues(Double.init) }
            // R's change is by period, ours by twelve months.
            let series = MonthlySeries(
                months: rows.map { 12 * ($0["period"] ?? .nan) }, numerators: rows.map { $0["exits"] },
                denominators: rows.map { $0["client_days"] })
            let change = try? LogLinearTrend(seasonal: false, cautious: false).ofRate(series).get()
            agreement.expect(change?.logChange, value["beta"].column[index], "change of \(site)")
            agreement.expect(change?.standardError, value["se"].column[index], "error of \(site)")
            agreement.expect(change?.dispersion, value["phi"].column[index], "dispersion of \(site)")
            agreement.expect(change?.degrees, value["df"].column[index], "degrees of \(site)")
        }
        agreement.conclude()
    }

    @Test("Dropouts per 100 person-years by site agree with R")
    func personTime() throws {
        func rate(_ row: [String: Double]) -> Estimate {
            Rate.garwood(events: row["dropout"] ?? -1, exposure: row["person_days"] ?? 0, per: 36525)
        }
        try compare(
            in: "survival", "persontime.site",
            [
                "rate100py": { rate($0).value?.point }, "lower": { limits(rate($0))?.lower },
                "upper": { limits(rate($0))?.upper },
            ])
        try compare(
            in: "addicts", "addicts.rate",
            [
                "rate": { Rate.garwood(events: $0["x"] ?? -1, exposure: $0["days"] ?? 0, per: 36525).value?.point },
                "lo": { limits(Rate.garwood(events: $0["x"] ?? -1, exposure: $0["days"] ?? 0, per: 36525))?.lower },
                "hi": { limits(Rate.garwood(events: $0["x"] ?? -1, exposure: $0["days"] ?? 0, per: 36525))?.upper },
            ])
    }
}
