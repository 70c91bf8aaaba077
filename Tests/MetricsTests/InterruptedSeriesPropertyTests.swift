import Testing

@testable import Metrics

@Suite("Interrupted series: what must hold of any")
struct InterruptedSeriesPropertyTests {
    private static let start = 24.0

    private static func series(_ seed: UInt64, mean: Double = 12) -> MonthlySeries {
        var random = SeededGenerator(seed: seed)
        return random.series(48, mean: mean)
    }

    /// Methods that are about counts or their logarithms, by name.
    private static let methods = SegmentedRegression.Method.allCases

    @Test("A shift of time, or a scale of exposure, changes no effect", arguments: methods)
    func shift(method: SegmentedRegression.Method) throws {
        let series = Self.series(1)
        let regression = SegmentedRegression(method: method)
        let fit = try regression.fit(series, start: Self.start)
        let moved = MonthlySeries(
            months: series.months.map { $0 + 2400 }, numerators: series.numerators,
            denominators: series.denominators.map { 7 * $0 })
        let other = try regression.fit(moved, start: Self.start + 2400)
        for (one, two) in [
            (fit.level, other.level), (fit.slope, other.slope), (fit.effect(after: 12), other.effect(after: 12)),
        ] {
            #expect(one.estimate.isNear(two.estimate, within: 1e-8))
            #expect(one.standardError.isNear(two.standardError, within: 1e-8))
            #expect(one.degrees?.isNear(two.degrees ?? .nan, within: 1e-5) == true)
        }
    }

    @Test("The effect after no month is that of level; its error is the covariances'", arguments: methods)
    func combination(method: SegmentedRegression.Method) throws {
        let fit = try SegmentedRegression(method: method).fit(Self.series(2), start: Self.start)
        #expect(fit.effect(after: 0) == fit.level)
        let far = fit.effect(after: 1e6)
        #expect((far.estimate / 1e6).isNear(fit.slope.estimate, within: 1e-5))
        #expect((far.standardError / 1e6).isNear(fit.slope.standardError, within: 1e-3))
        #expect(fit.before == 24 && fit.after == 24)
    }

    @Test("Months of training left out are as good as absent; modelled, their level is their own")
    func phaseIn() throws {
        let series = Self.series(3)
        var wild = series.numerators
        for month in 24..<27 { wild[month] = 400 }
        let absent = series.months.indices.filter { !(24..<27).contains($0) }
        let without = MonthlySeries(
            months: absent.map { series.months[$0] }, numerators: absent.map { series.numerators[$0] },
            denominators: absent.map { series.denominators[$0] })
        let disturbed = MonthlySeries(months: series.months, numerators: wild, denominators: series.denominators)
        for method in SegmentedRegression.Method.allCases {
            let plain = SegmentedRegression(method: method)
            let expected = try plain.fit(without, start: 27).level
            let left = SegmentedRegression(method: method, phaseIn: .leftOut(months: 3))
            let found = try left.fit(disturbed, start: 24).level
            #expect(found.estimate.isNear(expected.estimate) && found.standardError.isNear(expected.standardError))
            // One month with a level of its own tells nothing of the rest.
            let modelled = SegmentedRegression(method: method, phaseIn: .modelled(months: 1))
            let level = try modelled.fit(disturbed, start: 26).level
            let other = try SegmentedRegression(method: method, phaseIn: .leftOut(months: 1)).fit(disturbed, start: 26)
            #expect(level.estimate.isNear(other.level.estimate, within: 1e-7))
        }
    }

    @Test("What cannot be estimated says why", arguments: methods)
    func refusals(method: SegmentedRegression.Method) {
        let series = Self.series(4)
        let (months, counts, sizes) = (series.months, series.numerators, series.denominators)
        func reason(
            _ months: [Double], _ counts: [Double?], start: Double? = 24, waves: Int = 1
        ) -> SeriesFailure? {
            let given = MonthlySeries(months: months, numerators: counts, denominators: sizes)
            do {
                _ = try SegmentedRegression(method: method, waves: waves).fit(given, start: start)
                return nil
            } catch { return error }
        }
        #expect(reason(months, counts) == nil)
        #expect(reason(months, counts, start: nil) == .notStarted)
        #expect(reason(months, counts, start: 7) == .tooFewBefore)
        #expect(reason(months, counts, start: 41) == .tooFewAfter)
        #expect(reason(months, counts.map { _ in nil }) == .tooFewBefore)
        #expect(reason(months, counts.map { _ in 0 }) == .noEvents)
        #expect(reason(months.reversed(), counts) == .impossibleSeries)
        #expect(reason(months.map { $0 + 0.5 }, counts) == .impossibleSeries)
        #expect(reason(months.map { _ in .nan }, counts) == .impossibleSeries)
        #expect(reason(months.map { $0 * 1e300 }, counts) == .impossibleSeries)
        #expect(reason(months, counts.map { _ in -1 }) == .impossibleSeries)
        #expect(reason(months, counts.map { _ in .infinity }) == .impossibleSeries)
        #expect(reason(months, counts, start: .nan) == .impossibleSeries)
        #expect(reason(months, counts, waves: 6) == .impossibleSeries)
        // Yearly months: one wave a year is a constant.
        #expect(reason(months.map { 12 * $0 }, counts, start: 288) == .dependentColumns)
    }

    @Test("Events on one side only have no bound as counts")
    func separated() {
        let months = (0..<40).map(Double.init)
        let given = MonthlySeries(
            months: months, numerators: months.map { $0 < 20 ? 3 : 0 }, denominators: months.map { _ in 50 })
        #expect(throws: SeriesFailure.separated) {
            try SegmentedRegression(method: .quasiPoisson, waves: 0).fit(given, start: 20)
        }
    }

    @Test("Neighbours allowed for: none where the lag is none or less, all where it is beyond the series")
    func lags() throws {
        let series = Self.series(7, mean: 3)
        func error(_ lag: Int) throws -> SymmetricMatrix {
            var regression = SegmentedRegression(method: .quasiPoisson)
            regression.lag = lag
            return try #require(try regression.fit(series, start: 24).covariances.last)
        }
        #expect(try error(-3) == error(0))
        let all = try error(.max)
        // With equal weights to all neighbours the scores' sums are 0.
        #expect(try abs(all[0, 0]) < 1e-3 * error(0)[0, 0])
    }

    @Test("The method follows the counts: an autoregression from 5 a month on")
    func choice() throws {
        #expect(try SegmentedRegression().fit(Self.series(5, mean: 12), start: 24).method == .autoregression)
        #expect(try SegmentedRegression().fit(Self.series(6, mean: 2), start: 24).method == .quasiPoisson)
    }

    @Test("Newey and West's error with no neighbours is White's; the counts' error is at least that of chance")
    func errors() throws {
        for seed in 10..<30 {
            let series = Self.series(UInt64(seed), mean: 6)
            let wide = try SegmentedRegression(method: .quasiPoisson).fit(series, start: 24)
            let plain = try SegmentedRegression(method: .quasiPoissonIndependent).fit(series, start: 24)
            #expect(wide.level.standardError >= plain.level.standardError)
            let design = SegmentedDesign(series.months, start: 24, phaseIn: .none, waves: 1).design
            let line = try LeastSquares(design, series.ratios)
            let (white, newey) = (line.whiteCovariance(), try #require(line.neweyWest(lag: 0)))
            #expect(newey[2, 2].isNear(white[2, 2] * 48 / 42))
        }
    }
}
