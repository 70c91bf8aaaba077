import Testing

@testable import Metrics

@Suite("p and u charts at the edges")
struct AttributesChartEdgesTests {
    private func months(_ value: Double?, _ count: Int) -> [Double?] { Array(repeating: value, count: count) }

    @Test("After 24 months without a dropout two dropouts are chance, three are a signal: (1/25)³ < 0.00135 < (1/25)²")
    func stillBaseline() throws {
        let events = months(0, 24) + [2, 3]
        let chart = try RateChart.u(numerators: events, denominators: months(40, 26)).get()
        #expect(chart.points[0]?.signals == [])
        #expect(chart.points[0]?.z == 0)
        #expect(chart.points[24]?.signals == [])
        #expect(chart.points[25]?.upper == 2.0 / 40)
        #expect(chart.points[25]?.signals == [SpecialCause(rule: .beyondLimits, side: .above, since: 25)])
        #expect(chart.points[25]?.z == nil)
        #expect(chart.sigmaZ == nil)
        let plain = RateChart.u(numerators: events, denominators: months(40, 26), limits: .shewhart)
        #expect(plain == .failure(.noVariation))
    }

    @Test("After 24 months with nothing but positive tests, the same holds for negative ones")
    func allPositive() throws {
        let positives = months(49, 24) + [47, 46]
        let chart = try ProportionChart.p(numerators: positives, denominators: months(49, 26)).get()
        #expect(chart.points[24]?.lower == 47.0 / 49)
        #expect(chart.points[24]?.signals == [])
        #expect(chart.points[25]?.signals == [SpecialCause(rule: .beyondLimits, side: .below, since: 25)])
        #expect(chart.points[25]?.upper == 1)
    }

    @Test("Where 0.0008 events are expected, none is chance and one is a signal, stretched or not")
    func nextToNothing() throws {
        let events: [Double?] = [0, 9, 0, 9, 0, 9, 0, 9, 0, 1]
        let exposure = months(10_000, 8) + months(1.8, 2)
        for limits in ControlChart.Limits.allCases {
            let chart = try RateChart.u(
                numerators: events, denominators: exposure, baseline: 8, limits: limits
            ).get()
            #expect(chart.points[8]?.signals == [])
            #expect(chart.points[9]?.signals.map(\.side) == [.above])
            #expect(chart.points.allSatisfy { ($0?.lower ?? 0) <= ($0?.centre ?? 0) })
            #expect(chart.points.allSatisfy { ($0?.upper ?? 0) >= ($0?.centre ?? 0) })
        }
    }

    @Test("A month without exposure is a gap, even with events, and a missing number is a gap")
    func gaps() throws {
        let events = [3, nil, 5, 2] + months(4, 10)
        let exposure = [0, 30, nil, 30] + months(30, 10)
        let chart = try RateChart.u(numerators: events, denominators: exposure).get()
        #expect(chart.points.count == 14)
        #expect(chart.points.prefix(3).allSatisfy { $0 == nil })
        #expect(chart.baseline == Array(3...13))
    }

    @Test("Too few months, series of unequal length and impossible counts make no chart")
    func refusals() {
        #expect(RateChart.u(numerators: [], denominators: []) == .failure(.tooFewPoints))
        #expect(RateChart.u(numerators: [1], denominators: [2]) == .failure(.tooFewPoints))
        #expect(RateChart.u(numerators: months(1, 9), denominators: months(0, 9)) == .failure(.tooFewPoints))
        #expect(RateChart.u(numerators: months(1, 9), denominators: months(1, 8)) == .failure(.impossibleCounts))
        #expect(RateChart.u(numerators: months(-1, 9), denominators: months(1, 9)) == .failure(.impossibleCounts))
        #expect(RateChart.u(numerators: months(.nan, 9), denominators: months(1, 9)) == .failure(.impossibleCounts))
        #expect(
            ProportionChart.p(numerators: months(2, 9), denominators: months(1, 9)) == .failure(.impossibleCounts))
        #expect(
            RateChart.u(numerators: months(1e200, 9), denominators: months(1e-200, 9)) == .failure(.notComputable))
    }

    @Test("In a small clinic where nothing happens, one month in 370 at most is beyond the limits and runs are rare")
    func falseAlarms() throws {
        var random = SeededGenerator(seed: 6)
        var monthsSeen = 0.0
        var beyond = 0.0
        var runs = 0.0
        for _ in 0..<400 {
            // A mean of one half a month: most months are below it.
            let events = (0..<48).map { _ in random.poisson(mean: 0.5, expOfMinusMean: 0.6065306597126334) }
            guard case .success(let chart) = RateChart.u(numerators: events, denominators: months(25, 48)) else {
                continue
            }
            let signals = chart.points.suffix(24).map { $0?.signals ?? [] }
            monthsSeen += 24
            beyond += Double(signals.filter { $0.contains { $0.rule == .beyondLimits } }.count)
            runs += Double(signals.filter { $0.contains { $0.rule == .run } }.count)
        }
        // The centre itself is estimated from 24 months, hence twice the nominal 0.00135 is allowed.
        #expect(beyond / monthsSeen < 2 * 0.00135)
        #expect(runs / monthsSeen < 0.01)
    }
}
