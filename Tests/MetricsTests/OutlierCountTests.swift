import Testing

@testable import Metrics

@Suite("Outliers by exact tails of counts")
struct OutlierCountTests {
    private func months(_ value: Double, _ count: Int) -> [Double?] { Array(repeating: value, count: count) }

    private func proportion(_ numerators: [Double?], _ denominators: [Double?]) -> OutlierReport {
        OutlierScreening(.proportions(numerators: numerators, denominators: denominators)).newest()
    }

    private func rate(_ events: [Double?], _ exposures: [Double?]) -> OutlierReport {
        OutlierScreening(.rates(events: events, exposures: exposures)).newest()
    }

    @Test("By hand: 0 of 10 at a pooled 1/2 has p 2/1024, and 1 to 9 would have been no outlier")
    func binomial() throws {
        let finding = try #require(proportion(months(5, 5) + [0], months(10, 6)).finding(.binomial))
        #expect(abs((finding.probability ?? 0) - 2.0 / 1024) < 1e-17)
        #expect(finding.side == .below)
        #expect(finding.expected == 0.5)
        #expect(finding.range.lower == 0.1)
        #expect(finding.range.upper == 0.9)
        #expect(abs(finding.falseAlarm - 2.0 / 1024) < 1e-17)
        #expect(proportion(months(5, 5) + [5], months(10, 6)).finding(.binomial)?.probability == 1)
    }

    @Test("By hand: no event where 8 are expected has p 2e⁻⁸")
    func poisson() throws {
        let finding = try #require(rate(months(2, 5) + [0], months(10, 5) + [40]).finding(.poisson))
        #expect(abs((finding.probability ?? 0) / (2 * 3.3546262790251185e-4) - 1) < 1e-13)
        #expect(finding.side == .below)
        #expect(finding.expected == 0.2)
    }

    @Test("By hand: after months without events, ten in half of all exposure have p 2/1024; so have ten non-events")
    func still() throws {
        let events = rate(months(0, 5) + [10], months(10, 5) + [50])
        #expect(events.finding(.poisson)?.probability == 2.0 / 1024)
        #expect(events.finding(.poisson)?.side == .above)
        #expect(events.finding(.poisson)?.range.upper == 9.0 / 50)
        let nonevents = proportion(months(10, 5) + [40], months(10, 5) + [50])
        #expect(nonevents.finding(.binomial)?.probability == 2.0 / 1024)
        #expect(nonevents.finding(.binomial)?.side == .below)
        #expect(nonevents.finding(.binomial)?.range.lower == 41.0 / 50)
        #expect(rate(months(0, 12), months(10, 12)).finding(.poisson)?.probability == 1)
        #expect(rate(months(0, 12), months(10, 12)).reason(.negativeBinomial) == .noVariation)
        #expect(proportion(months(3, 12), months(3, 12)).reason(.betaBinomial) == .noVariation)
    }

    @Test("By hand: a uniform probability makes all counts equally likely; B(1, 2) on 2 trials gives 1/2, 1/3, 1/6")
    func betaBinomial() throws {
        let uniform = try #require(BetaBinomial(trials: 9, a: 1, b: 1))
        for k in 0...9 { #expect(abs((uniform.lowerTail(Double(k)) ?? 0) - Double(k + 1) / 10) < 1e-15) }
        let skew = try #require(BetaBinomial(trials: 2, a: 1, b: 2))
        #expect(abs((skew.lowerTail(0) ?? 0) - 1.0 / 2) < 1e-15)
        #expect(abs((skew.upperTail(1) ?? 0) - 1.0 / 6) < 1e-15)
        #expect(skew.upperTail(2) == 0)
        #expect(skew.lowerTail(7) == 1)
        #expect(skew.lowerTail(-1) == nil)
        for trials in [0, 2.5, 1e7, .nan] { #expect(BetaBinomial(trials: trials, a: 1, b: 1) == nil) }
        for shape in [0, -1, .nan, .infinity] { #expect(BetaBinomial(trials: 2, a: shape, b: 1) == nil) }
    }

    @Test("By hand: the negative binomial of mean 1 and size 1 halves with each count; with 2 and 2 it starts 1/4, 1/4")
    func negativeBinomial() {
        for k in 0...9 {
            let above = NegativeBinomial.upperTail(Double(k), mean: 1, size: 1) ?? 0
            #expect(abs(above * Double(1 << (k + 1)) - 1) < 1e-14)
        }
        #expect(abs((NegativeBinomial.lowerTail(1, mean: 2, size: 2) ?? 0) - 0.5) < 1e-15)
        for bad in [0, -1, .nan] {
            #expect(NegativeBinomial.lowerTail(1, mean: bad, size: 1) == nil)
            #expect(NegativeBinomial.upperTail(1, mean: 1, size: bad) == nil)
        }
    }

    @Test("By hand: 1/4 and 3/4 have Kleinman's ρ = 1/3; 1 and 7 events have 7/8; equal months have no spread")
    func moments() throws {
        let quarters = [1.0, 3].map { MonthlyCount(numerator: $0, denominator: 4) }
        let half = MonthlyCount(numerator: 4, denominator: 8)
        let correlation = try #require(Overdispersion(of: quarters, pooled: half, model: .binomial))
        #expect(abs(correlation.between - 1.0 / 3) < 1e-15)
        #expect(abs(correlation.ofPooled - 1.0 / 4) < 1e-15)
        let events = [1.0, 7].map { MonthlyCount(numerator: $0, denominator: 1) }
        let pooled = MonthlyCount(numerator: 8, denominator: 2)
        let variation = try #require(Overdispersion(of: events, pooled: pooled, model: .poisson))
        #expect(variation.between == 7.0 / 8)
        #expect(variation.ofPooled == 1.0 / 8 + 7.0 / 16)
        let equal = [MonthlyCount](repeating: half, count: 3)
        let all = MonthlyCount(numerator: 12, denominator: 24)
        #expect(Overdispersion(of: equal, pooled: all, model: .binomial)?.between == 0)
        #expect(Overdispersion(of: equal, pooled: all, model: .binomial)?.ofPooled == 1.0 / 24)
    }

    @Test("Months of one test each cannot show a spread, however many they are")
    func singleTests() {
        for count in 2...60 {
            let single = (0..<count).map { MonthlyCount(numerator: Double($0 % 2), denominator: 1) }
            let pooled = single.reduce(MonthlyCount(numerator: 0, denominator: 0), +)
            #expect(Overdispersion(of: single, pooled: pooled, model: .binomial)?.between == 0)
        }
    }

    @Test("A p exactly at the limit is an outlier, and the range ends before it")
    func tie() {
        let series = OutlierSeries.rates(events: months(0, 5) + [10], exposures: months(10, 5) + [50])
        let limits = OutlierLimits(probability: 2.0 / 1024)
        let finding = OutlierScreening(series, limits: limits).newest().finding(.poisson)
        #expect(finding?.side == .above)
        #expect(finding?.range.upper == 9.0 / 50)
    }

    @Test("The spread between months is tested from 11 others on, and where they vary widely a wide value is chance")
    func spread() throws {
        let events: [Double] = [40, 95, 60, 130, 20, 75, 110, 55, 30, 90, 70]
        let wide = rate(events + [140], months(1, 12))
        #expect(wide.finding(.poisson)?.side == .above)
        #expect(wide.finding(.negativeBinomial)?.isOutlier == false)
        #expect((wide.finding(.poisson)?.falseAlarm ?? 0) > 0.2)
        #expect((wide.finding(.negativeBinomial)?.falseAlarm ?? 1) <= 0.0027)
        #expect(rate(events + [900], months(1, 12)).finding(.negativeBinomial)?.side == .above)
        #expect(rate(events.dropLast() + [140], months(1, 11)).reason(.negativeBinomial) == .tooFewPoints)
        let allOrNothing = (0..<12).map { Double($0 % 2 * 30) }
        let report = proportion(allOrNothing, months(30, 12))
        #expect(report.finding(.betaBinomial)?.isOutlier == false)
    }
}
