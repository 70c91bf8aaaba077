import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Arms compared clinic by clinic against R", .enabled(if: Reference.hasOracle))
struct ClusterOracleTests {
    private func compare(_ test: EffectTest, _ id: String, file: String = "trial_cluster") throws {
        let (value, tolerance) = try Reference.oracle(file, id)
        var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
        for (got, name) in [
            (test.estimate, "diff"), (test.estimate, "est"), (test.standardError, "se"), (test.statistic, "t"),
            (test.degrees, "df"), (test.p, "p"), (test.interval.lower, "lo"), (test.interval.upper, "hi"),
        ] {
            if let expected = value[name].number { agreement.expect(got, expected, name) }
        }
        #expect(agreement.compared >= 4)
        agreement.conclude()
    }

    private func nineMonthMeans(_ trial: TrialData) -> [Double] { trial.means(\.score) { $0.month == 9 } }
    private func urine(_ trial: TrialData) -> [Double] { trial.means(\.urine) { $0.month > 0 } }

    @Test("Clinics' means, residual means and proportions")
    func summaries() throws {
        let trial = try TrialData()
        let (value, tolerance) = try Reference.oracle("trial_cluster", "cl.means")
        var agreement = Agreement(with: "trial_cluster.cl.means", within: tolerance)
        let nine = try trial.nine()
        agreement.expect(nineMonthMeans(trial), value["mean9"].column, "means")
        agreement.expect(try StageOne.residualMeans(nine), value["resid9"].column, "residual means")
        agreement.expect(urine(trial), value["urine"].column, "urine")
        agreement.expect(nine.members, value["n"].column, "members")
        agreement.conclude()
    }

    @Test("t tests: unadjusted, in two stages, of proportions, of their logarithms, Welch's, weighted, separated")
    func studentTests() throws {
        let (trial, separated) = (try TrialData(), try TrialData("trial_separated.csv"))
        let means = trial.clusters(nineMonthMeans(trial))
        try compare(ClusterComparison.difference(means), "cl.ttest.unadjusted")
        let residuals = trial.clusters(try StageOne.residualMeans(trial.nine()))
        try compare(ClusterComparison.difference(residuals), "cl.ttest.adjusted")
        try compare(ClusterComparison.difference(trial.clusters(urine(trial))), "cl.ttest.urine")
        try compare(ClusterComparison.difference(separated.clusters(urine(separated))), "cl.ttest.separated")
        try compare(ClusterComparison.welch(means), "cl.ttest.welch")
        let weights = ClusterComparison.precisionWeights(sizes: try trial.nine().members, correlation: 0.05)
        try compare(ClusterComparison.difference(means, weights: weights), "cl.weighted")

        let followed = trial.visits.filter { $0.month > 0 && $0.urine != nil }
        let byClinic = Dictionary(grouping: followed, by: \.clinic).sorted { $0.key < $1.key }.map(\.value)
        let risks = try byClinic.map { visits in
            try #require(
                LogEvents.risk(events: visits.reduce(0) { $0 + ($1.urine ?? 0) }, members: Double(visits.count)))
        }
        let test = try ClusterComparison.difference(trial.clusters(risks))
        let ratio = try #require(test.ratio)
        let (value, tolerance) = try Reference.oracle("trial_cluster", "cl.ttest.urine.log")
        var agreement = Agreement(with: "trial_cluster.cl.ttest.urine.log", within: tolerance)
        agreement.expect(
            [ratio.point, ratio.interval.lower, ratio.interval.upper, test.p],
            ["rr", "lo", "hi", "p"].map { value[$0].number })
        agreement.conclude()
    }

    @Test("Wilcoxon's test of clinics' means agrees with wilcox.test(exact)")
    func rankSum() throws {
        let trial = try TrialData()
        let test = try RankSum(trial.clusters(nineMonthMeans(trial)))
        let (value, tolerance) = try Reference.oracle("trial_cluster", "cl.wilcoxon")
        var agreement = Agreement(with: "trial_cluster.cl.wilcoxon", within: tolerance)
        agreement.expect([test.statistic, test.p], [value["W"].number, value["p"].number])
        agreement.conclude()
    }

    private func permutation(_ values: [Double], _ arms: [Bool], strata: [Int]? = nil) throws -> PermutationTest {
        var generator = SeededGenerator(seed: 1)
        return try PermutationTest(values, Randomisation(isTreated: arms, strata: strata), using: &generator)
    }

    @Test("Randomisation tests over the 20 allocations of 3 against 3")
    func permutations() throws {
        let (trial, separated) = (try TrialData(), try TrialData("trial_separated.csv"))
        let cases = [
            ("perm.mean9", nineMonthMeans(trial), trial.arms),
            ("perm.adjusted9", try StageOne.residualMeans(trial.nine()), trial.arms),
            ("perm.urine", urine(trial), trial.arms), ("perm.separated", urine(separated), separated.arms),
        ]
        for (id, values, arms) in cases {
            let test = try permutation(values, arms)
            let (value, tolerance) = try Reference.oracle("trial_cluster", id)
            var agreement = Agreement(with: "trial_cluster.\(id)", within: tolerance)
            agreement.expect(test.difference, value["observed"].number, "difference")
            agreement.expect(test.differences, value["statistics"].column, "differences")
            agreement.expect(
                [test.p, test.upperP, test.lowerP],
                ["p_two_sided", "p_upper", "p_lower"].map { value[$0].number }, "p")
            #expect(test.isExact && test.smallestP == 0.1)
            agreement.conclude()
        }
    }

    @Test("The interval of effects that the test does not reject, and the signs of three pairs")
    func inversion() throws {
        let trial = try TrialData()
        let residuals = try StageOne.residualMeans(trial.nine())
        let test = try permutation(residuals, trial.arms)
        let limits = try test.limits(level: 0.9)
        let (value, tolerance) = try Reference.oracle("trial_cluster", "perm.ci90")
        var agreement = Agreement(with: "trial_cluster.perm.ci90", within: tolerance)
        agreement.expect([limits.lower, limits.upper], [value["lower"].number, value["upper"].number])
        agreement.conclude()
        let whole = try test.limits(level: 0.95)
        #expect(whole.lower == nil && whole.upper == nil)

        let matched = try permutation(
            residuals, [true, false, true, false, true, false], strata: [1, 1, 2, 2, 3, 3])
        let (signs, close) = try Reference.oracle("trial_cluster", "perm.matched")
        var pairs = Agreement(with: "trial_cluster.perm.matched", within: close)
        pairs.expect(matched.difference, signs["observed"].number, "difference")
        pairs.expect(matched.differences.sorted(), signs["statistics"].numbers.sorted(), "differences")
        pairs.expect(matched.p, signs["p_two_sided"].number, "p")
        pairs.conclude()
        #expect(matched.smallestP == 0.25)
    }

    @Test("Ten pairs of clinics: dropout rates and mean scores, by t and by signs")
    func pairs() throws {
        let rows = try Reference.table("trial_pairs.csv").map { $0.mapValues { Double($0) } }
        let names = try Reference.table("trial_pairs.csv").map { ($0["clinic"] ?? "", $0["pair"] ?? "") }
        let clinics = Dictionary(grouping: rows.indices) { names[$0].0 }.sorted { $0.key < $1.key }
        func sums(_ column: String) -> [Double] {
            clinics.map { $0.value.reduce(0) { $0 + (rows[$1][column].flatMap { $0 } ?? .nan) } }
        }
        let (dropouts, times, scores) = (sums("dropout"), sums("time"), sums("score"))
        let sizes = clinics.map { Double($0.value.count) }
        let arms = clinics.map { rows[$0.value[0]]["arm"] == 1 }
        let pairs = clinics.map { Int(names[$0.value[0]].1.dropFirst()) ?? 0 }

        let means = zip(scores, sizes).map { $0 / $1 }
        let (value, tolerance) = try Reference.oracle("extra", "pairs.clinics")
        var agreement = Agreement(with: "extra.pairs.clinics", within: tolerance)
        agreement.expect(dropouts, value["D"].column, "dropouts")
        agreement.expect(times, value["pt"].column, "days")
        agreement.expect(means, value["mean"].column, "means")
        agreement.conclude()

        let rates = try zip(dropouts, times).map { try #require(LogEvents.rate(events: $0, time: $1)) }
        for (student, signed, values) in [
            ("pairs.lograte.t", "pairs.lograte.perm", rates), ("pairs.mean.t", "pairs.mean.perm", means),
        ] {
            let clusters = values.indices.map {
                TrialCluster(value: values[$0], isTreated: arms[$0], stratum: pairs[$0])
            }
            try compare(ClusterComparison.difference(clusters), student, file: "extra")
            let test = try permutation(values, arms, strata: pairs)
            let (expected, close) = try Reference.oracle("extra", signed)
            var signs = Agreement(with: "extra.\(signed)", within: close)
            signs.expect([test.difference, test.p], [expected["observed"].number, expected["p_two_sided"].number])
            signs.conclude()
            #expect(test.differences.count == 1024 && test.smallestP == 2.0 / 1024)
        }
    }
}
