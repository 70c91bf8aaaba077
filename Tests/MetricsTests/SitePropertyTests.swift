import Testing

@testable import Metrics

@Suite("Properties of funnels, shrinkage and many tests")
struct SitePropertyTests {
    private static let seeds = Array(UInt64(501)...508)

    /// Sites with their own rates: counts and what they are counted on, one of them without events, one without people.
    private func sites(_ seed: UInt64) -> (parts: [Double], wholes: [Double]) {
        var random = SeededGenerator(seed: seed)
        let wholes = [40.0, 0] + (0..<30).map { _ in Double(Int.random(in: 5...400, using: &random)) }
        let parts = wholes.enumerated().map { site, whole in
            let share = Double.random(in: 0.02...0.5, using: &random)
            return site < 2
                ? 0
                : (0..<Int(whole)).reduce(0.0) { sum, _ in
                    sum + (Double.random(in: 0..<1, using: &random) < share ? 1 : 0)
                }
        }
        return (parts, wholes)
    }

    private func funnels(_ parts: [Double], _ wholes: [Double]) throws -> [FunnelPlot] {
        let rate = parts.reduce(0, +) / wholes.reduce(0, +)
        return [
            try FunnelPlot.proportions(parts, of: wholes).get(),
            try FunnelPlot.ratios(observed: parts, expected: wholes.map { rate * $0 }).get(),
        ]
    }

    @Test(
        "The 95 % limits lie inside those of 99.8 %, both about the target and within what is possible",
        arguments: seeds)
    func nested(seed: UInt64) throws {
        let (parts, wholes) = sites(seed)
        for (funnel, ceiling) in zip(try funnels(parts, wholes), [1, Double.infinity]) {
            #expect(funnel.sites[1] == nil && funnel.sites[0]?.value == 0)
            for site in funnel.sites.compactMap(\.self) {
                #expect(0 <= site.outer.lower && site.outer.lower <= site.inner.lower)
                #expect(site.inner.lower <= funnel.target && funnel.target <= site.inner.upper)
                #expect(site.inner.upper <= site.outer.upper && site.outer.upper <= ceiling)
                #expect(site.z.isFinite && abs(site.adjustedZ) <= abs(site.z))
                #expect(try #require(site.p) >= 0 && (try #require(site.p)) <= 1)
            }
        }
    }

    @Test("Sites in another order lie where they lay", arguments: seeds)
    func order(seed: UInt64) throws {
        let (parts, wholes) = sites(seed)
        let funnels = zip(try funnels(parts, wholes), try funnels(parts.reversed(), wholes.reversed()))
        for (funnel, moved) in funnels {
            #expect(moved.overdispersion.isNear(funnel.overdispersion))
            for (site, other) in zip(funnel.sites, moved.sites.reversed()) {
                guard let site, let other else {
                    #expect(site == nil && other == nil)
                    continue
                }
                #expect(other.adjustedZ.isNear(site.adjustedZ) && other.inner.upper.isNear(site.inner.upper))
            }
        }
        let gamma = try GammaPoisson.fit(observed: parts, expected: wholes).get()
        let beta = try BetaBinomialSites.fit(successes: parts, trials: wholes).get()
        let otherGamma = try GammaPoisson.fit(observed: parts.reversed(), expected: wholes.reversed()).get()
        let otherBeta = try BetaBinomialSites.fit(successes: parts.reversed(), trials: wholes.reversed()).get()
        #expect(otherGamma.shape.isNear(gamma.shape, within: 1e-7) && otherBeta.a.isNear(beta.a, within: 1e-7))
    }

    @Test(
        "A shrunken value lies between the site's own and all sites', the nearer to its own the more is known",
        arguments: seeds)
    func between(seed: UInt64) throws {
        let (parts, wholes) = sites(seed)
        let gamma = try GammaPoisson.fit(observed: parts, expected: wholes).get()
        let beta = try BetaBinomialSites.fit(successes: parts, trials: wholes).get()
        for (x, n) in zip(parts, wholes) {
            let values = [
                (gamma.shrunken(observed: x, expected: n), gamma.shape / gamma.rate),
                (beta.shrunken(successes: x, trials: n), beta.a / (beta.a + beta.b)),
            ]
            for (shrunken, all) in values {
                let point = try #require(shrunken.estimate.value?.point)
                let own = n > 0 ? x / n : all
                #expect(shrunken.estimate.isHonest && (0...1).contains(shrunken.weight))
                #expect(min(own, all) - 1e-12 <= point && point <= max(own, all) + 1e-12)
                #expect(point.isNear(shrunken.weight * own + (1 - shrunken.weight) * all))
            }
            #expect(
                gamma.shrunken(observed: x, expected: n).weight < gamma.shrunken(observed: x, expected: n + 1).weight)
        }
    }

    @Test("In other units of exposure the sites' spread is the same", arguments: seeds)
    func scaling(seed: UInt64) throws {
        let (parts, wholes) = sites(seed)
        let months = try GammaPoisson.fit(observed: parts, expected: wholes).get()
        let days = try GammaPoisson.fit(observed: parts, expected: wholes.map { 30 * $0 }).get()
        #expect(days.shape.isNear(months.shape, within: 1e-6))
        #expect(days.rate.isNear(30 * months.rate, within: 1e-6 * months.rate))
    }

    @Test(
        "Adjusted p values are no smaller than p, keep its order, and follow one another as the methods do",
        arguments: seeds)
    func manyTests(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let p =
            (0..<40).map { _ in
                let draw = Double.random(in: 0...1, using: &random)
                return draw * draw * draw
            } + [0, 0.5, 0.5, 1]
        let methods = [
            FalseDiscovery.benjaminiHochberg(p).map { $0 ?? -1 }, FamilywiseError.hochberg(p), FamilywiseError.holm(p),
            FamilywiseError.bonferroni(p),
        ]
        let yekutieli = FalseDiscovery.benjaminiYekutieli(p).map { $0 ?? -1 }
        for adjusted in methods + [yekutieli] {
            #expect(zip(adjusted, p).allSatisfy { $0 >= $1 && $0 <= 1 })
            let sorted = p.indices.sorted { p[$0] < p[$1] }.map { adjusted[$0] }
            #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0 <= $1 })
        }
        for (small, large) in zip(methods + [methods[0]], methods.dropFirst() + [methods[3], yekutieli]) {
            #expect(zip(small, large).allSatisfy { $0 <= $1 + 1e-15 })
        }
        let order = p.indices.shuffled(using: &random)
        let moved = FalseDiscovery.benjaminiHochberg(order.map { p[$0] })
        #expect(zip(order, moved).allSatisfy { methods[0][$0] == $1 })
        let rejected = FalseDiscovery.twoStageRejections(p, q: 0.05)
        #expect(rejected >= methods[0].count { $0 <= 0.05 / 1.05 } && rejected <= p.count)
        #expect((0...1).contains(FalseDiscovery.trueShare(p)))
    }
}
