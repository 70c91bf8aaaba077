import Testing

@testable import Metrics

@Suite("Properties of retention")
struct RetentionPropertyTests {
    private static let seeds = Array(UInt64(101)...112)

    /// A table of random spells, and the spells.
    private func sample(_ seed: UInt64, reasons: Int = 3, delayed: Bool) -> ([Spell], RiskTable) {
        var random = SeededGenerator(seed: seed)
        let spells = random.spells(Int.random(in: 15...200, using: &random), reasons: reasons, delayed: delayed)
        return (spells, RiskTable(spells, reasons: reasons))
    }

    @Test("The order of people changes nothing", arguments: seeds)
    func order(seed: UInt64) {
        let (spells, table) = sample(seed, delayed: seed % 2 == 0)
        var random = SeededGenerator(seed: seed)
        #expect(RiskTable(spells.shuffled(using: &random), reasons: 3) == table)
    }

    @Test("Reasons under other numbers have the same curves", arguments: seeds)
    func relabelling(seed: UInt64) {
        let (spells, table) = sample(seed, delayed: seed % 2 == 0)
        let moved = spells.map { Spell(entry: $0.entry, exit: $0.exit, reason: $0.reason.map { ($0 + 1) % 3 }) }
        let other = RiskTable(moved, reasons: 3)
        #expect(SurvivalCurve(other).steps == SurvivalCurve(table).steps)
        for reason in 0..<3 {
            #expect(
                SurvivalCurve(other, reasons: [(reason + 1) % 3]).steps == SurvivalCurve(table, reasons: [reason]).steps
            )
            #expect(
                CumulativeIncidence(other).incidence[(reason + 1) % 3] == CumulativeIncidence(table).incidence[reason])
        }
    }

    @Test("Everybody twice: the same curves with half the variance", arguments: seeds)
    func duplication(seed: UInt64) {
        let (spells, table) = sample(seed, delayed: seed % 2 == 0)
        let twice = RiskTable(spells + spells, reasons: 3)
        let (curve, double) = (SurvivalCurve(table), SurvivalCurve(twice))
        for (one, two) in zip(curve.steps, double.steps) {
            #expect(two.survival.isNear(one.survival) && two.hazard.isNear(one.hazard))
            #expect((2 * two.logVariance).isNear(one.logVariance))
            #expect((2 * two.hazardVariance).isNear(one.hazardVariance))
        }
        let (incidence, both) = (CumulativeIncidence(table), CumulativeIncidence(twice))
        for reason in 0..<3 {
            #expect(zip(both.incidence[reason], incidence.incidence[reason]).allSatisfy { $0.isNear($1) })
            #expect(zip(both.variance[reason], incidence.variance[reason]).allSatisfy { (2 * $0).isNear($1) })
        }
        let (mean, same) = (curve.area(to: 40), double.area(to: 40))
        #expect(same.mean.isNear(mean.mean) && (2 * same.variance).isNear(mean.variance))
        #expect(double.quantile(0.5).time == curve.quantile(0.5).time)
    }

    @Test("In other units of time the curve is stretched, and mean time and median with it", arguments: seeds)
    func scaling(seed: UInt64) {
        let (spells, table) = sample(seed, delayed: seed % 2 == 0)
        let hours = spells.map { Spell(entry: 24 * $0.entry, exit: 24 * $0.exit, reason: $0.reason) }
        let (curve, stretched) = (SurvivalCurve(table), SurvivalCurve(RiskTable(hours, reasons: 3)))
        #expect(stretched.steps.map(\.survival) == curve.steps.map(\.survival))
        #expect(stretched.area(to: 24 * 45).mean.isNear(24 * curve.area(to: 45).mean))
        #expect(stretched.area(to: 24 * 45).variance.isNear(24 * 24 * curve.area(to: 45).variance))
        #expect(stretched.quantile(0.5).time == curve.quantile(0.5).time.map { 24 * $0 })
    }

    @Test("Those still there and those gone for each reason make 1 at every time", arguments: seeds)
    func whole(seed: UInt64) {
        let (_, table) = sample(seed, delayed: seed % 2 == 0)
        let (incidence, curve) = (CumulativeIncidence(table), SurvivalCurve(table))
        for (row, time) in incidence.times.enumerated() {
            let gone = incidence.incidence.reduce(0) { $0 + $1[row] }
            #expect((gone + incidence.survival[row]).isNear(1, within: 1e-13))
            #expect(incidence.survival[row].isNear(curve.survival(at: time), within: 1e-13))
            #expect(incidence.variance.allSatisfy { $0[row] >= 0 && $0[row] <= 1 })
        }
        for own in incidence.incidence { #expect(zip(own, own.dropFirst()).allSatisfy { $0 <= $1 }) }
    }

    @Test("The curve never rises, its limits hold it and lie within 0 and 1 on all three scales", arguments: seeds)
    func band(seed: UInt64) {
        let (_, table) = sample(seed, delayed: seed % 2 == 0)
        let steps = SurvivalCurve(table).steps
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.survival >= $1.survival })
        for step in steps {
            for scale in SurvivalScale.allCases {
                guard let limits = scale.interval(of: step), let wide = scale.interval(of: step, level: 0.99) else {
                    #expect(step.survival == 0)
                    continue
                }
                #expect(0 <= limits.lower && limits.lower <= step.survival)
                #expect(step.survival <= limits.upper && limits.upper <= 1)
                #expect(wide.lower <= limits.lower && limits.upper <= wide.upper)
            }
        }
    }

    @Test("Entry at 0 is no delayed entry; without losses the curve is the share that stays longer", arguments: seeds)
    func noDelay(seed: UInt64) {
        let (spells, table) = sample(seed, delayed: false)
        let early = spells.map { Spell(exit: $0.exit, reason: $0.reason) }
        #expect(SurvivalCurve(RiskTable(early, reasons: 3)).steps == SurvivalCurve(table).steps)
        let ended = spells.map { Spell(entry: 0, exit: $0.exit, reason: $0.reason ?? 0) }
        let curve = SurvivalCurve(RiskTable(ended, reasons: 3))
        for day in stride(from: 0.0, through: 60, by: 3) {
            let staying = Double(ended.count { $0.exit > day }) / Double(ended.count)
            #expect(curve.survival(at: day).isNear(staying, within: 1e-13))
        }
    }

    @Test(
        "Mean time lies between 0 and its horizon and grows with it, by no more than the horizon does", arguments: seeds
    )
    func restrictedMean(seed: UInt64) {
        let (_, table) = sample(seed, delayed: seed % 2 == 0)
        let curve = SurvivalCurve(table)
        var before = 0.0
        for horizon in stride(from: 1.0, through: table.lastTime ?? 0, by: 1) {
            let estimate = curve.restrictedMean(to: horizon)
            #expect(estimate.isHonest, "\(horizon)")
            let mean = curve.area(to: horizon).mean
            #expect(before <= mean && mean <= min(horizon, before + 1) + 1e-12)
            if let limits = estimate.value?.interval { #expect(0 <= limits.lower && limits.upper <= horizon) }
            before = mean
        }
    }

    @Test("Counting days agrees with sorting spells, site by site", arguments: seeds)
    func columns(seed: UInt64) {
        let (spells, _) = sample(seed, delayed: seed % 2 == 0)
        let sites = spells.indices.map { $0 % 4 }
        let columns = SpellColumns(
            sites: sites.map { Int32($0) }, entries: spells.map { Int32($0.entry) },
            exits: spells.map { Int32($0.exit) }, reasons: spells.map { UInt8(($0.reason ?? -1) + 1) })
        let tables = columns.tables(sites: 5, reasons: 3)
        for site in 0..<5 {
            let own = spells.indices.filter { sites[$0] == site }.map { spells[$0] }
            #expect(tables[site] == RiskTable(own, reasons: 3))
        }
    }
}
