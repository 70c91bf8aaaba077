import Testing

@testable import Metrics

@Suite("Effects of a roll-out by site and pooled")
struct SiteForestTests {
    /// A site whose rate halves at month 30 of 60.
    private func site(_ random: inout SeededGenerator, ratio: Double = 0.5, mean: Double = 20) -> SiteForest.Site {
        let counts = (0..<60).map { month in
            let expected = mean * (month >= 30 ? ratio : 1)
            return random.poisson(mean: expected, expOfMinusMean: .exp(-expected))
        }
        return SiteForest.Site(
            series: MonthlySeries(
                months: (0..<60).map(Double.init), numerators: counts, denominators: counts.map { _ in 100 }),
            start: 30)
    }

    @Test("A halved rate is found, each site's effect drawn towards it; sites without an estimate say why")
    func halved() throws {
        var random = SeededGenerator(seed: 11)
        var sites = (0..<12).map { _ in site(&random) }
        let short = MonthlySeries(months: [1, 2, 3], numerators: [4, 5, 6], denominators: [9, 9, 9])
        sites.insert(.init(series: short, start: 2), at: 3)
        sites.insert(.init(series: sites[0].series, start: nil), at: 0)
        let still = MonthlySeries(
            months: (0..<60).map(Double.init), numerators: Array(repeating: 0, count: 60),
            denominators: Array(repeating: 10, count: 60))
        sites.append(.init(series: still, start: 30))
        let forest = SiteForest(sites, quantity: .level)
        let pooled = try forest.pooled.get()
        let limits = try #require(pooled.effect()?.ratioInterval())
        #expect(limits.lower < 0.5 && limits.upper > 0.5 && limits.upper < 0.7)
        #expect(pooled.predictionInterval() != nil)
        let failures = forest.rows.map { row -> SeriesFailure? in
            if case .failure(let reason) = row.fit { reason } else { nil }
        }
        #expect(failures[0] == .notStarted && failures[4] == .tooFewBefore && failures[14] == .noEvents)
        #expect(failures.count { $0 != nil } == 3)
        for row in forest.rows {
            #expect((row.own == nil) == (row.shrunken == nil))
            guard let own = row.own, let shrunken = row.shrunken else { continue }
            let mean = pooled.coefficients[0]
            let expected = shrunken.weight * own.estimate + (1 - shrunken.weight) * mean
            #expect(shrunken.effect.estimate.isNear(expected))
        }
    }

    @Test("A forest pools what its sites say one by one, whichever change is asked for")
    func consistent() throws {
        var random = SeededGenerator(seed: 12)
        let sites = (0..<5).map { _ in site(&random, ratio: 0.8, mean: 3) }
        let regression = SegmentedRegression(phaseIn: .leftOut(months: 3))
        for quantity in [SiteForest.Quantity.level, .slope, .effect(afterMonths: 6)] {
            let forest = SiteForest(sites, regression: regression, quantity: quantity, estimator: .derSimonianLaird)
            let effects = try sites.map { quantity.of(try regression.fit($0.series, start: $0.start)) }
            #expect(forest.rows.map(\.own) == effects)
            let pooled = try PooledEffects(
                effects.map { SiteEffect($0) },
                estimator: .derSimonianLaird)
            #expect(try forest.pooled.get().coefficients == pooled.coefficients)
        }
    }

    @Test("No site, or none with an estimate, leaves nothing to pool; one site stands for itself")
    func few() throws {
        #expect(SiteForest([]).rows.isEmpty)
        var random = SeededGenerator(seed: 13)
        let one = site(&random)
        let none = SiteForest([.init(series: one.series, start: nil)])
        guard case .failure(.noEffects) = none.pooled else {
            Issue.record("pooled nothing")
            return
        }
        let forest = SiteForest([one])
        #expect(try forest.pooled.get().coefficients[0] == forest.rows[0].own?.estimate)
    }
}
