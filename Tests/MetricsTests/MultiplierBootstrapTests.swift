import Testing

@testable import Metrics

@Suite("Uniform bands")
struct MultiplierBootstrapTests {
    /// Every pattern of so many bits once.
    private struct Counting: RandomNumberGenerator {
        var state: UInt64 = 0

        mutating func next() -> UInt64 {
            defer { state += 1 }
            return state
        }
    }

    private static func estimates(sites: Int, count: Int, seed: UInt64) -> [StaggeredAggregate] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { place in
            let influence = (0..<sites).map { _ in Double.random(in: -1...1, using: &random) }
            return StaggeredAggregate(
                place: place, estimate: 0, standardError: StaggeredDifferences.error(influence), treated: 5,
                influence: influence)
        }
    }

    @Test("All signs of ten sites give the exact distribution of the largest")
    func enumerated() throws {
        let estimates = Self.estimates(sites: 10, count: 4, seed: 1)
        var largest: [Double] = []
        for pattern in 0..<1024 {
            let ratios = estimates.map { estimate -> Double in
                var sum = 0.0
                for site in 0..<10 {
                    sum += (pattern >> site) & 1 == 0 ? -estimate.influence[site] : estimate.influence[site]
                }
                return abs(sum) / 10 / (estimate.standardError ?? .nan)
            }
            largest.append(ratios.max() ?? .nan)
        }
        largest.sort()
        for level in [0.5, 0.9, 0.95, 0.99] {
            var counting = Counting()
            let found = MultiplierBootstrap(draws: 1024).criticalValue(of: estimates, level: level, using: &counting)
            let rank = Int((level * 1025).rounded(.up))
            let expected = max(largest[min(rank, 1024) - 1], Normal.quantile((1 + level) / 2) ?? .nan)
            #expect(found?.isNear(expected) == true)
        }
    }

    @Test("One seed, one answer; one estimate of many sites is near the normal; more estimates are wider")
    func limits() throws {
        for multiplier in MultiplierBootstrap.Multiplier.allCases {
            let bootstrap = MultiplierBootstrap(multiplier, draws: 4000)
            func value(_ count: Int, seed: UInt64) -> Double? {
                var random = SeededGenerator(seed: seed)
                let estimates = Self.estimates(sites: 400, count: count, seed: 2)
                return bootstrap.criticalValue(of: estimates, using: &random)
            }
            let one = try #require(value(1, seed: 3))
            #expect(one == value(1, seed: 3))
            #expect(one >= 1.9599 && one < 2.1)
            // Of ten independent estimates: the two-sided normal quantile of 0.95^(1/10).
            let ten = try #require(value(10, seed: 3))
            #expect(abs(ten - 2.7995) < 0.12)
        }
    }

    @Test("A band reaches as many errors either way")
    func band() throws {
        let estimate = Self.estimates(sites: 9, count: 1, seed: 5)[0]
        let error = try #require(estimate.standardError)
        let band = try #require(estimate.band(criticalValue: 2.5, level: 0.95))
        #expect(band.upper.isNear(2.5 * error) && band.lower.isNear(-2.5 * error))
        #expect(estimate.band(criticalValue: .infinity, level: 0.95) == nil)
    }

    @Test("Nothing with an error, no draws, or no level give no value")
    func refusals() {
        var random = SeededGenerator(seed: 1)
        let flat = StaggeredAggregate(
            place: -1, estimate: 0, standardError: nil, treated: 3, influence: [0, 0, 0])
        #expect(MultiplierBootstrap().criticalValue(of: [], using: &random) == nil)
        #expect(MultiplierBootstrap().criticalValue(of: [flat], using: &random) == nil)
        #expect(flat.band(criticalValue: 2, level: 0.95) == nil)
        let some = Self.estimates(sites: 10, count: 2, seed: 1)
        #expect(MultiplierBootstrap(draws: 0).criticalValue(of: some, using: &random) == nil)
        #expect(MultiplierBootstrap().criticalValue(of: some, level: 1, using: &random) == nil)
    }
}
