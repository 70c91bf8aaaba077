import Foundation
import Testing

@testable import Metrics

/// Against R on data that come with it, written by script/oracle/few_clusters.R.
@Suite("Trials of few clinics against R, on data that are not ours")
struct FewClustersFixtureTests {
    private static func fixture(_ key: String) throws -> JSON {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try JSON(contentsOf: folder.appending(path: "Fixtures/few_clusters.json"))[key]
    }

    /// What R prints in full, or iterates to its own tolerance.
    private static let exact = Tolerance(relative: 1e-10, absolute: 1e-10)
    private static let iterated = Tolerance(relative: 2e-6, absolute: 1e-8)

    @Test("npk: arms within blocks, with a covariate and weights, agree with lm")
    func blocks() throws {
        let data = try Self.fixture("npk")
        let (values, arms, strata) = (data["value"].numbers, data["arm"].numbers, data["stratum"].numbers)
        let covariate = data["covariate"].numbers
        func clusters(stratified: Bool, adjusted: Bool) -> [TrialCluster] {
            values.indices.map {
                TrialCluster(
                    value: values[$0], isTreated: arms[$0] == 1, stratum: stratified ? Int(strata[$0]) : 0,
                    covariates: adjusted ? [covariate[$0]] : [])
            }
        }
        let tests = [
            ("plain", try ClusterComparison.difference(clusters(stratified: false, adjusted: false))),
            ("stratified", try ClusterComparison.difference(clusters(stratified: true, adjusted: false))),
            ("adjusted", try ClusterComparison.difference(clusters(stratified: true, adjusted: true))),
            (
                "weighted",
                try ClusterComparison.difference(
                    clusters(stratified: false, adjusted: true), weights: data["weight"].numbers)
            ),
        ]
        for (name, test) in tests {
            var agreement = Agreement(with: "lm of npk, \(name)", within: Self.exact)
            agreement.expect(
                [
                    test.estimate, test.standardError, test.degrees, test.statistic, test.p, test.interval.lower,
                    test.interval.upper,
                ], data[name].column)
            agreement.conclude()
        }
        // Within blocks the randomisation test compares what the stratified t test does.
        var generator = SeededGenerator(seed: 1)
        let drawn = try PermutationTest(
            values, Randomisation(isTreated: arms.map { $0 == 1 }, strata: strata.map { Int($0) }), using: &generator)
        #expect(drawn.difference.isNear(tests[1].1.estimate) && drawn.isExact && drawn.differences.count == 46_656)
        #expect(abs(drawn.p - tests[1].1.p) < 0.005)
    }

    private func oats() throws -> (JSON, ClusteredObservations) {
        let data = try Self.fixture("oats")
        let observations = try ClusteredObservations(
            clusters: data["cluster"].numbers.map { Int($0) },
            covariates: [data["nitrogen"].numbers, data["first"].numbers], outcomes: .each(data["yield"].numbers))
        return (data, observations)
    }

    @Test("oats in six blocks: errors by block agree with vcovCL")
    func sandwich() throws {
        let (data, observations) = try oats()
        let fit = try EstimatingEquations(observations, .linear)
        var agreement = Agreement(with: "vcovCL of oats", within: Self.exact)
        agreement.expect(fit.coefficients, data["coefficients"].column, "coefficients")
        for (name, correction) in [
            ("HC0", SandwichCorrection.liangZeger), ("HC2", .kauermannCarroll), ("HC3", .manclDeRouen),
        ] {
            let covariance = fit.covariance(correction)
            agreement.expect((0..<3).map { covariance[$0, $0].squareRoot() }, data[name].column, name)
        }
        agreement.conclude()
    }

    @Test("oats: the wild bootstrap agrees with refits of all samples, and its limits are where those turn")
    func wild() throws {
        let (data, observations) = try oats()
        var generator = SeededGenerator(seed: 1)
        let p = try data["delta"].numbers.map { delta in
            let moved = try ClusteredObservations(
                clusters: data["cluster"].numbers.map { Int($0) },
                covariates: [data["nitrogen"].numbers, data["first"].numbers],
                outcomes: .each(zip(data["yield"].numbers, data["nitrogen"].numbers).map { $0 - delta * $1 }))
            let wild = try WildBootstrap(moved, using: &generator)
            if delta == 62 {
                let webb = try WildBootstrap(moved, weights: .webb, using: &generator)
                #expect(webb.isExact && webb.samples == 46_656)
                #expect(webb.p.isNear(try #require(data["webb"].number)))
            }
            return wild.p
        }
        var agreement = Agreement(with: "refits of wild samples of oats", within: Self.exact)
        agreement.expect(p, data["rademacher"].column, "p")
        agreement.conclude()
        let limits = try WildBootstrap(observations, using: &generator).limits(level: 0.9)
        let (lower, upper) = (try #require(limits.lower), try #require(limits.upper))
        for (delta, p) in zip(data["delta"].numbers, p) { #expect((lower < delta && delta < upper) == (p > 0.1)) }
    }

    @Test("bacteria: logistic equations agree with geepack")
    func equations() throws {
        let data = try Self.fixture("bacteria")
        let observations = try ClusteredObservations(
            clusters: data["id"].numbers.map { Int($0) }, covariates: [data["drug"].numbers, data["week"].numbers],
            outcomes: .each(data["y"].numbers))
        let fit = try EstimatingEquations(
            observations, .logistic, correlation: .exchangeable, denominators: .plain)
        let expected = data["exchangeable"]
        var agreement = Agreement(with: "geepack of bacteria", within: Self.iterated)
        agreement.expect(fit.coefficients, expected["beta"].column, "coefficients")
        let covariance = fit.covariance(.liangZeger)
        agreement.expect((0..<3).map { covariance[$0, $0].squareRoot() }, expected["se"].column, "errors")
        agreement.expect([fit.correlation, fit.dispersion], [expected["alpha"].number, expected["phi"].number])
        agreement.conclude()
    }

    @Test("bacteria: the first of two stages agrees with glm and lm, from rows and from counts by pattern")
    func stageOne() throws {
        let (data, expected) = (try Self.fixture("bacteria"), try Self.fixture("stageone"))
        let (children, weeks) = (data["id"].numbers.map { Int($0) }, data["week"].numbers)
        let rows = try ClusteredObservations(
            clusters: children, covariates: [weeks], outcomes: .each(data["y"].numbers))
        let events = try StageOne.events(rows)
        var agreement = Agreement(with: "glm and lm of bacteria", within: Self.exact)
        agreement.expect(events.map(\.expected), expected["expected"].column, "expected")
        agreement.expect(try StageOne.residualMeans(rows), expected["residual"].column, "residual means")
        agreement.conclude()
        let total = events.reduce(0) { $0 + $1.difference * $1.members }
        #expect(total.isNear(0, within: 1e-9) && events.allSatisfy { $0.isMadeUp == ($0.observed == 0) })

        // Two children as one clinic: counts by week instead of rows.
        let patterns = Dictionary(grouping: children.indices) { [children[$0] / 2, Int(weeks[$0])] }.values.map { $0 }
        let counted = try ClusteredObservations(
            clusters: patterns.map { children[$0[0]] / 2 }, covariates: [patterns.map { weeks[$0[0]] }],
            outcomes: .counts(
                patterns.map { $0.reduce(0) { $0 + data["y"].numbers[$1] } }, of: patterns.map { Double($0.count) }))
        let singly = try ClusteredObservations(
            clusters: children.map { $0 / 2 }, covariates: [weeks], outcomes: .each(data["y"].numbers))
        for (one, other) in zip(try StageOne.events(counted), try StageOne.events(singly)) {
            #expect(one.observed == other.observed && one.expected.isNear(other.expected, within: 1e-9))
            #expect(one.logRatio.isNear(other.logRatio, within: 1e-9))
        }
        let means = zip(try StageOne.residualMeans(counted), try StageOne.residualMeans(singly))
        #expect(means.allSatisfy { $0.isNear($1) })
    }

    @Test("rats, kidney, lung: gamma frailties agree with coxph, where clinics are alike at a variance of 0")
    func frailty() throws {
        for (name, time, cluster, columns) in [
            ("rats", "time", "litter", ["rx"]), ("kidney", "time", "id", ["female", "age"]),
        ] {
            let data = try Self.fixture(name)
            let covariates = columns.map { data[$0].numbers }
            let subjects = data[time].numbers.indices.map { row in
                CoxSubject(
                    exit: data[time].numbers[row], hasEvent: data["status"].numbers[row] == 1,
                    covariates: covariates.map { $0[row] }, cluster: Int(data[cluster].numbers[row]))
            }
            let fit = try GammaFrailty(subjects)
            // R searches the variance to about four digits.
            var agreement = Agreement(
                with: "coxph(frailty) of \(name)", within: Tolerance(relative: 1e-3, absolute: 1e-6))
            agreement.expect(fit.coefficients, data["coef"].column, "coefficients")
            agreement.expect(
                columns.indices.map { fit.covariance[$0, $0].squareRoot() }, data["se"].column, "errors")
            agreement.expect(fit.variance, data["theta"].number, "variance")
            agreement.conclude()
            let mean = fit.frailties.reduce(0, +) / Double(fit.frailties.count)
            #expect(mean.isNear(1, within: 1e-6))
        }
        let lung = try Self.fixture("lung")
        let subjects = lung["time"].numbers.indices.map { row in
            CoxSubject(
                exit: lung["time"].numbers[row], hasEvent: lung["status"].numbers[row] == 1,
                covariates: [lung["sex"].numbers[row]], cluster: Int(lung["inst"].numbers[row]))
        }
        let fit = try GammaFrailty(subjects)
        #expect(fit.variance == 0 && fit.frailties.allSatisfy { $0 == 1 })
        #expect(try #require(lung["theta"].number) < 1e-6)
    }

    @Test("The noncentral t distribution and the power of t tests")
    func power() throws {
        let grid = try Self.fixture("noncentral")
        // R says itself that the far tails are not in full precision.
        var agreement = Agreement(with: "pt with ncp", within: Tolerance(relative: 1e-7, absolute: 1e-10))
        for row in grid["t"].numbers.indices {
            agreement.expect(
                NoncentralT.lowerTail(
                    grid["t"].numbers[row], degrees: grid["df"].numbers[row], shift: grid["shift"].numbers[row]),
                grid["p"].column[row], "t \(grid["t"].numbers[row]) df \(grid["df"].numbers[row])")
        }
        agreement.conclude()

        let expected = try Self.fixture("power")
        let six = try TrialPlan(
            treated: [30, 30, 30], control: [30, 30, 30], .init(standardDeviation: 1, correlation: 0.05))
        let pairs = try TrialPlan(
            pairs: Array(repeating: (36, 36), count: 34), .init(standardDeviation: 1, correlation: 0.05),
            matching: 0.6)
        var plans = Agreement(with: "power.t.test", within: Tolerance(relative: 1e-8, absolute: 1e-10))
        plans.expect(try six.power(effect: 0.5), expected["two"].number, "six clinics")
        plans.expect(try six.detectableEffect(), expected["detectable"].number, "detectable")
        plans.expect(try pairs.power(effect: 0.1), expected["paired"].number, "34 pairs")
        plans.conclude()
    }

    @Test("Dyestuff: correlation within batches as aov has it")
    func correlation() throws {
        let data = try Self.fixture("dyestuff")
        let batches = Dictionary(grouping: data["yield"].numbers.indices) { data["batch"].numbers[$0] }
        let moments = batches.values.map { rows in
            let yields = rows.map { data["yield"].numbers[$0] - 1500 }
            return ClusterMoments(
                members: Double(yields.count), sum: yields.reduce(0, +), squares: yields.reduce(0) { $0 + $1 * $1 })
        }
        let found = try IntraclassCorrelation(moments)
        var agreement = Agreement(with: "aov of Dyestuff", within: Self.exact)
        agreement.expect(found.value, data["icc"].number)
        agreement.expect([found.interval?.lower, found.interval?.upper], data["limits"].column)
        agreement.conclude()
    }

    @Test("Four clinics against three: BCa over all resamples")
    func corrected() throws {
        let data = try Self.fixture("bca")
        let clusters = zip(data["value"].numbers, data["arm"].numbers).map {
            TrialCluster(value: $0, isTreated: $1 == 1)
        }
        var generator = SeededGenerator(seed: 1)
        let bootstrap = try ClusterBootstrap(clusters, using: &generator)
        let (percentile, corrected) = (try bootstrap.percentile(), try #require(try bootstrap.corrected()))
        var agreement = Agreement(with: "resamples of 4 against 3", within: Self.exact)
        agreement.expect(bootstrap.standardDeviation, data["sd"].number, "sd")
        agreement.expect([percentile.lower, percentile.upper], data["percentile"].column, "percentile")
        agreement.expect([corrected.lower, corrected.upper], data["limits"].column, "BCa")
        agreement.conclude()
    }
}
