import Metrics
import Testing

@Suite("Rate")
struct RateTests {
    @Test("By hand: no events in 5 units have limits 0 and −ln(0.025)/5; one event has a lower limit −ln(0.975)/5")
    func byHand() throws {
        let none = try #require(Rate.estimate(events: 0, exposure: 5, per: 1).value)
        #expect(none.point == 0)
        #expect(none.interval?.lower == 0)
        #expect(abs((none.interval?.upper ?? 0) - 3.688879454113936 / 5) < 1e-14)
        let one = try #require(Rate.estimate(events: 1, exposure: 5, per: 1).value?.interval)
        #expect(abs(one.lower - 0.02531780798428988 / 5) < 1e-15)
    }

    @Test("By hand: Byar's lower limit of 9 events is 9(1 − 1/81 − z/9)³")
    func byHandByar() throws {
        let interval = try #require(Rate.byar(events: 9, exposure: 1, per: 1).value?.interval)
        let root = 1 - 1.0 / 81 - 1.959963984540054 / 9
        #expect(abs(interval.lower - 9 * root * root * root) < 1e-13)
    }

    @Test("Garwood's exact limits serve below 10 events, Byar's from 10, and there they differ by less than 0.2 %")
    func choice() throws {
        #expect(Rate.estimate(events: 9, exposure: 1, per: 1).value?.method == .garwood)
        #expect(Rate.estimate(events: 10, exposure: 1, per: 1).value?.method == .byar)
        for events in stride(from: 10.0, to: 2000, by: 7) {
            let exact = try #require(Rate.garwood(events: events, exposure: 1, per: 1).value?.interval)
            let byar = try #require(Rate.byar(events: events, exposure: 1, per: 1).value?.interval)
            #expect(abs(byar.lower / exact.lower - 1) < 0.002)
            #expect(abs(byar.upper / exact.upper - 1) < 0.002)
        }
    }

    @Test("Limits agree with poisson.test of R and with Breslow and Day's formula in R")
    func golden() throws {
        for (key, rate) in [("garwood", Rate.garwood), ("byar", Rate.byar)] {
            let golden = try Reference.fixture(key)
            var agreement = Agreement(with: "fixture \(key)", within: .iterated)
            for (index, events) in golden["events"].numbers.enumerated() {
                let level = golden["level"].numbers[index]
                let interval = rate(events, golden["exposure"].numbers[index], 1, level).value?.interval
                agreement.expect(interval?.lower, golden["lower"].column[index], "lower of row \(index)")
                agreement.expect(interval?.upper, golden["upper"].column[index], "upper of row \(index)")
            }
            agreement.conclude()
        }
    }

    @Test("Rates scale with the unit and against the exposure, and hold their point between their limits")
    func properties() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let events = Double(Int.random(in: 0...400, using: &random))
            let exposure = Double.random(in: 0.5...4000, using: &random)
            let rate = try #require(Rate.estimate(events: events, exposure: exposure, per: 1).value)
            let scaled = try #require(Rate.estimate(events: events, exposure: 4 * exposure, per: 100).value)
            let limits = try #require(rate.interval)
            #expect(0 <= limits.lower && limits.lower <= rate.point && rate.point < limits.upper)
            #expect(abs(scaled.point - 25 * rate.point) <= 1e-12 * scaled.point)
            #expect(abs((scaled.interval?.upper ?? 0) - 25 * limits.upper) <= 1e-12 * 25 * limits.upper)
            let wider = Rate.estimate(events: events, exposure: exposure, per: 1, level: 0.99).value?.interval
            #expect((wider?.upper ?? 0) > limits.upper)
        }
    }

    @Test("At the edges: no exposure, events without exposure, impossible counts, overflow, huge counts")
    func edges() throws {
        #expect(Rate.estimate(events: 0, exposure: 0, per: 100) == .unavailable(.noDenominator))
        #expect(Rate.estimate(events: 2, exposure: 0, per: 100) == .unavailable(.eventsWithoutExposure))
        #expect(Rate.estimate(events: -1, exposure: 5, per: 100) == .unavailable(.impossibleCounts))
        #expect(Rate.estimate(events: .nan, exposure: 5, per: 100) == .unavailable(.impossibleCounts))
        #expect(Rate.estimate(events: 1, exposure: 5, per: 0) == .unavailable(.impossibleCounts))
        #expect(Rate.estimate(events: 1, exposure: 5, per: 1, level: 0) == .unavailable(.invalidLevel))
        #expect(Rate.estimate(events: 5, exposure: 1e-300, per: 1e300) == .unavailable(.notComputable))
        let huge = try #require(Rate.garwood(events: 1e9, exposure: 1e9, per: 1).value?.interval)
        #expect(abs(huge.upper - huge.lower - 2 * 1.96 / 1e9.squareRoot()) < 1e-8)
    }

    @Test("Rates agree with R's larger set", .enabled(if: Reference.hasOracle))
    func oracle() throws {
        let cases = [("rate.exact", Rate.garwood), ("rate.exact.poissontest", Rate.garwood), ("rate.byar", Rate.byar)]
        for (id, rate) in cases { try compare(id, ("x", "pt"), per: 1, rate) }
        try compare("rate.sites", ("exits", "pm"), per: 100, Rate.garwood)
    }

    private func compare(
        _ id: String, _ columns: (events: String, exposure: String), per: Double,
        _ rate: (Double, Double, Double, Double) -> Estimate
    ) throws {
        let (value, tolerance) = try Reference.oracle("rates", id)
        var agreement = Agreement(with: id, within: tolerance)
        let pairs = zip(value[columns.events].numbers, value[columns.exposure].numbers)
        for (index, (events, exposure)) in pairs.enumerated() {
            let level = index < value["conf"].numbers.count ? value["conf"].numbers[index] : 0.95
            let estimate = rate(events, exposure, per, level).value
            if !value["rate"].column.isEmpty { agreement.expect(estimate?.point, value["rate"].column[index]) }
            agreement.expect(estimate?.interval?.lower, value["lower"].column[index], "lower of row \(index)")
            agreement.expect(estimate?.interval?.upper, value["upper"].column[index], "upper of row \(index)")
        }
        agreement.conclude()
    }
}
