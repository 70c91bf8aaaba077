import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Bootstraps of clinics and correlation within them against R", .enabled(if: Reference.hasOracle))
struct ResamplingOracleTests {
    @Test("The wild bootstrap over its 64 samples")
    func wild() throws {
        var generator = SeededGenerator(seed: 1)
        let wild = try WildBootstrap(TrialData().nine(armFirst: true), using: &generator)
        let (value, tolerance) = try Reference.oracle("trial_cluster", "wild.enumerated")
        var agreement = Agreement(with: "trial_cluster.wild.enumerated", within: tolerance)
        agreement.expect([wild.estimate, wild.statistic], [value["beta"].number, value["t"].number])
        agreement.expect(wild.statistics.sorted(), value["t_star_sorted"].column, "statistics")
        agreement.expect(wild.p, value["p_symmetric_ge"].number, "p")
        agreement.expect(wild.equalTailP, value["p_equal_tail"].number, "p of equal tails")
        #expect(wild.isExact && wild.samples == 64 && wild.smallestP == 1.0 / 32)
        agreement.conclude()
    }

    @Test("The bootstrap of clinics over its 729 resamples")
    func clusters() throws {
        let trial = try TrialData()
        var generator = SeededGenerator(seed: 1)
        let bootstrap = try ClusterBootstrap(
            trial.clusters(trial.means(\.score) { $0.month == 9 }), using: &generator)
        let (value, tolerance) = try Reference.oracle("trial_cluster", "boot.cluster.enumerated")
        var agreement = Agreement(with: "trial_cluster.boot.cluster.enumerated", within: tolerance)
        let limits = try bootstrap.percentile()
        agreement.expect(
            [bootstrap.mean, bootstrap.standardDeviation], [value["mean"].number, value["sd"].number], "moments")
        agreement.expect([limits.lower, limits.upper], value["q"].column, "quantiles")
        #expect(bootstrap.isExact && bootstrap.hasFewClusters)
        agreement.conclude()
    }

    private func moments(
        _ value: (TrialData.Visit) -> Double?, byArm: Bool
    ) throws -> [ClusterMoments] {
        let visits = try TrialData().visits.filter { $0.month == 0 && value($0) != nil }
        let clinics = Dictionary(grouping: visits, by: \.clinic).sorted { $0.key < $1.key }.map(\.value)
        return clinics.map { visits in
            let values = visits.compactMap(value)
            return ClusterMoments(
                members: Double(values.count), sum: values.reduce(0, +), squares: values.reduce(0) { $0 + $1 * $1 },
                group: byArm && visits[0].isTreated ? 1 : 0)
        }
    }

    @Test("Correlation within clinics at baseline, of scores within arms and of urine")
    func correlation() throws {
        let score = try IntraclassCorrelation(moments(\.score, byArm: true))
        let (value, tolerance) = try Reference.oracle("trial_cluster", "icc.anova")
        var agreement = Agreement(with: "trial_cluster.icc.anova", within: tolerance)
        agreement.expect(
            [score.meanSquareBetween, score.meanSquareWithin, score.meanSize, score.value],
            ["MSB", "MSW", "n0", "icc"].map { value[$0].number })
        agreement.expect(
            [score.interval?.lower, score.interval?.upper], [value["lo"].number, value["hi"].number], "limits")
        agreement.conclude()

        let urine = try moments(\.urine, byArm: false)
        let (binary, close) = try Reference.oracle("trial_cluster", "icc.binary.anova")
        var counts = Agreement(with: "trial_cluster.icc.binary.anova", within: close)
        let found = try IntraclassCorrelation(urine)
        counts.expect([found.value, found.meanSize], [binary["anova"].number, binary["n0"].number])
        counts.expect(try IntraclassCorrelation.fleissCuzick(urine), binary["fleiss_cuzick"].number)
        counts.conclude()
    }

    @Test("Dropout in ten pairs: a gamma frailty by clinic, and the robust error within pairs with t")
    func dropout() throws {
        let rows = try Reference.table("trial_pairs.csv")
        let clinics = Set(rows.compactMap { $0["clinic"] }).sorted()
        func subjects(paired: Bool) -> [CoxSubject] {
            rows.map { row in
                CoxSubject(
                    exit: Double(row["time"] ?? "") ?? .nan, hasEvent: row["dropout"] == "1",
                    covariates: [row["arm"] == "1" ? 1 : 0],
                    stratum: paired ? Int(row["pair"]?.dropFirst() ?? "") ?? -1 : 0,
                    cluster: clinics.firstIndex(of: row["clinic"] ?? ""))
            }
        }
        let frailty = try GammaFrailty(subjects(paired: false))
        let (value, tolerance) = try Reference.oracle("extra", "pairs.cox.frailty")
        var agreement = Agreement(with: "extra.pairs.cox.frailty", within: tolerance)
        agreement.expect(frailty.coefficients[0], value["coef"]["arm"].number, "coefficient")
        agreement.conclude()
        // R's search stopped short, with the error of another variance than the one it names; run until it stands still
        // (eps = 1e-9) it gives 0.101921 and, of the whole matrix of second derivatives, 0.18404. See also the fixture.
        #expect(frailty.variance.isNear(0.101921, within: 1e-5))
        #expect(frailty.covariance[0, 0].squareRoot().isNear(0.18404, within: 1e-4))
        #expect(abs(frailty.variance - (try #require(value["theta"].number))) < 0.005)
        #expect(try frailty.effect(of: 0).degrees == 18)

        let paired = try CoxRegression.fit(subjects(paired: true)).get()
        let effect = try paired.clusteredEffect(of: 0)
        let normal = try #require(paired.hazardRatio(of: 0))
        #expect(effect.degrees == 9 && effect.p > normal.p)
    }
}
