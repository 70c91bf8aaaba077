import Testing

@testable import Metrics

/// What a small, strange or huge clinic gives: a finite number between its limits, or the reason why there is none.
@Suite("Estimates at the edges")
struct EstimateEdgeTests {
    private static let counts: [Double] = [-1, 0, 1, 2, 9, 10, 1e9, 1e15, 1e300, .infinity, .nan]

    @Test("Of every pair of numbers that could be counted, rates and proportions are honest", arguments: counts)
    func pairs(x: Double) {
        for n in Self.counts {
            let estimates = [
                Proportion.wilson(successes: x, trials: n), Proportion.clopperPearson(successes: x, trials: n),
                Rate.estimate(events: x, exposure: n, per: 100),
                Rate.garwood(events: x, exposure: n, per: 100), Rate.byar(events: x, exposure: n, per: 100),
                StandardisedRatio.estimate(observed: x, expected: n), Mean.census(total: x, units: n),
                Count.census(x), Mean.ofPeople([x, n]), Mean.ofPeople([x]),
                ProportionDifference.newcombe(successes: x, trials: n, comparedSuccesses: 3, comparedTrials: 9),
                ProportionDifference.paired(both: x, first: n, second: 1, pairs: 50),
                ProportionDifference.paired(both: 2, first: x, second: n, pairs: 20),
                Mean.ofPeople(count: 3, sum: x, squares: n, within: 0...1),
                RateRatio.exact(events: x, exposure: 10, comparedEvents: n, comparedExposure: 10),
                RateRatio.exact(events: 3, exposure: x, comparedEvents: 4, comparedExposure: n),
                Proportion.clustered(TestSums([(x, n), (0, 3), (2, 2)])), Proportion.clustered(TestSums([(x, n)])),
                Rate.clustered(ClientSums([(x, n), (0, 3), (2, 2)]), per: 1),
                Rate.widest(ClientSums([(x, n), (0, 3), (2, 2)]), per: 1), Rate.widest(ClientSums([(x, n)]), per: 1),
            ]
            for (index, estimate) in estimates.enumerated() { #expect(estimate.isHonest, "\(index): \(x) of \(n)") }
            let probabilities = [
                ProportionDifference.p(successes: x, trials: n, comparedSuccesses: 3, comparedTrials: 9),
                RateRatio.p(events: x, exposure: 5, comparedEvents: 3, comparedExposure: n),
                StandardisedRatio.p(observed: x, expected: n),
                // At the edges Jeffreys' limits do not hold the share itself.
                Proportion.jeffreys(successes: x, trials: n).value?.interval?.lower,
                Proportion.jeffreys(successes: x, trials: n).value?.interval?.upper,
            ]
            #expect(probabilities.allSatisfy { $0?.isProbability ?? true }, "\(x) of \(n)")
        }
    }

    @Test("All tests positive, none positive, one client, nobody: limits from the pooled effect, or words")
    func tests() throws {
        let all = Proportion.clustered(TestSums([(4, 4), (6, 6), (2, 2)]), pooledEffect: 2)
        let none = Proportion.clustered(TestSums([(0, 4), (0, 6), (0, 2)]), pooledEffect: 2)
        let wilson = try #require(Proportion.wilson(successes: 0, trials: 6).value?.interval)
        #expect(all.value?.point == 1 && none.value?.point == 0)
        #expect(none.value?.interval == wilson && all.isHonest)
        #expect(Proportion.clustered(TestSums([(4, 9)])) == .unavailable(.tooFewUnits))
        #expect(Proportion.clustered(TestSums([])) == .unavailable(.noDenominator))
        #expect(Rate.clustered(ClientSums([(4, 9)]), per: 1) == .unavailable(.tooFewUnits))
        #expect(Rate.clustered(ClientSums([(0, 9), (0, 2)]), per: 1) == .unavailable(.noVariation))
        #expect(Rate.clustered(ClientSums([]), per: 1) == .unavailable(.noDenominator))
        #expect(Rate.widest(ClientSums([(0, 9), (0, 2)]), per: 1).value?.method == .garwood)
        #expect(Mean.ofPeople([]) == .unavailable(.noDenominator))
        #expect(Mean.ofPeople([1, 1, 1]) == .unavailable(.noVariation))
        let shares = try #require(Mean.ofPeople([1, 1, 0.2], within: 0...1).value?.interval)
        #expect(shares.upper == 1 && shares.lower == 0)
    }

    /// People who all leave, or all stay, or enter late, in small numbers and large.
    private static let clinics: [(name: String, spells: [Spell])] = [
        ("nobody", []), ("one who stays", [Spell(entry: 0, exit: 40, reason: nil)]),
        ("one who leaves", [Spell(entry: 0, exit: 20, reason: 0)]),
        ("all stay", Array(repeating: Spell(entry: 0, exit: 40, reason: nil), count: 20)),
        ("all leave at once", Array(repeating: Spell(entry: 0, exit: 20, reason: 0), count: 20)),
        (
            "one early, then many",
            [Spell(entry: 0, exit: 3, reason: 1)] + Array(repeating: Spell(entry: 5, exit: 40, reason: nil), count: 20)
        ),
        ("nobody seen", [Spell(entry: 9, exit: 9, reason: 0), Spell(entry: 9, exit: 2, reason: 0)]),
    ]

    @Test("Retention, mean time and reasons of leaving are honest in every clinic at every time", arguments: clinics)
    func retention(name: String, spells: [Spell]) {
        let table = RiskTable(spells, reasons: 2)
        let (curve, incidence) = (SurvivalCurve(table), CumulativeIncidence(table))
        for time in [-5.0, 0, 3, 19, 20, 40, 41, 1e9, .infinity, .nan] {
            for smallest in [0.0, 10] {
                let share = Retention.estimate(curve, at: time, smallest: smallest)
                #expect(share.isHonest, "\(name) at \(time)")
                #expect(share.value.map { $0.interval != nil } ?? true, "\(name) at \(time)")
            }
            let mean = curve.restrictedMean(to: time)
            #expect(mean.isHonest && mean.value.map { $0.interval != nil } ?? true, "\(name) to \(time)")
            for reason in 0..<2 {
                let gone = incidence.estimate(reason: reason, at: time)
                #expect(gone.isHonest && gone.value.map { $0.interval != nil } ?? true, "\(name), \(reason) at \(time)")
            }
            for (other, others) in Self.clinics {
                let difference = SurvivalDifference(curve, SurvivalCurve(RiskTable(others, reasons: 2)), at: time)
                #expect(difference.difference.isHonest, "\(name) and \(other) at \(time)")
                #expect(difference.p?.isProbability ?? true)
            }
        }
        for share in [0.25, 0.5, 0.9] {
            let quantile = curve.quantile(share)
            #expect([quantile.time, quantile.lower, quantile.upper].allSatisfy { $0?.isFinite ?? true })
        }
    }

    @Test("Where all leave at one day nobody stays, and at most as many as chance allows; where none did, the mirror")
    func allAtOnce() throws {
        let all = SurvivalCurve(RiskTable(Self.clinics[4].spells, reasons: 2))
        let stay = SurvivalCurve(RiskTable(Self.clinics[3].spells, reasons: 2))
        let (gone, kept) = (Retention.estimate(all, at: 20).value, Retention.estimate(stay, at: 20).value)
        let exact = try #require(Proportion.clopperPearson(successes: 0, trials: 20).value?.interval)
        #expect(gone?.point == 0 && gone?.interval?.lower == 0 && kept?.point == 1)
        #expect(try #require(gone?.interval?.upper).isNear(exact.upper))
        #expect(try #require(kept?.interval?.lower).isNear(1 - exact.upper))
        // Delayed entry has emptied the risk set at day 3: what follows is not a share of anybody.
        let emptied = SurvivalCurve(RiskTable(Self.clinics[5].spells, reasons: 2))
        #expect(Retention.estimate(emptied, at: 30) == .unavailable(.tooFewAtRisk))
        #expect(all.restrictedMean(to: 30) == .unavailable(.noVariation))
        let whole = try #require(stay.restrictedMean(to: 30).value)
        #expect(whole.point == 30 && whole.interval?.upper == 30)
    }
}
