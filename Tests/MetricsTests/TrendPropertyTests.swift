import Testing

@testable import Metrics

@Suite("Properties of trends and sequential charts")
struct TrendPropertyTests {
    private static let seeds = Array(UInt64(601)...610)

    private func sample(_ seed: UInt64, months: Int = 48) -> MonthlySeries {
        var random = SeededGenerator(seed: seed)
        return random.series(months)
    }

    private func moved(_ series: MonthlySeries, by months: Double = 0, exposure factor: Double = 1) -> MonthlySeries {
        MonthlySeries(
            months: series.months.map { $0 + months }, numerators: series.numerators,
            denominators: series.denominators.map { $0 * factor })
    }

    @Test("Where months are counted from, and in what unit exposure is, does not change a trend", arguments: seeds)
    func origin(seed: UInt64) throws {
        let series = sample(seed)
        for trend in [LogLinearTrend(seasonal: false), LogLinearTrend(seasonal: true), LogLinearTrend(cautious: false)]
        {
            for changed in [moved(series, by: 24_001), moved(series, exposure: 1 / 30.0)] {
                let (one, other) = (try trend.ofRate(series).get(), try trend.ofRate(changed).get())
                #expect(other.logChange.isNear(one.logChange, within: 1e-8))
                #expect(other.standardError.isNear(one.standardError, within: 1e-8))
                #expect(other.serialCorrelation.isNear(one.serialCorrelation, within: 1e-7))
                #expect(one.percent().isHonest)
            }
            let (odds, other) = (try trend.ofOdds(series).get(), try trend.ofOdds(moved(series, by: -500)).get())
            #expect(other.logChange.isNear(odds.logChange, within: 1e-8))
        }
        let (bends, same) = (
            try Joinpoint.search(series, mostJoins: 1).get(),
            try Joinpoint.search(moved(series, by: 600), mostJoins: 1).get()
        )
        for (one, other) in zip(bends.models, same.models) {
            #expect(other.joins == one.joins.map { $0 + 600 } && other.deviance.isNear(one.deviance, within: 1e-8))
        }
        #expect(bends.models.map(\.deviance) == bends.models.map(\.deviance).sorted(by: >))
    }

    @Test("A series run backwards has the opposite trend; successes for failures too", arguments: seeds)
    func reversal(seed: UInt64) throws {
        let series = sample(seed)
        let backwards = MonthlySeries(
            months: series.months, numerators: series.numerators.reversed(),
            denominators: series.denominators.reversed())
        let failures = MonthlySeries(
            months: series.months, numerators: zip(series.denominators, series.numerators).map { $0 - $1 },
            denominators: series.denominators)
        let trend = LogLinearTrend(seasonal: false)
        let (one, other) = (try trend.ofRate(series).get(), try trend.ofRate(backwards).get())
        #expect(other.logChange.isNear(-one.logChange, within: 1e-9))
        #expect(other.standardError.isNear(one.standardError, within: 1e-9))
        let (odds, mirrored) = (try trend.ofOdds(series).get(), try trend.ofOdds(failures).get())
        #expect(mirrored.logChange.isNear(-odds.logChange, within: 1e-9))
        let ratios = series.ratios
        #expect(MannKendall(ratios.reversed()).score == -MannKendall(ratios).score)
        #expect(MannKendall(ratios.map { .exp($0) }) == MannKendall(ratios))
        #expect(abs(try #require(MannKendall(ratios).tau)) <= 1)
    }

    @Test("The median slope follows a line added to the values, its limits hold it", arguments: seeds)
    func medianSlope(seed: UInt64) throws {
        let series = sample(seed)
        let (ratios, months) = (series.ratios, series.months)
        let line = try #require(TheilSen(ratios, at: months))
        let raised = try #require(TheilSen(zip(ratios, months).map { 5 + $0 + 2 * $1 }, at: months))
        #expect(raised.slope.isNear(line.slope + 2) && raised.intercept.isNear(line.intercept + 5))
        #expect(line.interval.lower <= line.slope && line.slope <= line.interval.upper)
        #expect(raised.interval.lower.isNear(line.interval.lower + 2))
        let later = months.map { $0 + 36 }
        #expect(MannKendall.seasonal(ratios, months: later) == MannKendall.seasonal(ratios, months: months))
        #expect(
            TheilSen.seasonalSlope(ratios, months: later).isNear(TheilSen.seasonalSlope(ratios, months: months)))
        #expect(MannKendall(ratios).allowingForCorrelation(of: ratios).variance >= 0)
    }

    @Test(
        "After a gap both charts begin as if nothing had been; opposite months give opposite charts", arguments: seeds)
    func reset(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let z = (0..<40).map { _ in Double.random(in: -3...3, using: &random) }
        let tail = Array(z[20...])
        let gap = z[..<20].map(Optional.some) + [nil] + tail.map(Optional.some)
        #expect(Array(WeightedAverageChart(gap).points[21...]) == WeightedAverageChart(tail).points)
        #expect(WeightedAverageChart(gap).points[20] == nil && CumulativeSumChart(gap).points[20] == nil)
        #expect(Array(CumulativeSumChart(gap).points[21...]) == CumulativeSumChart(tail).points)
        let opposite = CumulativeSumChart(z.map { -$0 }).points.compactMap(\.self)
        let points = CumulativeSumChart(z).points.compactMap(\.self)
        #expect(opposite.map(\.rise) == points.map(\.fall) && opposite.map(\.fall) == points.map(\.rise))
        #expect(points.allSatisfy { $0.rise >= 0 && $0.fall >= 0 })
        let observed = z.map { Optional(abs($0)) } + [nil, 1]
        let sums = CumulativeSumChart.logLikelihoodRatio(
            observed: observed, expected: Array(repeating: 1, count: 42), ratio: 1.5)
        #expect(sums[40] == nil && sums.compactMap(\.self).allSatisfy { $0 >= 0 })
        #expect(sums[41] == CumulativeSumChart.logLikelihoodRatio(observed: [1], expected: [1], ratio: 1.5)[0])
    }

    @Test("A signal starts its sum anew, and only then", arguments: seeds)
    func restart(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let z = (0..<60).map { _ in Double.random(in: -1...3, using: &random) }
        let points = CumulativeSumChart(z).points.compactMap(\.self)
        for (index, point) in points.enumerated().dropLast() {
            let carried = point.signals.contains(.above) ? 0 : point.rise
            #expect(points[index + 1].rise == max(0, carried + z[index + 1] - 0.5))
        }
        #expect(points.contains { $0.signals.contains(.above) })
    }

    @Test("A chart needs longer for a smaller shift, and longest for none")
    func runLength() throws {
        for limit in [4.0, 5] {
            let lengths = try [0, 0.5, 1, 2].map {
                try #require(RunLength.cumulativeSum(slack: 0.5, limit: limit, shift: $0))
            }
            #expect(lengths == lengths.sorted(by: >))
        }
    }
}
