import Testing

@testable import Metrics

@Suite("Properties of tests between groups")
struct GroupPropertyTests {
    private static let seeds = Array(UInt64(201)...208)

    private func groups(_ seed: UInt64) -> [[Spell]] {
        var random = SeededGenerator(seed: seed)
        return (0..<3).map { _ in random.spells(Int.random(in: 20...90, using: &random), reasons: 2) }
    }

    private func tables(_ groups: [[Spell]]) -> [RiskTable] { groups.map { RiskTable($0, reasons: 2) } }

    @Test("A group beside itself: no distance, p is 1", arguments: seeds)
    func itself(seed: UInt64) throws {
        let own = tables(groups(seed))[0]
        for rho in [0.0, 1] {
            let test = LogRank(strata: [[own, own]], rho: rho)
            #expect(test.statistic.isNear(0, within: 1e-12))
            #expect(try #require(test.p).isNear(1, within: 1e-5))
        }
        let gray = GrayTest([own, own], reason: 0)
        #expect(gray.statistic.isNear(0, within: 1e-12))
        #expect(try #require(gray.p).isNear(1, within: 1e-5))
        let difference = SurvivalDifference(SurvivalCurve(own), SurvivalCurve(own), at: 20)
        #expect(difference.difference.value?.point == 0 && difference.statistic == 0 && difference.p == 1)
    }

    @Test("Groups in another order, and people in another order, give the same test", arguments: seeds)
    func relabelling(seed: UInt64) {
        let groups = groups(seed)
        var random = SeededGenerator(seed: seed)
        let moved = tables([groups[2], groups[0].shuffled(using: &random), groups[1]])
        let (one, other) = (LogRank(strata: [tables(groups)]), LogRank(strata: [moved]))
        #expect(other.statistic.isNear(one.statistic, within: 1e-9) && other.degrees == one.degrees)
        #expect(other.observed == [one.observed[2], one.observed[0], one.observed[1]])
        let (gray, grayOther) = (GrayTest(tables(groups), reason: 1), GrayTest(moved, reason: 1))
        #expect(grayOther.statistic.isNear(gray.statistic, within: 1e-9))
    }

    @Test(
        "Observed and expected have one sum; the unit of time does not matter; a stratum alone is no stratum",
        arguments: seeds)
    func sums(seed: UInt64) {
        let groups = groups(seed)
        let test = LogRank(strata: [tables(groups)])
        #expect(test.observed.reduce(0, +).isNear(test.expected.reduce(0, +)))
        let hours = groups.map { $0.map { Spell(entry: $0.entry, exit: 24 * $0.exit, reason: $0.reason) } }
        #expect(LogRank(strata: [tables(hours)]).statistic.isNear(test.statistic))
        #expect(GrayTest(tables(hours), reason: 0).statistic.isNear(GrayTest(tables(groups), reason: 0).statistic))
        let twice = LogRank(strata: [tables(groups), tables(groups)])
        #expect(zip(twice.expected, test.expected).allSatisfy { $0.isNear(2 * $1) })
        #expect(twice.statistic.isNear(2 * test.statistic))
    }

    @Test("Nobody, or nobody who left, is no test and no number that is none")
    func empty() {
        let nobody = RiskTable([], reasons: 2)
        let still = RiskTable([Spell(entry: 0, exit: 9, reason: nil)], reasons: 2)
        for groups in [[], [nobody], [nobody, nobody], [still, still], [still, nobody]] {
            let (test, gray) = (LogRank(strata: [groups]), GrayTest(groups, reason: 0))
            #expect(test.statistic == 0 && gray.statistic == 0)
            #expect(test.p == nil && (gray.p == nil || gray.p == 1))
        }
        let difference = SurvivalDifference(SurvivalCurve(nobody), SurvivalCurve(still), at: 3)
        #expect(difference.difference == .unavailable(.noDenominator) && difference.p == nil)
    }

    @Test("Two curves differ by the opposite of what they differ the other way round", arguments: seeds)
    func difference(seed: UInt64) throws {
        let curves = tables(groups(seed)).map { SurvivalCurve($0) }
        let there = SurvivalDifference(curves[0], curves[1], at: 25)
        let back = SurvivalDifference(curves[1], curves[0], at: 25)
        let (one, other) = (try #require(there.difference.value), try #require(back.difference.value))
        #expect(there.difference.isHonest && one.point == -other.point)
        #expect(try #require(one.interval?.lower).isNear(-(try #require(other.interval?.upper))))
        #expect(SurvivalDifference(curves[0], curves[1], at: 61).difference == .unavailable(.notObservedSoLong))
    }
}
