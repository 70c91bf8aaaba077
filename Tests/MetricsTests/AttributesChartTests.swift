import Testing

@testable import Metrics

@Suite("p and u charts")
struct AttributesChartTests {
    private typealias Chart = ([Double?], [Double?], Int, ControlChart.Limits) -> Result<ControlChart, Unavailable>

    @Test("By hand: half of 100 tests positive has limits 1/2 ± 3 · 1/20")
    func proportionByHand() throws {
        let positives: [Double?] = [45, 55, 45, 55, 45, 55, 45, 55, 66, nil]
        let tests: [Double?] = [100, 100, 100, 100, 100, 100, 100, 100, 100, 0]
        let chart = try ProportionChart.p(numerators: positives, denominators: tests, baseline: 8).get()
        let point = try #require(chart.points[8])
        #expect(point.centre == 0.5)
        #expect(abs(point.lower - (0.5 - 1.773049645390071 * 0.15)) < 1e-14)
        #expect(point.signals == [])
        #expect(abs((chart.sigmaZ ?? 0) - 2 / 1.128) < 1e-14)
        #expect(chart.points[9] == nil)
        let plain = try ProportionChart.p(
            numerators: positives, denominators: tests, baseline: 8, limits: .shewhart
        ).get()
        #expect(abs((plain.points[8]?.upper ?? 0) - 0.65) < 1e-15)
        #expect(plain.points[8]?.signals == [SpecialCause(rule: .beyondLimits, side: .above, since: 8)])
    }

    @Test("By hand: 16 events in 4 units of exposure a month have the centre 4 and limits 4 ± 3 · 1")
    func rateByHand() throws {
        let events = [Double?](repeating: 16, count: 12)
        let exposure = [Double?](repeating: 4, count: 12)
        let chart = try RateChart.u(numerators: events, denominators: exposure).get()
        #expect(chart.sigmaZ == 0)
        let point = try #require(chart.points[11])
        #expect([point.centre, point.lower, point.upper, point.z] == [4, 1, 7, 0])
        #expect(point.side == nil)
    }

    @Test("A count on its exact limit is chance and one more is a signal: 5 and 6 where 1 is expected")
    func exactByHand() throws {
        let events: [Double?] = [2, 0, 1, 1, 2, 0, 1, 1, 5, 6]
        let exposure = [Double?](repeating: 3, count: 10)
        let chart = try RateChart.u(numerators: events, denominators: exposure, baseline: 8).get()
        #expect(chart.points[8]?.signals == [])
        #expect(chart.points[9]?.signals == [SpecialCause(rule: .beyondLimits, side: .above, since: 9)])
    }

    @Test("Charts of made-up clinics agree with qpois, qbinom and Laney's formula in R")
    func golden() throws {
        let charts: [(String, Chart)] = [
            ("u_small", RateChart.u), ("u_overdispersed", RateChart.u), ("u_small_overdispersed", RateChart.u),
            ("p_small", ProportionChart.p), ("p_high", ProportionChart.p), ("p_overdispersed", ProportionChart.p),
        ]
        for (key, chart) in charts {
            let golden = try Reference.fixture(key)
            let laney = try chart(golden["numerator"].column, golden["denominator"].column, 24, .laney).get()
            let plain = try chart(golden["numerator"].column, golden["denominator"].column, 24, .shewhart).get()
            var agreement = Agreement(with: "fixture \(key)")
            agreement.expect(laney.points[0]?.centre, golden["centre"].number, "centre")
            agreement.expect(laney.sigmaZ, golden["sigma_z"].number, "sigma_z")
            agreement.expect(laney.series(\.z), golden["z"].column, "z")
            agreement.expect(laney.series(\.lower), golden["lower"].column, "lower")
            agreement.expect(laney.series(\.upper), golden["upper"].column, "upper")
            agreement.expect(plain.series(\.lower), golden["plain_lower"].column, "plain lower")
            agreement.expect(plain.series(\.upper), golden["plain_upper"].column, "plain upper")
            agreement.conclude()
        }
    }

    @Test("Limits hold the centre, lie in [0, 1], never inside the textbook's where counts are large, and mirror")
    func properties() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<40 {
            let tests = (0..<30).map { _ in Double(Int.random(in: 1...400, using: &random)) }
            let share = Double.random(in: 0.02...0.98, using: &random)
            let positives = tests.map {
                ($0 * Double.random(in: 0...2 * min(share, 1 - share), using: &random)).rounded()
            }
            let negatives = zip(tests, positives).map { $0 - $1 }
            let laney = try ProportionChart.p(numerators: positives, denominators: tests).get()
            let plain = try ProportionChart.p(numerators: positives, denominators: tests, limits: .shewhart).get()
            let mirror = try ProportionChart.p(numerators: negatives, denominators: tests, limits: .shewhart).get()
            for index in tests.indices {
                let point = try #require(laney.points[index])
                let textbook = try #require(plain.points[index])
                let mirrored = try #require(mirror.points[index])
                #expect(0 <= point.lower && point.lower <= point.centre)
                #expect(point.centre <= point.upper && point.upper <= 1)
                #expect(abs(textbook.lower - (1 - mirrored.upper)) < 1e-12)
                guard min(point.centre, 1 - point.centre) * tests[index] >= 10 else { continue }
                #expect(point.lower <= textbook.lower && textbook.upper <= point.upper)
            }
        }
    }

    @Test("Huge counts are charted, and another unit of exposure changes the unit only")
    func units() throws {
        let events = (0..<24).map { 1e9 + Double($0 % 2) * 1e5 }
        let days = [Double?](repeating: 3e10, count: 24)
        let perDay = try RateChart.u(numerators: events, denominators: days).get()
        let perMonth = try RateChart.u(numerators: events, denominators: days.map { ($0 ?? 0) / 30 }).get()
        for (day, month) in zip(perDay.points, perMonth.points) {
            #expect(abs((day?.upper ?? 0) * 30 / (month?.upper ?? 1) - 1) < 1e-12)
            #expect(day?.signals == month?.signals)
        }
    }
}
