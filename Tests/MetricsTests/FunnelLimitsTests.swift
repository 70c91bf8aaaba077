import Foundation
import Testing

@testable import Metrics

/// What a site's count may be, against R's ppois, pnbinom, dbinom and a summed beta-binomial (script/oracle/funnels.R).
@Suite struct FunnelLimitsTests {
    private static let tolerance = Tolerance(relative: 1e-8, absolute: 1e-11)

    private func fixture(_ key: String) throws -> JSON {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try JSON(contentsOf: folder.appending(path: "Fixtures/funnels.json"))[key]
    }

    private func agree(
        _ table: JSON, _ model: CountModel, target: (Int) -> Double?, size: (Int) -> Double?, _ name: String
    ) throws {
        var agreement = Agreement(with: name, within: Self.tolerance)
        for index in table["x"].numbers.indices {
            let (target, size) = (try #require(target(index)), try #require(size(index)))
            let between = try #require(table["tau2"].column[index])
            let count = try #require(table["x"].column[index])
            let law = SiteCountLaw(model, target: target, size: size, between: between)
            let limits = FunnelLimits(model, target: target, size: size, between: between)
            agreement.expect(law?.midP(count), table["p"].column[index], "p \(index)")
            agreement.expect(limits.map { $0.outer.lower * size }, table["lo998"].column[index], "lower 99.8 \(index)")
            agreement.expect(limits.map { $0.inner.lower * size }, table["lo95"].column[index], "lower 95 \(index)")
            agreement.expect(limits.map { $0.inner.upper * size }, table["hi95"].column[index], "upper 95 \(index)")
            agreement.expect(limits.map { $0.outer.upper * size }, table["hi998"].column[index], "upper 99.8 \(index)")
        }
        agreement.conclude()
    }

    @Test("rates: limits and mid-P by chance alone and with a spread between sites, from none to hundreds of events")
    func rates() throws {
        let table = try fixture("rate")
        try agree(table, .poisson, target: { _ in 1 }, size: { table["E"].column[$0] }, "funnels.rate")
    }

    @Test("proportions: the same, from one client to hundreds, rare and almost certain")
    func proportions() throws {
        let table = try fixture("proportion")
        try agree(
            table, .binomial, target: { table["p0"].column[$0] }, size: { table["n"].column[$0] }, "funnels.proportion")
    }

    @Test("a clinic of three expected events and none is nothing odd, though its root is three deviations away")
    func noEvents() throws {
        let observed = [0.0, 3, 4, 2, 3, 6, 3, 2, 4, 3]
        let funnel = try FunnelPlot.ratios(observed: observed, expected: observed.map { _ in 3.0 }).get()
        #expect(funnel.betweenVariance == 0)
        let p = try #require(funnel.p(count: 0, size: 3))
        // By hand: P(X = 0) = e⁻³, once as the tail and, halved on both sides of the count, no more.
        #expect(abs(p - .exp(-3.0)) < 1e-12)
        #expect(try #require(funnel.sites[0]?.p) < 0.001)
    }

    @Test("what chance would put outside the limits is the sum of the tails there, not five in a hundred")
    func chanceOutside() throws {
        let funnel = try FunnelPlot.ratios(observed: [2, 2, 5], expected: [3, 3, 3]).get()
        let limits = try #require(funnel.limits(size: 3))
        // Poisson of mean 3: 0 has 4.98 %, so that the lower limit lies below it and no count passes it; above the upper
        // limit, between 6 and 7, lie 7 and more.
        #expect(limits.inner.lower == 0)
        #expect((6..<7).contains(limits.inner.upper * 3))
        let above = try #require(Poisson.upperTail(6, mean: 3))
        let chance = try #require(funnel.chance(ofBeingOutside: limits.inner, size: 3))
        #expect(abs(chance - above) < 1e-12)
    }
}
