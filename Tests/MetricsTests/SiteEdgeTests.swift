import Testing

@testable import Metrics

/// Programmes of no site, one site, silent sites and sites as large as a country: numbers, or the reason why not.
@Suite("Sites and series at the edges")
struct SiteEdgeTests {
    private static let sites: [(parts: [Double], wholes: [Double])] = [
        ([], []), ([3], [9]), ([0, 0], [5, 9]), ([5, 9], [5, 9]), ([0, 0, 2], [0, 0, 0]), ([1, 2], [1e15, 1e15]),
        ([0, 4, 4, 4], [9, 9, 9, 0]), ([1e9, 2e9, 1.5e9], [4e9, 4e9, 4e9]), ([1, 2e9, 3], [4, 4e9, 9]),
        ([.nan, 1], [2, 3]), ([1, 2], [.infinity, 3]), ([-1, 2], [3, 3]),
    ]

    @Test("Funnels have finite limits or a reason", arguments: sites)
    func funnels(parts: [Double], wholes: [Double]) {
        for funnel in [
            FunnelPlot.proportions(parts, of: wholes), FunnelPlot.ratios(observed: parts, expected: wholes),
        ] {
            guard let funnel = try? funnel.get() else { continue }
            #expect(funnel.overdispersion.isFinite && funnel.betweenVariance.isFinite, "\(parts)")
            for site in funnel.sites.compactMap(\.self) {
                let numbers = [
                    site.value, site.z, site.adjustedZ, site.inner.lower, site.inner.upper, site.outer.lower,
                    site.outer.upper,
                ]
                #expect(numbers.allSatisfy(\.isFinite) && site.p != nil, "\(parts) of \(wholes)")
            }
        }
    }

    @Test("Shrunken values are honest, or their spread has a reason", arguments: sites)
    func shrinkage(parts: [Double], wholes: [Double]) {
        if let fit = try? GammaPoisson.fit(observed: parts, expected: wholes).get() {
            #expect(fit.shape.isFinite && fit.rate.isFinite && fit.logLikelihood.isFinite)
            for (x, n) in zip(parts, wholes) { #expect(fit.shrunken(observed: x, expected: n).estimate.isHonest) }
        }
        if let fit = try? BetaBinomialSites.fit(successes: parts, trials: wholes).get() {
            #expect(fit.a.isFinite && fit.b.isFinite && fit.logLikelihood.isFinite)
            for (x, n) in zip(parts, wholes) { #expect(fit.shrunken(successes: x, trials: n).estimate.isHonest) }
        }
        if let moments = Marshall(observed: parts, expected: wholes) {
            #expect(moments.mean.isFinite && moments.betweenVariance.isFinite)
        }
    }

    @Test("Why there is no spread: one site, no events, no difference beyond chance")
    func reasons() {
        #expect(GammaPoisson.fit(observed: [3], expected: [9]) == .failure(.tooFewUnits))
        #expect(BetaBinomialSites.fit(successes: [3, 0], trials: [9, 0]) == .failure(.tooFewUnits))
        #expect(GammaPoisson.fit(observed: [0, 0], expected: [9, 9]) == .failure(.noVariation))
        #expect(BetaBinomialSites.fit(successes: [9, 9], trials: [9, 9]) == .failure(.noVariation))
        #expect(GammaPoisson.fit(observed: [5, 5, 5], expected: [9, 9, 9]) == .failure(.alike))
        #expect(BetaBinomialSites.fit(successes: [5, 5, 5], trials: [9, 9, 9]) == .failure(.alike))
        #expect(FunnelPlot.ratios(observed: [2], expected: [0]) == .failure(.noVariation))
    }

    /// Counts and denominators of months in a row.
    private static let series: [(numerators: [Double], denominators: [Double])] = [
        ([], []), ([4], [50]), (Array(repeating: 0, count: 24), Array(repeating: 50, count: 24)),
        (Array(repeating: 50, count: 24), Array(repeating: 50, count: 24)),
        (Array(repeating: 5, count: 36), Array(repeating: 50, count: 36)),
        ((0..<36).map { 1e9 + 1e6 * Double($0) }, Array(repeating: 1e10, count: 36)),
        ((0..<36).map { 1e12 * (1 + 0.1 * Double($0 % 5)) }, Array(repeating: 1e13, count: 36)),
        (Array(repeating: 0, count: 23) + [1], Array(repeating: 50, count: 24)),
        (Array(repeating: 0, count: 12) + Array(repeating: 3, count: 12), Array(repeating: 9, count: 24)),
        ((0..<24).map { Double($0 % 3) }, Array(repeating: 1e-9, count: 24)),
    ]

    @Test("Trends are honest, or have a reason", arguments: series)
    func trends(numerators: [Double], denominators: [Double]) {
        let series = MonthlySeries(
            months: numerators.indices.map(Double.init), numerators: numerators, denominators: denominators)
        for trend in [LogLinearTrend(seasonal: false), LogLinearTrend(), LogLinearTrend(cautious: false)] {
            for change in [trend.ofRate(series), trend.ofOdds(series)] {
                guard let change = try? change.get() else { continue }
                #expect(change.percent().isHonest && change.standardError > 0 && change.p != nil, "\(numerators)")
                #expect(change.dispersion.isFinite && change.serialCorrelation.isFinite)
            }
        }
        for model in (try? Joinpoint.search(series, mostJoins: 1).get().models) ?? [] {
            #expect(model.deviance >= 0 && model.criterion.isFinite && model.slopes.allSatisfy(\.isFinite))
        }
        let (test, line) = (MannKendall(series.ratios), TheilSen(series.ratios, at: series.months))
        for found in [test, test.allowingForCorrelation(of: series.ratios)] {
            #expect(found.z.isFinite && found.p?.isProbability == true && found.variance >= 0)
        }
        #expect(line.map { $0.slope.isFinite && $0.interval.lower.isFinite } ?? true)
    }

    @Test("Huge counts have the trend that small ones of the same shape have")
    func huge() throws {
        let months = (0..<36).map(Double.init)
        let counts = months.map { (1000 * Double.exp(0.01 * $0)).rounded() }
        for factor in [1e3, 1e6, 1e9] {
            let series = MonthlySeries(
                months: months, numerators: counts.map { $0 * factor }, denominators: months.map { _ in 1e4 * factor })
            let change = try LogLinearTrend(cautious: false).ofRate(series).get()
            #expect(change.logChange.isNear(0.12, within: 1e-3), "\(factor)")
        }
    }
}
