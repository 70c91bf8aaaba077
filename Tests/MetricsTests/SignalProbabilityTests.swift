import Testing

@testable import Metrics

@Suite struct SignalProbabilityTests {
    /// Months of 3 events on 100, then others.
    private func chart(_ later: [Double]) throws -> ControlChart {
        let counts = Array(repeating: 3.0, count: 24) + later
        return try RateChart.u(numerators: counts, denominators: counts.map { _ in 100 }).get()
    }

    @Test("a month is judged by its exact count: none of three expected is nothing odd, twelve is")
    func month() throws {
        let chart = try chart([0, 12])
        // Mid-P of 0 at a mean of 3: e⁻³, doubled for two rules; its z of −√3 counts for nothing.
        let none = try #require(chart.probability(at: 24, count: 0, over: 100))
        #expect(abs(none - 2 * .exp(-3.0)) < 1e-12)
        // R: 2 * (2 * ppois(11, 3, lower.tail = FALSE) - dpois(12, 3))
        let twelve = try #require(chart.probability(at: 25, count: 12, over: 100))
        #expect(abs(twelve - 0.00017507135506) < 1e-14)
    }

    @Test("a run of k months on one side has 2 · (1/2)ᵏ, doubled; a month on the other side ends it")
    func run() throws {
        let chart = try chart([4, 4, 4, 4, 4, 4, 4, 4, 4, 2])
        #expect(abs(try #require(chart.probability(at: 32, count: 4, over: 100)) - 2 * 2 / 512.0) < 1e-12)
        #expect(try #require(chart.probability(at: 33, count: 2, over: 100)) > 0.5)
    }

    @Test("a run counts from where its baseline begins, and the stretch is that baseline's own")
    func rebased() throws {
        // Four months of 4 end a level of 3; anew, five of 5 begin one of 4.
        let earlier = Array(repeating: 3.0, count: 24) + Array(repeating: 4, count: 4)
        let counts = earlier + Array(repeating: 5, count: 5) + Array(repeating: 3, count: 5)
        let chart = try Rebasing.chart(from: [28], hasValue: counts.map { _ in true }) { stretch in
            RateChart.u(
                numerators: counts.indices.map { stretch.contains($0) ? counts[$0] : nil },
                denominators: counts.map { _ in 100 })
        }.get()
        #expect(chart.rebases == [28])
        // The month itself has more than half its probability on that side, so the run is the odder: 2 · 2 · (1/2)⁵.
        let fifth = try #require(chart.probability(at: 32, count: 5, over: 100))
        #expect(abs(fifth - 2 * 2 / 32.0) < 1e-12)
        #expect(chart.sigmaZ(at: 27) == 0 && chart.sigmaZ(at: 28) == chart.sigmaZ)
    }

    @Test("where months vary more than chance the same count says less")
    func stretched() throws {
        var generator = SeededGenerator(seed: 7)
        let wild = (0..<24).map { _ in Double([0, 1, 40, 60, 90, 30].randomElement(using: &generator) ?? 0) }
        let chart = try RateChart.u(numerators: wild + [90], denominators: wild.map { _ in 1000 } + [1000]).get()
        #expect(try #require(chart.sigmaZ) > 2)
        let mean = wild.reduce(0, +) / 24
        let byChance = try #require(SiteCountLaw(.poisson, target: mean, size: 1, between: 0)?.midP(90))
        #expect(try #require(chart.probability(at: 24, count: 90, over: 1000)) > 100 * byChance)
    }

    @Test("no point, no probability")
    func none() throws {
        let chart = try RateChart.u(
            numerators: Array(repeating: 3, count: 24) + [nil], denominators: Array(repeating: 100, count: 25)
        ).get()
        #expect(chart.probability(at: 24, count: nil, over: nil) == nil)
        #expect(chart.probability(at: 99, count: 1, over: 1) == nil)
    }
}
