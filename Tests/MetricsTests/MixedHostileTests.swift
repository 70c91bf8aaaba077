import Testing

@testable import Metrics

/// What no model can be fitted to says so, and what is unusual is fitted.
@Suite("Mixed models of hostile data")
struct MixedHostileTests {
    private let ones = Array(repeating: 1.0, count: 8)
    private let outcome = [3.0, 5, 4, 8, 1, 2, 2, 9]

    private func fit(_ rows: MixedModelRows, _ effects: RandomEffects = .nested) throws -> LinearMixedModel {
        try LinearMixedModel(MixedStatistics(rows), effects)
    }

    @Test("Columns of different lengths, numbers that are none, negative labels")
    func impossible() {
        let clusters = [0, 0, 0, 0, 1, 1, 1, 1]
        let rows = MixedModelRows(outcome: outcome, fixed: [ones], clusters: clusters)
        #expect(throws: MixedModelFailure.impossibleData) {
            try MixedStatistics(MixedModelRows(outcome: outcome, fixed: [[1]], clusters: clusters))
        }
        for value in [Double.nan, .infinity] {
            var broken = rows
            broken.outcome[3] = value
            #expect(throws: MixedModelFailure.impossibleData) { try MixedStatistics(broken) }
        }
        var huge = rows
        huge.outcome[3] = 1e200
        #expect(throws: MixedModelFailure.impossibleData) { try MixedStatistics(huge) }
        var negative = rows
        negative.clusters[0] = -1
        #expect(throws: MixedModelFailure.impossibleData) { try MixedStatistics(negative) }
        #expect(throws: MixedModelFailure.tooFewObservations) {
            try self.fit(MixedModelRows(outcome: [], fixed: [[]], clusters: []), .clusterOnly)
        }
    }

    @Test("A client at two clinics")
    func crossed() {
        let rows = MixedModelRows(
            outcome: outcome, fixed: [ones], clusters: [0, 0, 0, 0, 1, 1, 1, 1], subjects: [0, 0, 1, 1, 1, 2, 2, 2])
        #expect(throws: MixedModelFailure.subjectInSeveralClusters(subject: 1)) { try MixedStatistics(rows) }
    }

    @Test("One clinic only, and one visit of each client, cannot be told apart")
    func unidentified() {
        let one = MixedModelRows(
            outcome: outcome, fixed: [ones], clusters: Array(repeating: 0, count: 8),
            subjects: [0, 0, 1, 1, 2, 2, 3, 3])
        #expect(throws: MixedModelFailure.notIdentified(variance: 1)) { try self.fit(one) }
        let single = MixedModelRows(
            outcome: outcome, fixed: [ones], clusters: [0, 0, 0, 1, 1, 1, 2, 2], subjects: Array(0..<8))
        // Either of the two can be said to be the one too many.
        #expect(throws: MixedModelFailure.notIdentified(variance: 1)) { try self.fit(single) }
    }

    @Test("No variation, or none that is left")
    func constant() {
        let clusters = [0, 0, 0, 0, 1, 1, 1, 1]
        #expect(throws: MixedModelFailure.noVariation) {
            try self.fit(MixedModelRows(outcome: self.ones, fixed: [self.ones], clusters: clusters), .clusterOnly)
        }
        #expect(throws: MixedModelFailure.noVariation) {
            try self.fit(
                MixedModelRows(outcome: self.outcome, fixed: [self.ones, self.outcome], clusters: clusters),
                .clusterOnly)
        }
        // Clinics differ, their members do not.
        let stepped = MixedModelRows(
            outcome: [1, 1, 1, 4, 4, 4, 2, 2], fixed: [ones], clusters: [0, 0, 0, 1, 1, 1, 2, 2])
        #expect(throws: MixedModelFailure.self) { try self.fit(stepped, .clusterOnly) }
    }

    @Test("A variance at 0 is a result")
    func boundary() throws {
        // Members differ more than clinics.
        let rows = MixedModelRows(
            outcome: [1, 9, 2, 8, 1, 9, 3, 7, 2, 8, 1, 9], fixed: [Array(repeating: 1, count: 12)],
            clusters: [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
        let fit = try fit(rows, .clusterOnly)
        #expect(fit.convergence.boundary == [0])
        #expect(fit.clusterCovariance[0, 0] == 0)
        let contrast = try #require(fit.contrast([1], degrees: .satterthwaite))
        #expect(contrast.degrees.isNear(11))
        #expect(try #require(fit.contrast([1], degrees: .satterthwaite, most: 2)).degrees == 2)
        // pbkrtest: 2, where Kenward and Roger's formulas divide 0 by 0.
        #expect(try #require(fit.contrast([1])).degrees.isNear(2))
        #expect(fit.clusterEffects()[0]?[0].value == 0)
        let test = try #require(try fit.varianceTest(0))
        #expect(test.statistic == 0 && test.p == 1)
        #expect(try #require(try fit.profileDeviationInterval(0)).lower == 0)
    }

    @Test("Columns that follow from others are left out, and said")
    func collinear() throws {
        let arm = [0.0, 0, 0, 0, 1, 1, 1, 1]
        let clusters = [0, 0, 1, 1, 2, 2, 3, 3]
        let rows = MixedModelRows(
            outcome: outcome, fixed: [ones, arm, arm.map { 1 - $0 }], clusters: clusters)
        let fit = try fit(rows, .clusterOnly)
        let own = try self.fit(MixedModelRows(outcome: outcome, fixed: [ones, arm], clusters: clusters), .clusterOnly)
        #expect(fit.dependent == [2])
        #expect(fit.coefficients[2] == nil && fit.contrast([0, 0, 1]) == nil)
        #expect(try #require(fit.coefficients[1]).isNear(try #require(own.coefficients[1])))
        #expect(fit.convergence.criterion.isNear(own.convergence.criterion))
        // An arm without anybody.
        let empty = try self.fit(
            MixedModelRows(outcome: outcome, fixed: [ones, Array(repeating: 0, count: 8)], clusters: clusters),
            .clusterOnly)
        #expect(empty.dependent == [1] && empty.contrast([0, 1]) == nil)
    }

    @Test("Nothing that leaves is no number", arguments: 30...41 as ClosedRange<UInt64>)
    func honest(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let scale = Double.pow(10, Double(Int.random(in: -8...8, using: &generator)))
        let data = generator.trial(
            clusters: Int.random(in: 2...5, using: &generator), subjects: Int.random(in: 1...5, using: &generator),
            visits: Int.random(in: 1...4, using: &generator), missed: 0.4,
            spread: (Double(Int.random(in: 0...2, using: &generator)), 1)
        ).map {
            TrialObservation(
                cluster: $0.cluster, subject: $0.subject, isIntervention: $0.isIntervention, visit: $0.visit,
                outcome: $0.outcome.map { scale * $0 }, covariates: $0.covariates)
        }
        for means in TrialModel.Means.allCases {
            for variation in [TrialModel.Variation.levels, .clusterVisits, .slopes] {
                do throws(MixedModelFailure) {
                    let design = try TrialDesign(TrialModel(means, variation), data)
                    let fit = try design.fit()
                    #expect(fit.residualVariance.isFinite && fit.convergence.criterion.isFinite)
                    for method in DegreesMethod.allCases {
                        guard let weights = design.weights(.averageDifference) else { continue }
                        guard let contrast = fit.contrast(weights, degrees: method) else { continue }
                        #expect(contrast.degrees > 0 && contrast.degrees.isFinite && contrast.p?.isFinite == true)
                        #expect(contrast.estimate.isFinite && contrast.standardError > 0)
                    }
                    for effects in fit.subjectEffects().values {
                        for effect in effects { #expect(effect.value.isFinite && effect.predictionDeviation.isFinite) }
                    }
                } catch {
                    // A typed reason is an answer too. Levels are always found; richer covariances of a handful of
                    // clients may have no largest likelihood.
                    if case .notConverged = error, variation == .levels { Issue.record("\(means): \(error)") }
                }
            }
        }
    }
}
