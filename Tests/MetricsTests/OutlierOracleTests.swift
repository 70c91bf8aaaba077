import Metrics
import Testing

@Suite("Outliers against R")
struct OutlierOracleTests {
    @Test("Beta-binomial tails agree with sums of lbeta terms in R")
    func betaBinomial() throws {
        let golden = try OutlierFixture.numbers("beta_binomial")
        var agreement = Agreement(with: "lbeta", within: .ofTails)
        for (index, k) in golden["k"].numbers.enumerated() {
            let distribution = BetaBinomial(
                trials: golden["n"].numbers[index], a: golden["a"].numbers[index], b: golden["b"].numbers[index])
            agreement.expect(distribution?.lowerTail(k), golden["lower"].numbers[index], "lower of row \(index)")
            agreement.expect(distribution?.upperTail(k), golden["upper"].numbers[index], "upper of row \(index)")
        }
        agreement.conclude()
    }

    @Test("Negative binomial tails agree with pnbinom of R")
    func negativeBinomial() throws {
        let golden = try OutlierFixture.numbers("negative_binomial")
        var agreement = Agreement(with: "pnbinom", within: .ofTails)
        for (index, k) in golden["k"].numbers.enumerated() {
            let (mean, size) = (golden["mean"].numbers[index], golden["size"].numbers[index])
            agreement.expect(
                NegativeBinomial.lowerTail(k, mean: mean, size: size), golden["lower"].numbers[index], "\(index)")
            agreement.expect(
                NegativeBinomial.upperTail(k, mean: mean, size: size), golden["upper"].numbers[index], "\(index)")
        }
        agreement.conclude()
    }

    @Test(
        "Each month of made-up clinics agrees with pbinom, ppois, pnbinom, lbeta, qnorm, pt and pbeta in R",
        arguments: ["p_chance", "p_spread", "p_short", "u_chance", "u_spread", "u_short"])
    func screening(key: String) throws {
        let golden = try OutlierFixture.numbers(key)
        let (counts, wholes) = (golden["numerator"].column, golden["denominator"].column)
        let isRate = key.hasPrefix("u")
        let report = OutlierScreening(
            isRate ? .rates(events: counts, exposures: wholes) : .proportions(numerators: counts, denominators: wholes)
        ).eachMonth()
        var agreement = Agreement(with: "fixture \(key)", within: .ofTails)
        for (prefix, method) in [
            ("plain", isRate ? OutlierMethod.poisson : .binomial),
            ("spread", isRate ? .negativeBinomial : .betaBinomial),
        ] {
            agreement.expect(report.column(method, \.probability), golden["\(prefix)_p"].column, "\(prefix) p")
            agreement.expect(report.column(method, \.range.lower), golden["\(prefix)_lower"].column, "\(prefix) lower")
            agreement.expect(report.column(method, \.range.upper), golden["\(prefix)_upper"].column, "\(prefix) upper")
            agreement.expect(report.column(method, \.falseAlarm), golden["\(prefix)_alarm"].column, "\(prefix) alarm")
        }
        agreement.expect(
            report.column(isRate ? .poisson : .binomial, \.expected), golden["expected"].column, "expected")
        agreement.expect(report.column(.standardScore, \.score), golden["z"].column, "z")
        agreement.expect(report.column(.standardScore, \.falseAlarm), golden["z_alarm"].column, "alarm of z")
        agreement.expect(report.column(.modifiedScore, \.score), golden["modified"].column, "modified z")
        agreement.expect(report.column(.minMax, \.score), golden["minmax"].column, "min–max")
        agreement.expect(report.column(.minMax, \.falseAlarm), golden["minmax_alarm"].column, "alarm of min–max")
        agreement.conclude()
    }

    @Test("Adjusted p values agree with p.adjust(method = \"BH\") of R, ties, 0 and 1 included")
    func falseDiscovery() throws {
        let golden = try OutlierFixture.numbers("false_discovery")
        var agreement = Agreement(with: "p.adjust", within: .ofTails)
        agreement.expect(FalseDiscovery.benjaminiHochberg(golden["p"].column), golden["adjusted"].column)
        agreement.conclude()
    }

    @Test("Adjusted p values agree with R's larger set", .enabled(if: Reference.hasOracle))
    func falseDiscoveryOracle() throws {
        let (value, tolerance) = try Reference.oracle("fdr", "fdr")
        var agreement = Agreement(with: "fdr", within: tolerance)
        agreement.expect(FalseDiscovery.benjaminiHochberg(value["p"].column), value["BH"].column)
        agreement.conclude()
    }
}
