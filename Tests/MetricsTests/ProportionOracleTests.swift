import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Proportions and many tests at once against R's larger set", .enabled(if: Reference.hasOracle))
struct ProportionOracleTests {
    @Test("Wilson's limits agree with prop.test, Clopper & Pearson's and Jeffreys' with qbeta")
    func limits() throws {
        for id in ["prop.wilson", "prop.others", "prop.sites"] {
            let (value, tolerance) = try Reference.oracle("proportions", id)
            var agreement = Agreement(with: "proportions.\(id)", within: tolerance)
            let methods: [(String, (Double, Double, Double) -> Estimate)] =
                id == "prop.others"
                ? [("cp_", Proportion.clopperPearson), ("j_", Proportion.jeffreys)] : [("", Proportion.wilson)]
            let (successes, trials) = id == "prop.sites" ? ("positives", "tests") : ("x", "n")
            for index in value[trials].column.indices {
                let (x, n) = (value[successes].column[index] ?? -1, value[trials].column[index] ?? 0)
                for (prefix, method) in methods {
                    let interval = method(x, n, 0.95).value?.interval
                    agreement.expect(interval?.lower, value["\(prefix)lo"].column[index], "\(prefix)lower of \(x)/\(n)")
                    agreement.expect(interval?.upper, value["\(prefix)hi"].column[index], "\(prefix)upper of \(x)/\(n)")
                }
            }
            agreement.conclude()
        }
    }

    @Test("A difference of two proportions agrees with Newcombe's method 10 from prop.test, its p with prop.test")
    func difference() throws {
        let (value, tolerance) = try Reference.oracle("proportions", "prop.diff.newcombe")
        var agreement = Agreement(with: "proportions.prop.diff.newcombe", within: tolerance)
        for index in value["x1"].numbers.indices {
            let numbers = ["x1", "n1", "x0", "n0"].map { value[$0].numbers[index] }
            let estimate = ProportionDifference.newcombe(
                successes: numbers[0], trials: numbers[1], comparedSuccesses: numbers[2], comparedTrials: numbers[3])
            let p = ProportionDifference.p(
                successes: numbers[0], trials: numbers[1], comparedSuccesses: numbers[2], comparedTrials: numbers[3])
            agreement.expect(estimate.value?.point, value["d"].column[index], "difference \(index)")
            agreement.expect(estimate.value?.interval?.lower, value["lo"].column[index], "lower \(index)")
            agreement.expect(estimate.value?.interval?.upper, value["hi"].column[index], "upper \(index)")
            agreement.expect(p, value["p"].column[index], "p \(index)")
        }
        agreement.conclude()
    }

    /// Positive tests and tests of each client.
    private func clients() throws -> [(positive: Double, tests: Double)] {
        Dictionary(grouping: try Reference.table("urine_repeated.csv")) { $0["client"] ?? "" }.values.map { tests in
            (tests.reduce(0) { $0 + (Double($1["pos"] ?? "") ?? .nan) }, Double(tests.count))
        }
    }

    @Test("Repeated tests: ratio, error, design effect and Wilson at the effective number agree with R and vcovCL")
    func repeated() throws {
        let sums = TestSums(try clients())
        let (value, tolerance) = try Reference.oracle("proportions", "urine.ratio")
        var agreement = Agreement(with: "proportions.urine.ratio", within: tolerance)
        let estimate = try #require(Proportion.clustered(sums).value)
        let variance = try #require(sums.variance)
        let effect = try #require(sums.designEffect)
        agreement.expect(sums.clients, value["K"].number)
        agreement.expect(estimate.denominator, value["tests"].number)
        agreement.expect(estimate.numerator, value["positive"].number)
        agreement.expect(estimate.point, value["p"].number)
        agreement.expect(variance.squareRoot(), value["se_cr1"].number)
        agreement.expect((variance * (sums.clients - 1) / sums.clients).squareRoot(), value["se_cr0"].number)
        agreement.expect(effect, value["deff"].number)
        agreement.expect(sums.tests / effect, value["n_eff"].number)
        agreement.expect(estimate.interval?.lower, value["wilson_neff_lo"].number)
        agreement.expect(estimate.interval?.upper, value["wilson_neff_hi"].number)
        agreement.conclude()

        let (logit, close) = try Reference.oracle("proportions", "urine.crosscheck.vcovCL")
        var crosscheck = Agreement(with: "proportions.urine.crosscheck.vcovCL", within: close)
        let slope = estimate.point * (1 - estimate.point)
        crosscheck.expect(.log(estimate.point / (1 - estimate.point)), logit["coef"]["(Intercept)"].number)
        crosscheck.expect(variance / (slope * slope), logit["v_cadj"].number)
        crosscheck.conclude()
    }

    @Test("Each client's own share, and clients with any positive test, agree with mean, qt and prop.test")
    func clientMean() throws {
        let clients = try clients()
        let (value, tolerance) = try Reference.oracle("proportions", "urine.clientmean")
        var agreement = Agreement(with: "proportions.urine.clientmean", within: tolerance)
        let mean = try #require(Mean.ofPeople(clients.map { $0.positive / $0.tests }).value)
        let any = Double(clients.count { $0.positive > 0 })
        let share = try #require(Proportion.wilson(successes: any, trials: Double(clients.count)).value?.interval)
        agreement.expect(mean.point, value["mean"].number)
        agreement.expect(mean.interval?.lower, value["lo"].number)
        agreement.expect(mean.interval?.upper, value["hi"].number)
        agreement.expect(any, value["any"].number)
        agreement.expect([share.lower, share.upper], value["any_ci"].column)
        agreement.conclude()
    }

    @Test("Adjusted p values agree with p.adjust, two-stage rejections and the share of true hypotheses with R")
    func manyTests() throws {
        let (value, tolerance) = try Reference.oracle("fdr", "fdr")
        var agreement = Agreement(with: "fdr.fdr", within: tolerance)
        let p = value["p"].numbers
        agreement.expect(FalseDiscovery.benjaminiHochberg(p), value["BH"].column, "BH")
        agreement.expect(FalseDiscovery.benjaminiYekutieli(p), value["BY"].column, "BY")
        agreement.expect(FamilywiseError.holm(p), value["holm"].column, "Holm")
        agreement.expect(FamilywiseError.hochberg(p), value["hochberg"].column, "Hochberg")
        agreement.expect(FamilywiseError.bonferroni(p), value["bonferroni"].column, "Bonferroni")
        agreement.expect(
            Double(FalseDiscovery.twoStageRejections(p, q: 0.05)), value["bky_rejections"].number, "two-stage")
        agreement.expect(FalseDiscovery.trueShare(p), value["storey_pi0_half"].number, "share true")
        agreement.conclude()
    }
}
