import Testing

@testable import Metrics

@Suite("A roll-out by time since the start")
struct RolloutStudyTests {
    /// Clinics that begin in one of three quarters or never; the rate falls to `ratio` of itself after two months of
    /// learning in which it is 3 times as high: whoever counts them is found out.
    private func record(
        ratio: Double, measure: RolloutRecord.Measure = .rate, never: Int = 6, seed: UInt64 = 5
    ) throws -> RolloutRecord {
        var random = SeededGenerator(seed: seed)
        let starts: [Int?] = (0..<24).map { 12 + 3 * ($0 % 3) + $0 % 2 } + Array(repeating: nil, count: never)
        let sites = starts.map { start in
            let level = Double.random(in: 10...30, using: &random)
            let counts = (0..<36).map { month -> Double? in
                let since = start.map { month - $0 } ?? -1
                let expected = level * (1 + 0.01 * Double(month)) * (since < 0 ? 1 : since < 2 ? 3 : ratio)
                return random.poisson(mean: expected, expOfMinusMean: .exp(-expected))
            }
            return RolloutRecord.Site(
                start: start, phaseInMonths: 2, numerators: counts, denominators: counts.map { _ in 10 * level })
        }
        return try #require(RolloutRecord(months: 0..<36, sites: sites, measure: measure))
    }

    @Test("A rate that falls to 0.6 of itself is found; months of learning are in no estimate", arguments: [1.0, 0.6])
    func found(_ ratio: Double) throws {
        let study = try RolloutStudy(record(ratio: ratio))
        #expect(study.monthsAPeriod == 3)
        let overall = try #require(study.overall)
        let limits = try #require(overall.ratioInterval())
        #expect(limits.lower < ratio && ratio < limits.upper)
        #expect(limits.upper - limits.lower < 0.2 * ratio)
        let never = try #require(study.againstNever?.ratio)
        #expect(abs(never - ratio) < 0.1)
        let bySize = try #require(study.byCaseload?.ratio)
        #expect(abs(bySize - ratio) < 0.1 && bySize != overall.ratio)
        let before = study.points.filter { $0.place < 0 && $0.band != nil }
        #expect(!before.isEmpty && before.allSatisfy { $0.band?.isClear == false })
        let after = study.points.filter { $0.place >= 0 && $0.band != nil }
        #expect(after.allSatisfy { $0.band?.isClear == (ratio < 1) })
    }

    @Test("The same record gives the same band, wider than an interval of its own")
    func seeded() throws {
        let (one, other) = (try RolloutStudy(record(ratio: 0.6)), try RolloutStudy(record(ratio: 0.6)))
        #expect(one.criticalValue == other.criticalValue)
        #expect(try #require(one.criticalValue) > 1.96)
    }

    @Test("A period that falls to few clinics has no band")
    func few() throws {
        let whole = try record(ratio: 0.6)
        let alone = whole.sites.enumerated().map { place, site in
            RolloutRecord.Site(
                start: place == 0 ? 12 : nil, phaseInMonths: 0, numerators: site.numerators,
                denominators: site.denominators)
        }
        let study = try RolloutStudy(#require(RolloutRecord(months: 0..<36, sites: alone, measure: .rate)))
        #expect(study.points.allSatisfy { $0.isOfFewClinics && $0.band == nil })
        #expect(study.criticalValue == nil)
    }

    @Test("Months are the periods where all begin within a quarter; quarters count downwards below the origin too")
    func periods() throws {
        let flat = [Double?](repeating: 4, count: 36)
        func record(_ starts: [Int?]) throws -> RolloutRecord {
            let sites = starts.map {
                RolloutRecord.Site(start: $0, phaseInMonths: 0, numerators: flat, denominators: flat)
            }
            return try #require(RolloutRecord(months: 0..<36, sites: sites, measure: .mean))
        }
        #expect(try record([12, 13, 14, nil]).monthsAPeriod == 1)
        #expect(try record([12, 15, nil]).monthsAPeriod == 3)
        #expect([-4, -3, -1, 0, 2, 3].map { $0.quotient(by: 3) } == [-2, -1, -1, 0, 0, 1])
    }

    @Test("Why there is no estimate is told apart: nobody began, nobody is left to compare with")
    func failures() throws {
        let whole = try record(ratio: 1)
        func study(_ start: (Int) -> Int?) throws(PanelFailure) -> RolloutStudy {
            let sites = whole.sites.enumerated().map { place, site in
                RolloutRecord.Site(
                    start: start(place), phaseInMonths: 0, numerators: site.numerators, denominators: site.denominators)
            }
            guard let record = RolloutRecord(months: 0..<36, sites: sites, measure: .rate) else {
                throw .impossiblePanel
            }
            return try RolloutStudy(record)
        }
        #expect(throws: PanelFailure.noneTreated) { try study { _ in nil } }
        #expect(throws: PanelFailure.noControls) { try study { _ in 12 } }
    }

    @Test("A record whose lists are not as long as its months is none")
    func lengths() {
        let site = RolloutRecord.Site(start: nil, phaseInMonths: 0, numerators: [1], denominators: [1])
        #expect(RolloutRecord(months: 0..<2, sites: [site], measure: .rate) == nil)
    }

    @Test("The model of a stepped wedge finds the effect, and refuses where there is no wedge")
    func wedge() throws {
        let study = try RolloutStudy(record(ratio: 0.6, never: 0))
        let model = try WedgeModel(study.panel)
        let limits = try #require(model.effect.ratioInterval())
        #expect(limits.lower < 0.6 && 0.6 < limits.upper)
        #expect(model.steps == 3 && model.clusters == 24)
        #expect(try #require(model.effect.degrees) > 20)
        #expect(throws: WedgeModel.Failure.notAllCross) { try WedgeModel(RolloutStudy(record(ratio: 0.6)).panel) }
        let once = try SitePanel(periods: [0, 1, 2], values: [[1, 2, 3], [2, 2, 5]], begun: [1, 1])
        #expect(throws: WedgeModel.Failure.oneStep) { try WedgeModel(once) }
    }
}

@Suite("The line of an interrupted series")
struct SegmentedLineTests {
    @Test("Its distance from the old course is the effect that the regression tells", arguments: [0, 2])
    func distance(_ learning: Int) throws {
        var random = SeededGenerator(seed: 3)
        let counts = (0..<48).map { month -> Double? in
            let expected = month < 24 ? 20.0 : 12
            return random.poisson(mean: expected, expOfMinusMean: .exp(-expected))
        }
        let series = MonthlySeries(
            months: (0..<48).map(Double.init), numerators: counts, denominators: counts.map { _ in 100 })
        let fit = try SegmentedRegression(phaseIn: .leftOut(months: learning)).fit(series, start: 24)
        for month in 24..<48 {
            let months = Double(month)
            let continued = try #require(fit.line.continued(in: months))
            guard let rate = fit.line.rate(in: months) else {
                #expect(month < 24 + learning)
                continue
            }
            #expect(month >= 24 + learning)
            let told = fit.effect(after: months - 24 - Double(learning)).estimate
            #expect(abs(.log(rate / continued) - told) < 1e-12)
        }
        #expect(fit.line.continued(in: 23) == nil)
        #expect(try #require(fit.line.rate(in: 10)) > 0.1)
    }
}
