import Testing

@testable import Metrics

@Suite("Pooled effects: what must hold of any")
struct PoolingPropertyTests {
    private static func sites(_ count: Int, _ random: inout SeededGenerator) -> [SiteEffect] {
        (0..<count).map { _ in
            SiteEffect(
                effect: Double.random(in: -1...1, using: &random),
                variance: Double.random(in: 0.01...0.3, using: &random))
        }
    }

    @Test("No value of a fine grid of τ² has a higher likelihood than the one found", arguments: [true, false])
    func grid(restricted: Bool) throws {
        var random = SeededGenerator(seed: 5)
        for round in 0..<18 {
            let sites = Self.sites(2 + round % 9, &random)
            let fit = try PooledEffects(sites, estimator: restricted ? .restrictedLikelihood : .likelihood)
            let found = fit.logLikelihood(restricted: restricted)
            for step in 0...300 {
                let value = fit.sample.weighted(0.01 * Double(step)).logLikelihood(restricted: restricted)
                #expect(value <= found + 1e-10)
            }
            #expect(fit.record.isAtBoundary == (fit.heterogeneity.betweenVariance == 0))
            #expect(fit.record.isAtBoundary || abs(fit.record.slope) < 1e-8)
        }
    }

    /// The slow path: matrices of n × n, derivatives by differences.
    @Test("Sums of weights agree with the matrices they stand for")
    func dense() throws {
        var random = SeededGenerator(seed: 6)
        let sites = Self.sites(9, &random)
        let moderator = (0..<9).map { _ in Double.random(in: -2...2, using: &random) }
        let sample = try EffectSample(sites, moderators: [moderator])
        let fit = sample.weighted(0.07)
        var p = Array(repeating: Array(repeating: 0.0, count: 9), count: 9)
        for row in 0..<9 {
            for column in 0..<9 {
                var between = 0.0
                for (i, x) in [1, moderator[row]].enumerated() {
                    for (j, z) in [1, moderator[column]].enumerated() { between += x * fit.covariance[i, j] * z }
                }
                p[row][column] =
                    (row == column ? fit.weights[row] : 0) - fit.weights[row] * between * fit.weights[column]
            }
        }
        func trace(_ u: [Double], _ v: [Double]) -> Double {
            var sum = 0.0
            for i in 0..<9 { for j in 0..<9 { sum += p[i][j] * u[j] * p[j][i] * v[i] } }
            return sum
        }
        let ones = Array(repeating: 1.0, count: 9)
        let own = sites.map(\.variance)
        #expect(fit.trace.isNear((0..<9).reduce(0) { $0 + p[$1][$1] }))
        #expect(fit.traceOfSquare.isNear(trace(ones, ones)))
        #expect(fit.traceWithVariances.isNear(trace(ones, own)))
        #expect(fit.traceOfSquareWithVariances.isNear(trace(own, own)))
        for restricted in [true, false] {
            let (h, at) = (1e-4, fit.derivatives(restricted: restricted))
            func likelihood(_ x: Double) -> Double { sample.weighted(x).logLikelihood(restricted: restricted) }
            let (up, down, middle) = (likelihood(0.07 + h), likelihood(0.07 - h), likelihood(0.07))
            #expect(at.slope.isNear((up - down) / (2 * h), within: 1e-4))
            #expect(at.curvature.isNear((up - 2 * middle + down) / (h * h), within: 1e-3))
        }
    }

    @Test(
        "Order, shift and scale of the effects change nothing but what they should",
        arguments: HeterogeneityEstimator.allCases)
    func invariances(estimator: HeterogeneityEstimator) throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<10 {
            let sites = Self.sites(8, &random)
            let fit = try PooledEffects(sites, estimator: estimator)
            let turned = try PooledEffects(sites.reversed(), estimator: estimator)
            #expect(turned.coefficients[0].isNear(fit.coefficients[0]))
            #expect(turned.heterogeneity.betweenVariance.isNear(fit.heterogeneity.betweenVariance))
            let moved = try PooledEffects(
                sites.map { SiteEffect(effect: 3 + 10 * $0.effect, variance: 100 * $0.variance) },
                estimator: estimator)
            #expect(moved.coefficients[0].isNear(3 + 10 * fit.coefficients[0]))
            #expect((moved.heterogeneity.betweenVariance / 100).isNear(fit.heterogeneity.betweenVariance))
            let (own, other) = (try #require(fit.effect()), try #require(moved.effect()))
            #expect((other.standardError / 10).isNear(own.standardError))
            let (q, p) = (fit.heterogeneity.q, moved.heterogeneity.q)
            #expect(q.isNear(p))
        }
    }

    @Test("Errors: the cautious one is the larger; shrunken effects lie between a site's own and the pooled one")
    func cautious() throws {
        var random = SeededGenerator(seed: 8)
        for round in 0..<40 {
            let sites = Self.sites(2 + round % 6, &random)
            let fit = try PooledEffects(sites)
            let errors = [PooledEffects.ErrorRule.conventional, .hartungKnapp].compactMap {
                fit.effect(errors: $0)?.standardError
            }
            #expect(fit.effect()?.standardError == errors.max())
            for (site, shrunken) in zip(sites, fit.shrunken()) {
                let ends = [site.effect, fit.coefficients[0]].sorted()
                #expect(shrunken.effect.estimate >= ends[0] - 1e-12 && shrunken.effect.estimate <= ends[1] + 1e-12)
                #expect((0...1).contains(shrunken.weight))
            }
            let interval = try #require(fit.betweenVarianceInterval())
            #expect(interval.lower <= interval.upper)
            let prediction = fit.predictionInterval()
            #expect((prediction == nil) == (sites.count < 3))
            if let prediction, let own = fit.effect()?.interval() {
                #expect(prediction.lower <= own.lower && prediction.upper >= own.upper)
            }
        }
    }

    @Test("Where there is nothing to pool it is told why; one site and sites alike are results")
    func edges() throws {
        #expect(throws: PoolingFailure.noEffects) { try PooledEffects([]) }
        let good = SiteEffect(effect: 0.2, variance: 0.1)
        for bad in [
            SiteEffect(effect: .nan, variance: 1), SiteEffect(effect: 0, variance: 0),
            SiteEffect(effect: 0, variance: -1), SiteEffect(effect: .infinity, variance: 1),
            SiteEffect(effect: 0, variance: .infinity), SiteEffect(effect: 0, variance: .leastNonzeroMagnitude),
        ] {
            #expect(throws: PoolingFailure.impossible([1])) { try PooledEffects([good, bad]) }
        }
        #expect(throws: PoolingFailure.impossible([1])) {
            try PooledEffects([good, good, good], moderators: [[1, .nan, 2]])
        }
        #expect(throws: PoolingFailure.impossible([2])) {
            try PooledEffects([good, good, good], moderators: [[1, 2]])
        }
        #expect(throws: PoolingFailure.tooFewSites) { try PooledEffects([good, good], moderators: [[1, 2]]) }
        #expect(throws: PoolingFailure.dependentModerators([0])) {
            try PooledEffects([good, good, good], moderators: [[4, 4, 4]])
        }
        let one = try PooledEffects([good])
        #expect(one.effect() == RolloutEffect(estimate: 0.2, standardError: 0.1.squareRoot(), degrees: nil))
        #expect(one.effect(errors: .hartungKnapp) == nil)
        #expect(one.heterogeneity.p == nil && one.heterogeneity.percentBeyondChance == nil)
        #expect(one.betweenVarianceInterval() == nil && one.predictionInterval() == nil)
        for estimator in HeterogeneityEstimator.allCases {
            let alike = try PooledEffects([good, good, good], estimator: estimator)
            #expect(alike.heterogeneity.betweenVariance == 0)
            #expect(alike.record.isAtBoundary == (estimator != .none))
            #expect(alike.effect()?.standardError.isNear((0.1 / 3).squareRoot()) == true)
            #expect(alike.shrunken().allSatisfy { $0.weight == 0 && $0.effect.estimate.isNear(0.2) })
        }
    }

    @Test(
        "Huge, tiny and far apart effects are pooled or refused, never a NaN",
        arguments: HeterogeneityEstimator.allCases)
    func extremes(estimator: HeterogeneityEstimator) {
        for scale in [1e-150, 1e-8, 1e8, 1e100] {
            let sites = [(1.0, 0.1), (2, 1e-6), (-3, 1e6), (40, 2)].map {
                SiteEffect(effect: $0.0 * scale, variance: $0.1 * scale * scale)
            }
            guard let fit = try? PooledEffects(sites, estimator: estimator) else { continue }
            #expect(fit.coefficients[0].isFinite)
            #expect(fit.effect()?.standardError.isFinite == true)
            #expect(fit.heterogeneity.betweenVariance >= 0)
            #expect(fit.shrunken().allSatisfy { $0.effect.estimate.isFinite && $0.effect.standardError.isFinite })
        }
    }
}
