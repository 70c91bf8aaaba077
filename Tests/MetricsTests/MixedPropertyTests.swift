import Testing

@testable import Metrics

/// What must not change, or change in a known way, when data are told differently.
@Suite("Properties of mixed models")
struct MixedPropertyTests {
    private static let models = TrialModel.Means.allCases.flatMap { means in
        [TrialModel.Variation.levels, .clusterVisits, .slopes].map { TrialModel(means, $0) }
    }

    private func observations(_ seed: UInt64) -> [TrialObservation] {
        var generator = SeededGenerator(seed: seed)
        return generator.trial(subjects: 9, visits: 4)
    }

    private func answer(
        _ model: TrialModel, _ observations: [TrialObservation], _ method: DegreesMethod = .kenwardRoger
    ) throws -> (fit: LinearMixedModel, contrast: MixedContrast) {
        let design = try TrialDesign(model, observations)
        let fit = try design.fit()
        let weights = try #require(design.weights(.difference(visit: 2)))
        return (fit, try #require(fit.contrast(weights, degrees: method)))
    }

    private func expectSame(_ one: MixedContrast, _ other: MixedContrast, scale: Double = 1, _ what: String) {
        #expect(other.estimate.isNear(scale * one.estimate, within: 1e-7), "\(what)")
        #expect(other.standardError.isNear(abs(scale) * one.standardError, within: 1e-7), "\(what)")
        #expect(other.degrees.isNear(one.degrees, within: 1e-6), "\(what)")
    }

    @Test("Order of rows and numbers of clinics and clients do not matter", arguments: models)
    func relabelled(model: TrialModel) throws {
        let data = observations(21)
        var generator = SeededGenerator(seed: 5)
        let last = data.map(\.subject).max() ?? 0
        let shuffled = data.shuffled(using: &generator).map {
            TrialObservation(
                cluster: 5 - $0.cluster, subject: last - $0.subject, isIntervention: $0.isIntervention, visit: $0.visit,
                outcome: $0.outcome, covariates: $0.covariates)
        }
        expectSame(try answer(model, data).contrast, try answer(model, shuffled).contrast, "\(model)")
    }

    @Test("Another unit and another origin of the outcome", arguments: models)
    func rescaled(model: TrialModel) throws {
        let data = observations(22)
        let one = try answer(model, data)
        for (scale, origin) in [(1000.0, 0.0), (1e-6, 0), (-1, 50), (1, 1e6)] {
            let moved = data.map {
                TrialObservation(
                    cluster: $0.cluster, subject: $0.subject, isIntervention: $0.isIntervention, visit: $0.visit,
                    outcome: $0.outcome.map { scale * $0 + origin }, covariates: $0.covariates)
            }
            let other = try answer(model, moved)
            expectSame(one.contrast, other.contrast, scale: scale, "\(model) \(scale) \(origin)")
            #expect(other.fit.residualVariance.isNear(scale * scale * one.fit.residualVariance, within: 1e-7))
        }
    }

    @Test("Another unit of a covariate")
    func covariate() throws {
        let data = observations(23)
        let scaled = data.map {
            TrialObservation(
                cluster: $0.cluster, subject: $0.subject, isIntervention: $0.isIntervention, visit: $0.visit,
                outcome: $0.outcome, covariates: $0.covariates.map { 1e5 * $0 + 3e5 })
        }
        let model = TrialModel(.armByVisit)
        expectSame(try answer(model, data).contrast, try answer(model, scaled).contrast, "covariate")
    }

    @Test("A clinic that counts twice is two clinics that are alike")
    func duplicated() throws {
        let data = observations(24)
        let last = (data.map(\.subject).max() ?? 0) + 1
        let copies = data.filter { $0.cluster < 2 }.map {
            TrialObservation(
                cluster: $0.cluster + 6, subject: $0.subject + last, isIntervention: $0.isIntervention, visit: $0.visit,
                outcome: $0.outcome, covariates: $0.covariates)
        }
        let (one, twice) = (try TrialDesign(TrialModel(.line), data), try TrialDesign(TrialModel(.line), data + copies))
        let counted = try LinearMixedModel(
            MixedStatistics(one.rows), one.effects, multiplicities: [2, 2, 1, 1, 1, 1])
        let copied = try twice.fit()
        #expect(counted.rows == copied.rows && counted.clusterCount == 8)
        #expect(counted.convergence.criterion.isNear(copied.convergence.criterion))
        for (a, b) in zip(counted.coefficients, copied.coefficients) {
            #expect(try #require(a).isNear(try #require(b)))
        }
        let weights = try #require(one.weights(.change(visit: 2)))
        expectSame(try #require(copied.contrast(weights)), try #require(counted.contrast(weights)), "copies")
    }

    @Test("A model without a clinic is the model of the others")
    func leftOut() throws {
        let data = observations(25)
        let design = try TrialDesign(TrialModel(.armByVisit), data)
        let weights = try #require(design.weights(.averageChange))
        let refits = try design.fit().withoutEachCluster([weights])
        #expect(refits.count == 6)
        for (left, refit) in refits.enumerated() {
            let others = data.filter { $0.cluster != left }.map {
                TrialObservation(
                    cluster: $0.cluster > left ? $0.cluster - 1 : $0.cluster, subject: $0.subject,
                    isIntervention: $0.isIntervention, visit: $0.visit, outcome: $0.outcome, covariates: $0.covariates)
            }
            let fit = try TrialDesign(TrialModel(.armByVisit), others).fit()
            #expect(try refit.get().convergence.criterion.isNear(fit.convergence.criterion, within: 1e-8))
            #expect(
                try #require(try refit.get().estimates[0]).isNear(
                    try #require(fit.contrast(weights)).estimate, within: 1e-7))
        }
    }

    @Test("The same seed draws the same clinics, and strata keep their numbers")
    func bootstrap() throws {
        let design = try TrialDesign(TrialModel(.armByVisit), observations(26))
        let weights = try #require(design.weights(.difference(visit: 2)))
        let fit = try design.fit()
        func draw(_ seed: UInt64) throws -> [MixedRefit] {
            var generator = SeededGenerator(seed: seed)
            let refits = fit.bootstrap([weights], replicates: 40, strata: [0, 1, 0, 1, 0, 1], using: &generator)
            return refits.compactMap { try? $0.get() }
        }
        let (one, again) = (try draw(3), try draw(3))
        #expect(one.map(\.estimates) == again.map(\.estimates) && one.count > 30)
        for refit in one {
            #expect(refit.multiplicities[0] + refit.multiplicities[2] + refit.multiplicities[4] == 3)
            #expect(refit.estimates[0]?.isFinite == true)
        }
        #expect(Set(one.map { $0.estimates[0] ?? 0 }).count > 5)
    }

    @Test("Sums as a database tells them give the fit of the rows")
    func grouped() throws {
        let design = try TrialDesign(TrialModel(.armByVisit), observations(27))
        let rows = design.rows
        let z = (0..<rows.outcome.count).map { row in rows.fixed.map { $0[row] } + [rows.outcome[row] - 30] }
        func outer(_ x: [Double]) -> [Double] { x.flatMap { a in x.map { a * $0 } } }
        func sum(_ all: [[Double]]) -> [Double] {
            all.dropFirst().reduce(all[0]) { zip($0, $1).map { $0 + $1 } }
        }
        let clusters = (0..<6).map { cluster in
            let own = rows.clusters.indices.filter { rows.clusters[$0] == cluster }.map { z[$0] }
            return ClusterSums(rows: own.count, sums: sum(own), products: sum(own.map(outer)))
        }
        let subjects = Dictionary(grouping: rows.outcome.indices) { rows.subjects?[$0] ?? 0 }.values
        let groups = Dictionary(grouping: subjects) { [rows.clusters[$0[0]], $0.count] }.map { key, own in
            let sums = own.map { sum($0.map { z[$0] }) }
            return SubjectGroup(
                cluster: key[0], size: key[1], subjects: own.count, sums: sum(sums), products: sum(sums.map(outer)))
        }
        let fromSums = try LinearMixedModel(
            MixedStatistics(columns: rows.fixed.count, clusters: clusters, groups: groups), .nested)
        let fromRows = try design.fit()
        #expect(fromSums.convergence.criterion.isNear(fromRows.convergence.criterion))
        for question in [TrialQuestion.change(visit: 2), .averageChange, .difference(visit: 1)] {
            let weights = try #require(design.weights(question))
            expectSame(
                try #require(fromRows.contrast(weights)), try #require(fromSums.contrast(weights)), "\(question)")
        }
    }

    @Test("Balanced data give the analysis of variance")
    func balanced() throws {
        var generator = SeededGenerator(seed: 28)
        let (groups, size) = (7, 5)
        let values = (0..<groups).map { _ -> [Double] in
            let level = 3 * generator.normal()
            return (0..<size).map { _ in 10 + level + generator.normal() }
        }
        let means = values.map { $0.reduce(0, +) / Double(size) }
        let mean = means.reduce(0, +) / Double(groups)
        let between = Double(size) * means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(groups - 1)
        let within =
            zip(values, means).reduce(0) { sum, pair in pair.0.reduce(sum) { $0 + ($1 - pair.1) * ($1 - pair.1) } }
            / Double(groups * (size - 1))
        let rows = MixedModelRows(
            outcome: values.flatMap { $0 }, fixed: [Array(repeating: 1, count: groups * size)],
            clusters: (0..<groups).flatMap { Array(repeating: $0, count: size) })
        let fit = try LinearMixedModel(MixedStatistics(rows), .clusterOnly)
        #expect(fit.residualVariance.isNear(within, within: 1e-9))
        #expect(fit.clusterCovariance[0, 0].isNear((between - within) / Double(size), within: 1e-9))
        #expect(fit.convergence.iterations <= 3)
        let contrast = try #require(fit.contrast([1]))
        #expect(contrast.degrees.isNear(Double(groups - 1), within: 1e-7))
        #expect(contrast.standardError.isNear((between / Double(groups * size)).squareRoot(), within: 1e-9))
    }
}
