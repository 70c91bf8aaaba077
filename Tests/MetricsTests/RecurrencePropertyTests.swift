import Testing

@testable import Metrics

@Suite("Properties of states and recurring events")
struct RecurrencePropertyTests {
    private static let seeds = Array(UInt64(301)...308)

    /// Clients who go in and out of treatment until they die or are last seen.
    private func stretches(_ seed: UInt64) -> [StateOccupancy.Stretch] {
        var random = SeededGenerator(seed: seed)
        return (0..<Int.random(in: 2...60, using: &random)).flatMap { client in
            var (from, state): (Double, Int?) = (0, 0)
            var own: [StateOccupancy.Stretch] = []
            while let now = state, own.count < 6 {
                let to = from + Double(Int.random(in: 1...40, using: &random))
                let draw = Int.random(in: 0..<10, using: &random)
                let next = draw < 6 ? 1 - now : draw < 8 ? 2 : nil
                own.append(.init(client: client, from: from, to: to, state: now, next: next))
                (from, state) = (to, next == 2 ? nil : next)
            }
            return own
        }
    }

    @Test("Shares of the states make 1, each between 0 and 1; those who died never come back", arguments: seeds)
    func whole(seed: UInt64) {
        let occupancy = StateOccupancy(stretches(seed), states: 3)
        for shares in occupancy.shares {
            #expect(shares.reduce(0, +).isNear(1, within: 1e-12))
            #expect(shares.allSatisfy { $0 >= -1e-12 && $0 <= 1 + 1e-12 })
        }
        #expect(zip(occupancy.shares, occupancy.shares.dropFirst()).allSatisfy { $0[2] <= $1[2] + 1e-15 })
        #expect(occupancy.standardErrors.joined().allSatisfy { $0.isFinite && $0 >= 0 })
    }

    @Test(
        "Other names of clients and another order change nothing; everybody twice halves the variance", arguments: seeds
    )
    func relabelling(seed: UInt64) {
        let stretches = stretches(seed)
        let occupancy = StateOccupancy(stretches, states: 3)
        var random = SeededGenerator(seed: seed)
        func renamed(_ name: (Int) -> Int) -> [StateOccupancy.Stretch] {
            stretches.map {
                .init(client: name($0.client), from: $0.from, to: $0.to, state: $0.state, next: $0.next)
            }
        }
        let other = StateOccupancy(renamed { 1000 - 7 * $0 }.shuffled(using: &random), states: 3)
        let twice = StateOccupancy(stretches + renamed { 10_000 + $0 }, states: 3)
        #expect(other.times == occupancy.times && twice.times == occupancy.times)
        for row in occupancy.times.indices {
            for state in 0..<3 {
                let (share, error) = (occupancy.shares[row][state], occupancy.standardErrors[row][state])
                #expect(other.shares[row][state].isNear(share) && twice.shares[row][state].isNear(share))
                #expect(other.standardErrors[row][state].isNear(error))
                #expect((2.0.squareRoot() * twice.standardErrors[row][state]).isNear(error))
            }
        }
    }

    @Test("Of one state that is never left again, the share is Aalen and Johansen's", arguments: seeds)
    func absorbing(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let spells = random.spells(50, reasons: 2)
        let stretches = spells.enumerated().map { client, spell in
            StateOccupancy.Stretch(
                client: client, from: 0, to: spell.exit, state: 0, next: spell.reason.map { $0 + 1 })
        }
        let (occupancy, incidence) = (
            StateOccupancy(stretches, states: 3), CumulativeIncidence(RiskTable(spells, reasons: 2))
        )
        for time in incidence.times {
            let shares = try #require(occupancy.value(at: time)).shares
            for reason in 0..<2 { #expect(shares[reason + 1].isNear(incidence.value(reason: reason, at: time).share)) }
        }
    }

    @Test(
        "Events of a person: never falling, order-free, the same of everybody twice with half the variance",
        arguments: seeds)
    func meanCount(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let people = (0..<40).map { _ in
            let end = Double(Int.random(in: 1...100, using: &random))
            let events = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                Double(Int.random(in: 1...Int(end), using: &random))
            }
            return MeanCumulativeCount.Person(end: end, events: events)
        }
        let count = MeanCumulativeCount(people)
        let (other, twice) = (
            MeanCumulativeCount(people.shuffled(using: &random)), MeanCumulativeCount(people + people)
        )
        #expect(zip(count.counts, count.counts.dropFirst()).allSatisfy { $0 < $1 })
        for row in count.times.indices {
            #expect(other.counts[row].isNear(count.counts[row]) && twice.counts[row].isNear(count.counts[row]))
            #expect(other.standardErrors[row].isNear(count.standardErrors[row]))
            #expect((2.0.squareRoot() * twice.standardErrors[row]).isNear(count.standardErrors[row]))
        }
    }

    @Test("Nobody, and people without events, are no counts and no numbers that are none")
    func empty() {
        #expect(StateOccupancy([], states: 3).value(at: 5) == nil)
        #expect(MeanCumulativeCount([]).value(at: 5) == (0, 0))
        #expect(MeanCumulativeCount([.init(end: 9, events: [])]).value(at: 5) == (0, 0))
        #expect(MeanCumulativeCount([.init(end: 9, events: [3, 4])]).value(at: 5) == (2, 0))
    }
}
