import Testing

@testable import Metrics

/// The sums' way against n × n matrices, on random trials.
@Suite("Mixed models against dense matrices")
struct MixedDenseTests {
    private func designs(seed: UInt64) throws -> [TrialDesign] {
        var generator = SeededGenerator(seed: seed)
        let observations = generator.trial(clusters: 5, subjects: 4)
        return try TrialModel.Variation.allCases.flatMap { variation in
            try [TrialModel.Means.armByVisit, .line].map { try TrialDesign(TrialModel($0, variation), observations) }
        }
    }

    @Test("The criterion at any ratios, by both likelihoods", arguments: [1, 2] as [UInt64])
    func criterion(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for design in try designs(seed: seed) {
            let statistics = try MixedStatistics(design.rows)
            let dense = DenseMixedModel(design.rows, design.effects)
            for method in [LikelihoodMethod.restricted, .maximum] {
                let search = VarianceSearch(statistics, WeightedSums(statistics), design.effects, method: method)
                // Near the start every covariance is possible.
                let place = search.coordinates.start.map { $0 * Double.random(in: 0.5..<2, using: &generator) + 0.05 }
                let point = try #require(search.evaluate(place))
                let slow = dense.fit(point.likelihood.ratios, method)
                #expect(point.likelihood.criterion.isNear(slow.criterion), "\(design.model)")
                #expect(point.likelihood.residualVariance.isNear(slow.residualVariance), "\(design.model)")
            }
        }
    }

    @Test("Gradient and curvature are those of the criterion", arguments: [4] as [UInt64])
    func derivatives(seed: UInt64) throws {
        for design in try designs(seed: seed) {
            let statistics = try MixedStatistics(design.rows)
            let search = VarianceSearch(statistics, WeightedSums(statistics), design.effects, method: .restricted)
            let place = search.coordinates.start.map { $0 + 0.1 }
            let point = try #require(search.evaluate(place))
            let step = 1e-4
            for k in place.indices {
                func moved(_ by: Double) throws -> VarianceSearch.Point {
                    var place = place
                    place[k] += by
                    return try #require(search.evaluate(place))
                }
                let (up, down) = (try moved(step), try moved(-step))
                let slope = (up.likelihood.criterion - down.likelihood.criterion) / (2 * step)
                #expect(point.gradient[k].isNear(slope, within: 1e-5), "\(design.model) \(k)")
                for l in place.indices {
                    let bend = (up.gradient[l] - down.gradient[l]) / (2 * step)
                    #expect(point.observed[k, l].isNear(bend, within: 1e-5), "\(design.model) \(k) \(l)")
                }
            }
        }
    }

    @Test("Kenward and Roger's covariance from its definition", arguments: [6] as [UInt64])
    func adjusted(seed: UInt64) throws {
        for design in try designs(seed: seed) where design.model.variation != .slopes {
            let fit = try design.fit()
            let slow = DenseMixedModel(design.rows, design.effects).adjustedCovariance(fit.point.likelihood.ratios)
            let units = design.rows.fixed.indices.map { place in design.rows.fixed.indices.map { $0 == place ? 1.0 : 0 }
            }
            for (row, one) in units.enumerated() {
                for (column, other) in units.enumerated() {
                    let fast = try #require(fit.adjustedCovariance(one, other))
                    #expect(fast.isNear(slow[row, column], within: 1e-7), "\(design.model) \(row) \(column)")
                }
            }
        }
    }

    @Test("No ratio nearby is better than the one found", arguments: [8, 9] as [UInt64])
    func optimum(seed: UInt64) throws {
        for design in try designs(seed: seed) {
            let fit = try design.fit()
            let dense = DenseMixedModel(design.rows, design.effects)
            let best = fit.point.likelihood.ratios
            #expect(fit.convergence.criterion.isNear(dense.fit(best).criterion))
            for k in best.indices where fit.coordinates.isVariance(k) {
                for factor in [0.9, 1.1] {
                    var ratios = best
                    ratios[k] = ratios[k] * factor + (ratios[k] == 0 ? 0.01 : 0)
                    #expect(dense.fit(ratios).criterion >= fit.convergence.criterion - 1e-9, "\(design.model) \(k)")
                }
            }
        }
    }
}
