import Testing

@testable import Metrics

@Suite("Staggered roll-outs: what must hold of any")
struct StaggeredPropertyTests {
    private struct Data {
        var values: [[Double?]]
        var begun: [Int?]
        var periods: [Int]

        func panel(weights: [Double]? = nil) throws -> SitePanel {
            try SitePanel(periods: periods, values: values, begun: begun, weights: weights)
        }
    }

    /// Sites of cohorts 3, 5 and none over 7 periods, some values missing.
    private static func data(_ seed: UInt64, sites: Int = 24, missing: Double = 0.1) -> Data {
        var random = SeededGenerator(seed: seed)
        let values = (0..<sites).map { _ in
            (0..<7).map { _ -> Double? in
                let value = Double.random(in: -1...1, using: &random)
                return Double.random(in: 0..<1, using: &random) < missing ? nil : value
            }
        }
        return Data(values: values, begun: (0..<sites).map { [3, 5, nil][$0 % 3] }, periods: Array(1...7))
    }

    private static func expectSame(
        _ one: StaggeredDifferences, _ two: StaggeredDifferences, scale: Double = 1, errors: Double? = 1
    ) {
        #expect(one.cells.count == two.cells.count)
        let pairs = [(one.byEventTime(), two.byEventTime()), (one.byCohort(), two.byCohort())]
        for (mine, yours) in pairs {
            for (a, b) in zip(mine, yours) {
                #expect((scale * a.estimate).isNear(b.estimate, within: 1e-9))
                guard let errors, let first = a.standardError, let second = b.standardError else { continue }
                #expect((errors * first).isNear(second, within: 1e-9))
            }
        }
    }

    @Test("Effects of sites and of periods, order, and scale change nothing but what they should")
    func invariances() throws {
        for seed in 1...6 {
            let data = Self.data(UInt64(seed))
            let fit = try StaggeredDifferences(try data.panel())
            var shifted = data
            for site in data.values.indices {
                for period in 0..<7 {
                    shifted.values[site][period]? += 10 * Double(site) - 3 * Double(period * period)
                }
            }
            Self.expectSame(fit, try StaggeredDifferences(try shifted.panel()))
            let before = try TwoWayFixedEffects(try data.panel()).coefficients[0]
            let after = try TwoWayFixedEffects(try shifted.panel()).coefficients[0]
            #expect(before.estimate.isNear(after.estimate, within: 1e-8))
            #expect(before.standardError.isNear(after.standardError, within: 1e-8))
            var turned = data
            (turned.values, turned.begun) = (data.values.reversed(), data.begun.reversed())
            Self.expectSame(fit, try StaggeredDifferences(try turned.panel()))
            var scaled = data
            scaled.values = data.values.map { $0.map { $0.map { 4 * $0 } } }
            Self.expectSame(fit, try StaggeredDifferences(try scaled.panel()), scale: 4, errors: 4)
            var double = data
            (double.values, double.begun) = (data.values + data.values, data.begun + data.begun)
            Self.expectSame(fit, try StaggeredDifferences(try double.panel()), errors: 0.5.squareRoot())
            Self.expectSame(
                try StaggeredDifferences(try double.panel()),
                try StaggeredDifferences(try data.panel(weights: data.values.map { _ in 2 })), errors: nil)
        }
    }

    /// Means of each side and White's error, written out, values missing.
    @Test("A cell is a difference of mean changes of the sites that have both periods", arguments: 1...6)
    func cells(seed: Int) throws {
        let data = Self.data(UInt64(seed), missing: 0.3)
        for controls in StaggeredDifferences.Controls.allCases {
            for base in StaggeredDifferences.Base.allCases {
                let fit = try StaggeredDifferences(try data.panel(), controls: controls, base: base)
                for cell in fit.cells {
                    let before = cell.period >= cell.cohort || base == .universal ? cell.cohort - 1 : cell.period - 1
                    func side(_ belongs: (Int?) -> Bool) -> (mean: Double, variance: Double, count: Int) {
                        let changes = data.values.indices.filter { belongs(data.begun[$0]) }.compactMap { site in
                            let (now, then) = (data.values[site][cell.period - 1], data.values[site][before - 1])
                            return now.flatMap { now in then.map { now - $0 } }
                        }
                        let n = Double(changes.count)
                        let mean = changes.reduce(0, +) / n
                        let squares = changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                        return (mean, squares / (n * n), changes.count)
                    }
                    let treated = side { $0 == cell.cohort }
                    let others = side { begun in
                        guard let begun else { return true }
                        return controls == .notYetTreated && begun > max(cell.period, before) && begun != cell.cohort
                    }
                    #expect(cell.treated == treated.count && cell.controls == others.count)
                    #expect(cell.estimate.isNear(treated.mean - others.mean))
                    if let error = cell.standardError {
                        #expect(error.isNear((treated.variance + others.variance).squareRoot()))
                    }
                }
            }
        }
    }

    @Test("With two periods and one cohort all ways agree")
    func twoByTwo() throws {
        var data = Self.data(8, missing: 0)
        data.values = data.values.map { Array($0[..<2]) }
        data.begun = data.begun.map { $0 == 3 ? 2 : nil }
        data.periods = [1, 2]
        let panel = try data.panel()
        let (cells, groups) = (try StaggeredDifferences(panel), try TwoGroupDifference(panel, cohort: 2))
        let fixed = try TwoWayFixedEffects(panel).coefficients[0]
        #expect(cells.cells.count == 1)
        #expect(cells.cells[0].estimate.isNear(groups.effect.estimate))
        #expect(fixed.estimate.isNear(groups.effect.estimate))
        #expect(cells.overall()?.estimate.isNear(groups.effect.estimate) == true)
        #expect(cells.overall()?.standardError?.isNear(cells.cells[0].standardError ?? .nan) == true)
        #expect(fixed.independentError.isNear(groups.pooledEffect.standardError))
        #expect(cells.preTrendTest() == nil)
    }

    @Test("Sites begun from the first period on tell nothing; those that begin after the last are controls")
    func outside() throws {
        let data = Self.data(9)
        let fit = try StaggeredDifferences(try data.panel())
        var more = data
        more.values += data.values[..<3].map { $0.map { _ in 1000 } }
        more.begun += [1, 0, -5]
        Self.expectSame(fit, try StaggeredDifferences(try more.panel()))
        #expect(try StaggeredDifferences(try more.panel()).sites == fit.sites)
        var late = data
        late.begun = data.begun.map { $0 ?? 8 }
        Self.expectSame(fit, try StaggeredDifferences(try late.panel()))
        // Without sites that never begin the last cohort has no controls once it has begun.
        var all = data
        all.begun = data.begun.map { $0 ?? 6 }
        let cells = try StaggeredDifferences(try all.panel()).cells
        #expect(!cells.contains { $0.period >= 6 } && cells.contains { $0.cohort == 6 })
        #expect(throws: PanelFailure.noControls) {
            try StaggeredDifferences(try all.panel(), controls: .neverTreated, base: .varying)
        }
    }

    @Test("Panels that say nothing are refused by what they lack")
    func refusals() throws {
        #expect(throws: PanelFailure.impossiblePanel) { try SitePanel(periods: [1, 2], values: [[1]], begun: [nil]) }
        #expect(throws: PanelFailure.impossiblePanel) {
            try SitePanel(periods: [2, 1], values: [[1, 2]], begun: [nil])
        }
        #expect(throws: PanelFailure.impossiblePanel) {
            try SitePanel(periods: [1, 2], values: [[1, .nan]], begun: [nil])
        }
        #expect(throws: PanelFailure.impossiblePanel) {
            try SitePanel(periods: [1, 2], values: [[1, 2]], begun: [nil], weights: [0])
        }
        #expect(throws: PanelFailure.impossiblePanel) { try SitePanel(periods: [], values: [], begun: []) }
        #expect(throws: PanelFailure.impossiblePanel) {
            try SitePanel(periods: [.min, .max], values: [[1, 2]], begun: [nil])
        }
        let good = try Self.data(1).panel()
        for reach in [0, -1, Int.min] {
            #expect(throws: PanelFailure.impossiblePanel) { try TwoWayFixedEffects(eventStudy: good, reach: reach) }
        }
        let never = try SitePanel(periods: [1, 2], values: [[1, 2], [3, 5]], begun: [nil, nil])
        #expect(throws: PanelFailure.noneTreated) { try StaggeredDifferences(never) }
        #expect(throws: PanelFailure.noVariation) { try TwoWayFixedEffects(never) }
        let empty = try SitePanel(periods: [1, 2], values: [[nil, nil], [nil, nil]], begun: [2, nil])
        #expect(throws: PanelFailure.noControls) { try StaggeredDifferences(empty) }
        #expect(throws: PanelFailure.tooFewSites) { try TwoWayFixedEffects(empty) }
        #expect(throws: PanelFailure.tooFewSites) { try TwoGroupDifference(empty, cohort: 2) }
        #expect(throws: PanelFailure.noVariation) {
            try TwoGroupDifference(changesOfTreated: [1, 1], ofControls: [0, 0])
        }
        #expect(throws: PanelFailure.noneTreated) { try TwoGroupDifference(never, cohort: 1) }
        let huge = try SitePanel(
            periods: [1, 2], values: [[-1e308, 1e308], [1e308, -1e308]], begun: [2, nil])
        #expect(throws: PanelFailure.impossiblePanel) { try StaggeredDifferences(huge) }
        let one = try StaggeredDifferences(
            try SitePanel(periods: [1, 2], values: [[1, 4], [2, 3], [3, 3.5]], begun: [2, nil, nil]))
        #expect(one.byCohort()[0].isOfFewSites && one.byCohort()[0].treated == 1)
    }

    @Test("Outcomes: the logarithm of a rate with half an event, or a rate; none without exposure")
    func outcomes() throws {
        #expect(SitePanel.Outcome.logRate.value(0, 10) == Double.log(0.05))
        #expect(SitePanel.Outcome.rate(per: 100).value(3, 60) == 5)
        for (events, exposure) in [(nil, 1.0), (1.0, nil), (-1, 1), (1, 0), (.nan, 1), (1, .nan)]
            as [(Double?, Double?)]
        {
            #expect(SitePanel.Outcome.logRate.value(events, exposure) == nil)
            #expect(SitePanel.Outcome.rate(per: 1).value(events, exposure) == nil)
        }
        let panel = try SitePanel(
            periods: [1, 2], events: [[1, 2], [0, 3]], exposures: [[10, 10], [10, nil]], outcome: .rate(per: 10),
            begun: [2, nil])
        #expect(panel.values == [[1, 2], [0, nil]])
    }
}
