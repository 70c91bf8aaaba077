import Metrics
import Testing

@Suite("Proportion")
struct ProportionTests {
    private func limits(_ successes: Double, _ trials: Double, _ level: Double = 0.95) -> Interval? {
        Proportion.wilson(successes: successes, trials: trials, level: level).value?.interval
    }

    @Test("By hand: 0 of 30 has limits 0 and z²/(30 + z²)")
    func byHand() throws {
        let estimate = try #require(Proportion.wilson(successes: 0, trials: 30).value)
        let squared = 3.841458820694124
        #expect(estimate.point == 0)
        #expect(estimate.interval?.lower == 0)
        #expect(abs((estimate.interval?.upper ?? 0) - squared / (30 + squared)) < 1e-15)
        #expect(estimate.method == .wilson)
        #expect(estimate.numerator == 0)
        #expect(estimate.denominator == 30)
    }

    @Test("Wilson limits agree with prop.test(correct = FALSE) of R")
    func golden() throws {
        let golden = try Reference.fixture("wilson")
        var agreement = Agreement(with: "prop.test")
        for (index, x) in golden["x"].numbers.enumerated() {
            let interval = limits(x, golden["n"].numbers[index], golden["level"].numbers[index])
            agreement.expect(interval?.lower, golden["lower"].column[index], "lower of row \(index)")
            agreement.expect(interval?.upper, golden["upper"].column[index], "upper of row \(index)")
        }
        agreement.conclude()
    }

    @Test("Limits lie in [0, 1] about the point, mirror for the complement, and tighten with more trials")
    func properties() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let trials = Double(Int.random(in: 1...5000, using: &random))
            let successes = Double(Int.random(in: 0...Int(trials), using: &random))
            let point = successes / trials
            let interval = try #require(limits(successes, trials))
            let mirrored = try #require(limits(trials - successes, trials))
            let tenfold = try #require(limits(10 * successes, 10 * trials))
            #expect(0 <= interval.lower && interval.lower <= point && point <= interval.upper && interval.upper <= 1)
            #expect(abs(interval.lower - (1 - mirrored.upper)) < 1e-14)
            #expect(tenfold.upper - tenfold.lower < interval.upper - interval.lower)
        }
    }

    @Test("At the edges: everybody positive, huge counts, no trials, impossible counts")
    func edges() throws {
        #expect(limits(8, 8)?.upper == 1)
        #expect(try #require(limits(5e8, 1e9)).lower < 0.5)
        #expect(Proportion.wilson(successes: 0, trials: 0) == .unavailable(.noDenominator))
        #expect(Proportion.wilson(successes: 3, trials: 2) == .unavailable(.impossibleCounts))
        #expect(Proportion.wilson(successes: 1, trials: 0) == .unavailable(.impossibleCounts))
        #expect(Proportion.wilson(successes: -1, trials: 2) == .unavailable(.impossibleCounts))
        #expect(Proportion.wilson(successes: .nan, trials: 2) == .unavailable(.impossibleCounts))
        #expect(Proportion.wilson(successes: 1, trials: .infinity) == .unavailable(.impossibleCounts))
        #expect(Proportion.wilson(successes: 1, trials: 2, level: 1) == .unavailable(.invalidLevel))
    }

    @Test("Wilson limits agree with R's larger set", .enabled(if: Reference.hasOracle))
    func oracle() throws {
        for (id, x, n) in [("prop.wilson", "x", "n"), ("prop.sites", "positives", "tests")] {
            let (value, tolerance) = try Reference.oracle("proportions", id)
            var agreement = Agreement(with: id, within: tolerance)
            for (index, pair) in zip(value[x].numbers, value[n].numbers).enumerated() {
                let interval = limits(pair.0, pair.1)
                agreement.expect(interval?.lower, value["lo"].column[index], "lower of row \(index)")
                agreement.expect(interval?.upper, value["hi"].column[index], "upper of row \(index)")
            }
            agreement.conclude()
        }
    }
}
