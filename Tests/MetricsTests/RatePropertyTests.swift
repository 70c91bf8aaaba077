import Testing

@testable import Metrics

@Suite("Properties of rates and proportions")
struct RatePropertyTests {
    private static let seeds = Array(UInt64(401)...410)

    /// Events or positive tests of each client, and time or tests.
    private func clients(_ seed: UInt64) -> [(part: Double, whole: Double)] {
        var random = SeededGenerator(seed: seed)
        return (0..<Int.random(in: 3...40, using: &random)).map { _ in
            let whole = Int.random(in: 1...12, using: &random)
            return (Double(Int.random(in: 0...whole, using: &random)), Double(whole))
        }
    }

    @Test("Clients in another order give the same intervals", arguments: seeds)
    func order(seed: UInt64) throws {
        let clients = clients(seed)
        var random = SeededGenerator(seed: seed)
        let moved = clients.shuffled(using: &random)
        #expect(
            Proportion.clustered(TestSums(clients.map { ($0.part, $0.whole) }))
                == Proportion.clustered(TestSums(moved.map { ($0.part, $0.whole) })))
        #expect(
            Rate.widest(ClientSums(clients.map { ($0.part, $0.whole) }), per: 100)
                == Rate.widest(ClientSums(moved.map { ($0.part, $0.whole) }), per: 100))
        let shares = clients.map { $0.part / $0.whole }
        let (one, other) = (Mean.ofPeople(shares).value, Mean.ofPeople(shares.shuffled(using: &random)).value)
        #expect(try #require(one?.interval?.lower).isNear(try #require(other?.interval?.lower)))
    }

    @Test(
        "Everybody twice: the same rate and share, with half the variance but for the loss of one client",
        arguments: seeds)
    func duplication(seed: UInt64) throws {
        let clients = clients(seed)
        let (tests, twice) = (
            TestSums(clients.map { ($0.part, $0.whole) }), TestSums((clients + clients).map { ($0.part, $0.whole) })
        )
        let k = tests.clients
        let loss = (2 * k / (2 * k - 1)) / (k / (k - 1))
        #expect(try #require(twice.variance).isNear(try #require(tests.variance) * loss / 2))
        #expect(Proportion.clustered(twice).value?.point == Proportion.clustered(tests).value?.point)
        let (sums, double) = (
            ClientSums(clients.map { ($0.part, $0.whole) }), ClientSums((clients + clients).map { ($0.part, $0.whole) })
        )
        #expect((2.0.squareRoot() * Rate.logError(double)).isNear(Rate.logError(sums)))
        #expect(Rate.clustered(double, per: 1).value?.point == Rate.clustered(sums, per: 1).value?.point)
    }

    @Test("A rate in other units of time is that rate, limits and all, stretched", arguments: seeds)
    func scaling(seed: UInt64) throws {
        let clients = clients(seed)
        let months = try #require(Rate.widest(ClientSums(clients.map { ($0.part, $0.whole) }), per: 100).value)
        let days = try #require(Rate.widest(ClientSums(clients.map { ($0.part, 30 * $0.whole) }), per: 100).value)
        #expect((30 * days.point).isNear(months.point))
        #expect((30 * (try #require(days.interval?.lower))).isNear(try #require(months.interval?.lower)))
        #expect((30 * (try #require(days.interval?.upper))).isNear(try #require(months.interval?.upper)))
    }

    @Test(
        "Limits of shares lie within 0 and 1, of rates at or above 0, hold their point and nest by level",
        arguments: seeds)
    func limits(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let n = Double(Int.random(in: 1...500, using: &random))
            let x = Double(Int.random(in: 0...Int(n), using: &random))
            for method in [Proportion.wilson, Proportion.clopperPearson] {
                let (narrow, wide) = (method(x, n, 0.8), method(x, n, 0.998))
                let (inner, outer) = (try #require(narrow.value?.interval), try #require(wide.value?.interval))
                #expect(narrow.isHonest && wide.isHonest)
                #expect(
                    0 <= outer.lower && outer.lower <= inner.lower && inner.upper <= outer.upper && outer.upper <= 1)
            }
            for method in [Rate.garwood, Rate.byar] {
                let (narrow, wide) = (method(x, n, 1, 0.8), method(x, n, 1, 0.998))
                let (inner, outer) = (try #require(narrow.value?.interval), try #require(wide.value?.interval))
                #expect(narrow.isHonest && wide.isHonest)
                #expect(0 <= outer.lower && outer.lower <= inner.lower && inner.upper <= outer.upper)
            }
            let midP = try #require(PoissonInterval.midP(events: x, level: 0.95))
            let garwood = try #require(PoissonInterval.garwood(events: x, level: 0.95))
            #expect(garwood.lower <= midP.lower && midP.lower <= x && x <= midP.upper && midP.upper <= garwood.upper)
        }
        let share = Proportion.clustered(TestSums(clients(seed).map { ($0.part, $0.whole) }))
        #expect(share.isHonest && (share.value?.interval).map { $0.lower >= 0 && $0.upper <= 1 } ?? true)
    }

    @Test("Groups exchanged: a ratio becomes its inverse, a difference its opposite, p stays", arguments: seeds)
    func exchanged(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let numbers = (0..<4).map { Double(Int.random(in: $0 % 2 == 0 ? 1...20 : 30...90, using: &random)) }
        let ratio = RateRatio.exact(
            events: numbers[0], exposure: numbers[1], comparedEvents: numbers[2], comparedExposure: numbers[3])
        let inverse = RateRatio.exact(
            events: numbers[2], exposure: numbers[3], comparedEvents: numbers[0], comparedExposure: numbers[1])
        #expect(ratio.isHonest && inverse.isHonest)
        #expect((1 / (try #require(ratio.value?.point))).isNear(try #require(inverse.value?.point)))
        #expect((1 / (try #require(ratio.value?.interval?.lower))).isNear(try #require(inverse.value?.interval?.upper)))
        let p = RateRatio.p(
            events: numbers[0], exposure: numbers[1], comparedEvents: numbers[2], comparedExposure: numbers[3])
        let q = RateRatio.p(
            events: numbers[2], exposure: numbers[3], comparedEvents: numbers[0], comparedExposure: numbers[1])
        #expect(try #require(p).isNear(try #require(q), within: 1e-9))
        #expect(try #require(p) >= 0 && (try #require(p)) <= 1)

        let difference = ProportionDifference.newcombe(
            successes: numbers[0], trials: numbers[1], comparedSuccesses: numbers[2], comparedTrials: numbers[3])
        let opposite = ProportionDifference.newcombe(
            successes: numbers[2], trials: numbers[3], comparedSuccesses: numbers[0], comparedTrials: numbers[1])
        #expect(difference.isHonest && difference.value?.point == opposite.value.map { -$0.point })
        let lower = try #require(difference.value?.interval?.lower)
        #expect(lower.isNear(-(try #require(opposite.value?.interval?.upper))) && lower >= -1)
    }

    @Test("Observed and expected of all sites have one sum, however sites and months are ordered", arguments: seeds)
    func standardised(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let exposure = (0..<6).map { _ in (0..<9).map { _ in Double.random(in: 1...50, using: &random) } }
        let events = exposure.map { $0.map { Double(Int.random(in: 0...Int($0), using: &random)) } }
        let expected = StandardisedRatio.expected(events: events, exposure: exposure)
        #expect(expected.reduce(0, +).isNear(events.joined().reduce(0, +)))
        let reversed = StandardisedRatio.expected(
            events: events.reversed().map { $0.reversed() }, exposure: exposure.reversed().map { $0.reversed() })
        #expect(zip(reversed.reversed(), expected).allSatisfy { $0.isNear($1) })
    }
}
