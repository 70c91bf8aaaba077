import Testing

@testable import Metrics

/// What must hold of bootstraps, correlations and plans, whatever the data.
@Suite("Bootstraps, correlation within clinics and plans: what must hold")
struct ResamplingPropertyTests {
    private func wild(_ rows: EstimatingPropertyTests.Rows, _ law: WildWeights = .rademacher) throws -> WildBootstrap {
        var generator = SeededGenerator(seed: 5)
        return try WildBootstrap(rows.data(), weights: law, using: &generator)
    }

    @Test("Wild: shift and scale of the outcome, order of the rows and an effect taken out", arguments: 1...6)
    func wildInvariances(seed: Int) throws {
        let rows = EstimatingPropertyTests.rows(seed: seed, .linear, clusters: 6 + seed % 3)
        let own = try wild(rows)
        var moved = rows
        moved.outcomes = rows.outcomes.map { 3 * $0 + 100 }
        let scaled = try wild(moved)
        #expect(scaled.estimate.isNear(3 * own.estimate, within: 1e-9) && scaled.p == own.p)

        let limits = try own.limits(level: 0.9)
        moved.outcomes = zip(rows.outcomes, rows.arm).map { $0 - 2 * $1 }
        let lowered = try wild(moved)
        #expect(lowered.estimate.isNear(own.estimate - 2, within: 1e-9))
        #expect(lowered.standardError.isNear(own.standardError, within: 1e-9))
        let limits2 = try lowered.limits(level: 0.9)
        if let upper = limits.upper, let upper2 = limits2.upper { #expect(upper2.isNear(upper - 2, within: 1e-6)) }
        #expect((limits.lower == nil) == (limits2.lower == nil))

        // At a limit, p crosses 1 − level.
        if let upper = limits.upper {
            for (shift, isKept) in [(-1e-5, true), (1e-5, false)] {
                moved.outcomes = zip(rows.outcomes, rows.arm).map { $0 - (upper + shift) * $1 }
                #expect(try (wild(moved).p > 0.1) == isKept)
            }
        }
        // The CR1 error is that of the estimating equations but for the factor (N − 1)/(N − p).
        let fit = try EstimatingEquations(rows.data(), .linear)
        let n = Double(rows.arm.count)
        let variance = fit.covariance(.clusterCount)[1, 1] * (n - 1) / (n - 3)
        #expect(own.standardError.isNear(variance.squareRoot(), within: 1e-9))
        #expect(own.estimate.isNear(fit.coefficients[1], within: 1e-9))
    }

    @Test("Wild: samples drawn where there are too many agree with all of them, and say so")
    func wildDrawn() throws {
        let rows = EstimatingPropertyTests.rows(seed: 7, .linear, clusters: 8)
        let (all, drawn) = (try wild(rows), try wild(rows, .webb))
        #expect(all.isExact && all.samples == 256 && !drawn.isExact && drawn.samples == 10_000)
        #expect(abs(all.p - drawn.p) < 0.1 && drawn.p >= drawn.smallestP)
        #expect(try wild(rows, .webb).p == drawn.p)
        let limits = try drawn.limits(level: 0.9)
        if let interval = limits.interval {
            #expect(interval.lower < drawn.estimate && drawn.estimate < interval.upper)
        }
    }

    @Test("Wild: of four clusters no effect is ever rejected at 5 %")
    func wildUnbounded() throws {
        let own = try wild(EstimatingPropertyTests.rows(seed: 8, .linear, clusters: 4))
        let limits = try own.limits()
        #expect(own.smallestP == 1.0 / 8 && limits.lower == nil && limits.upper == nil)
    }

    @Test("Wild: what cannot be estimated says why")
    func wildFailures() throws {
        var rows = EstimatingPropertyTests.rows(seed: 1, .linear)
        rows.covariate = rows.arm
        #expect(throws: ClusterFailure.dependentColumns) { try wild(rows) }
        rows = EstimatingPropertyTests.rows(seed: 1, .linear)
        rows.outcomes = rows.arm.map { _ in 0.1 }
        #expect(throws: ClusterFailure.noVariation) { try wild(rows) }
        rows.outcomes = rows.arm
        #expect(throws: ClusterFailure.noVariation) { try wild(rows) }
        rows.clusters = rows.arm.map { _ in 1 }
        #expect(throws: ClusterFailure.tooFewClusters) { try wild(rows) }
    }

    private func bootstrap(_ values: [Double], treated: Int, draws: Int = 1_999) throws -> ClusterBootstrap {
        var generator = SeededGenerator(seed: 3)
        return try ClusterBootstrap(
            values.enumerated().map { TrialCluster(value: $1, isTreated: $0 < treated) }, draws: draws,
            using: &generator)
    }

    @Test("Bootstrap: enumerated moments are those of theory, and drawn resamples come near")
    func bootstrap() throws {
        var generator = SeededGenerator(seed: 1)
        let values = (0..<10).map { _ in Double.random(in: 0...4, using: &generator) }
        let own = try bootstrap(values, treated: 4)
        #expect(own.isExact && own.mean.isNear(own.difference))
        let variances = [values[..<4], values[4...]].map { arm in
            let mean = arm.reduce(0, +) / Double(arm.count)
            return arm.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(arm.count * arm.count)
        }
        #expect(own.standardDeviation.isNear((variances[0] + variances[1]).squareRoot()))

        let many = (0..<50).map { _ in Double.random(in: 0...4, using: &generator) }
        let drawn = try bootstrap(many, treated: 25, draws: 20_000)
        #expect(!drawn.isExact && !drawn.hasFewClusters && own.hasFewClusters)
        let clusters = many.enumerated().map { TrialCluster(value: $1, isTreated: $0 < 25) }
        let test = try ClusterComparison.difference(clusters)
        #expect(abs(drawn.standardDeviation / test.standardError - 0.98) < 0.02)
        let (percentile, corrected) = (try drawn.percentile(), try #require(try drawn.corrected()))
        #expect(abs(percentile.lower - corrected.lower) < 0.1 * drawn.standardDeviation)
        #expect(throws: ClusterFailure.noVariation) { try bootstrap([1, 1, 1, 1], treated: 2) }
        #expect(throws: ClusterFailure.emptyArm) { try bootstrap([1, 2, 3], treated: 0) }
        #expect(throws: ClusterFailure.tooFewClusters) { try bootstrap([1, 2, 3], treated: 1) }
    }

    @Test("Correlation: clinics alike give less than 0, members alike 1; scale and groups' means do not matter")
    func correlation() throws {
        func moments(_ clinics: [[Double]], groups: [Int]? = nil) -> [ClusterMoments] {
            clinics.enumerated().map { index, values in
                ClusterMoments(
                    members: Double(values.count), sum: values.reduce(0, +),
                    squares: values.reduce(0) { $0 + $1 * $1 }, group: groups?[index] ?? 0)
            }
        }
        let alike = try IntraclassCorrelation(moments([[1, 2, 3], [1, 2, 3], [3, 1, 2]]))
        #expect(alike.value.isNear(-0.5))
        let same = try IntraclassCorrelation(moments([[1, 1], [2, 2], [4, 4, 4]]))
        #expect(same.value == 1 && same.interval == nil)

        let clinics: [[Double]] = [[1, 2, 4], [3, 5], [2, 2, 6, 7], [5, 8]]
        let own = try IntraclassCorrelation(moments(clinics, groups: [0, 0, 1, 1]))
        let moved = clinics.enumerated().map { index, values in values.map { 5 * $0 + (index > 1 ? 30 : 10) } }
        let other = try IntraclassCorrelation(moments(moved, groups: [0, 0, 1, 1]))
        #expect(own.value.isNear(other.value) && own.degreesBetween == 2 && own.degreesWithin == 7)
        let interval = try #require(own.interval)
        #expect(interval.lower < own.value && own.value < interval.upper)
        #expect(throws: ClusterFailure.noVariation) { try IntraclassCorrelation(moments([[3, 3], [3, 3]])) }
        #expect(throws: ClusterFailure.tooFewClusters) { try IntraclassCorrelation(moments([[1, 2]])) }
        #expect(throws: ClusterFailure.tooFewClusters) { try IntraclassCorrelation(moments([[1], [2]])) }
        #expect(throws: ClusterFailure.noVariation) {
            try IntraclassCorrelation.fleissCuzick([.count(0, of: 4), .count(0, of: 3)])
        }
        #expect(throws: ClusterFailure.misshapen) {
            try IntraclassCorrelation.fleissCuzick([.count(5, of: 4), .count(0, of: 3)])
        }
        #expect(try IntraclassCorrelation.fleissCuzick([.count(4, of: 4), .count(0, of: 4)]) == 1)
    }

    @Test("Design effect and plans: equal sizes, unequal ones, clinics without resemblance")
    func plans() throws {
        #expect(try DesignEffect(sizes: [30, 30, 30], correlation: 0.05).value.isNear(2.45))
        let unequal = try DesignEffect(sizes: [10, 50], correlation: 0.05)
        // Σm²/Σm is 2600/60.
        #expect(unequal.value.isNear(1 + (2600.0 / 60 - 1) * 0.05) && unequal.sizeVariation.isNear(20.0 / 30))
        #expect(throws: ClusterFailure.misshapen) { try DesignEffect(sizes: [0, 3], correlation: 0.1) }

        let spread = TrialPlan.Spread(standardDeviation: 6, correlation: 0.05)
        let plan = try TrialPlan(treated: [20, 40, 30], control: [30, 30, 30], spread)
        let even = try TrialPlan(treated: [30, 30, 30], control: [30, 30, 30], spread)
        #expect(plan.standardError > even.standardError && plan.degrees == 4)
        let effect = try plan.detectableEffect()
        #expect(try plan.power(effect: effect).isNear(0.8))
        #expect(try plan.power(effect: 0).isNear(0.05) && plan.power(effect: -3).isNear(plan.power(effect: 3)))
        #expect(try plan.power(effect: 1e6).isNear(1))
        // Nothing can be planned with a correlation below 0.
        let negative = try TrialPlan(
            treated: [30], control: [30, 30], .init(standardDeviation: 6, correlation: -0.02))
        let none = try TrialPlan(treated: [30], control: [30, 30], .init(standardDeviation: 6, correlation: 0))
        #expect(negative == none)
        #expect(throws: ClusterFailure.tooFewClusters) { try TrialPlan(treated: [30], control: [30], spread) }
        #expect(throws: ClusterFailure.emptyArm) { try TrialPlan(treated: [], control: [30], spread) }
        #expect(throws: ClusterFailure.noVariation) {
            try TrialPlan(treated: [30, 3], control: [30], .init(proportion: 0, correlation: 0.1))
        }
        #expect(throws: ClusterFailure.invalidLevel) { try plan.detectableEffect(power: 0.01) }
        let matched = try TrialPlan(pairs: [(30, 30), (30, 30), (30, 30)], spread, matching: 0.8)
        #expect(matched.degrees == 2 && matched.standardError < even.standardError)
    }

    @Test("Frailty: what must hold of dropout in clinics")
    func frailty() throws {
        var generator = SeededGenerator(seed: 4)
        let subjects = (0..<8).flatMap { clinic in
            let rate = Double.exp(Double.random(in: -1.2...1.2, using: &generator))
            return (0..<20).map { _ in
                let time = -Double.log(Double.random(in: 1e-9..<1, using: &generator)) / rate * 100
                return CoxSubject(
                    exit: min(150, time.rounded(.up)), hasEvent: time < 150, covariates: [Double(clinic % 2)],
                    cluster: clinic)
            }
        }
        let own = try GammaFrailty(subjects)
        #expect(own.variance > 0.05 && own.frailties.count == 8)
        // Its error knows of the differences between clinics, which the plain regression's does not.
        let plain = try CoxRegression.fit(subjects).get()
        #expect(own.covariance[0, 0] > 1.5 * plain.covariance[0, 0])
        let renamed = subjects.shuffled(using: &generator).map {
            CoxSubject(
                exit: 7 * $0.exit, hasEvent: $0.hasEvent, covariates: $0.covariates, cluster: 100 - ($0.cluster ?? 0))
        }
        let again = try GammaFrailty(renamed)
        #expect(again.variance.isNear(own.variance, within: 1e-6))
        #expect(again.coefficients[0].isNear(own.coefficients[0], within: 1e-6))
        #expect(zip(again.frailties.reversed(), own.frailties).allSatisfy { $0.isNear($1, within: 1e-5) })

        let nobody = subjects.map { CoxSubject(exit: $0.exit, hasEvent: false, covariates: [0], cluster: 1) }
        #expect(throws: ClusterFailure.tooFewClusters) { try GammaFrailty(nobody) }
        let quiet = subjects.map {
            CoxSubject(exit: $0.exit, hasEvent: false, covariates: $0.covariates, cluster: $0.cluster)
        }
        #expect(throws: ClusterFailure.noEvents) { try GammaFrailty(quiet) }
        let plainOnly = try CoxRegression.fit(
            subjects.map { CoxSubject(exit: $0.exit, hasEvent: $0.hasEvent, covariates: $0.covariates) }
        ).get()
        #expect(throws: ClusterFailure.tooFewClusters) { try plainOnly.clusteredEffect(of: 0) }
    }
}

extension ResamplingPropertyTests {
    @Test("The frailty's risk sets are those of the Cox regression with a column for each clinic", arguments: 1...5)
    func markedRiskSets(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(300 + seed))
        let subjects = (0..<60).map { _ in
            let exit = Double(Int.random(in: 2...12, using: &generator))
            return CoxSubject(
                entry: seed % 2 == 0 ? exit - Double(Int.random(in: 1...5, using: &generator)) : -.infinity,
                exit: exit, hasEvent: Bool.random(using: &generator),
                covariates: (0..<2).map { _ in Double.random(in: -1...1, using: &generator) },
                stratum: Int.random(in: 0..<2, using: &generator), cluster: Int.random(in: 0..<4, using: &generator))
        }
        let coefficients = (0..<6).map { _ in Double.random(in: -0.7...0.7, using: &generator) }
        let marked = subjects.map { subject in
            CoxSubject(
                entry: subject.entry, exit: subject.exit, hasEvent: subject.hasEvent,
                covariates: subject.covariates + (0..<4).map { $0 == subject.cluster ? 1 : 0 }, stratum: subject.stratum
            )
        }
        let strata = [0, 1].map { stratum in
            RiskSets(marked, stratum: marked.indices.filter { marked[$0].stratum == stratum }, efron: true)
        }
        let slow = CoxRegression.derivatives(strata, coefficients)
        let fast = FrailtySums(subjects, clusters: 4).derivatives(coefficients)
        #expect(fast.logLikelihood.isNear(slow.logLikelihood))
        #expect(zip(fast.score, slow.score).allSatisfy { $0.isNear($1, within: 1e-9) })
        for row in 0..<6 {
            for column in 0..<6 {
                #expect(fast.information[row, column].isNear(slow.information[row, column], within: 1e-9))
            }
        }
    }
}
