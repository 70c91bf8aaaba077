import Testing

@testable import Metrics

/// Numbers from R 4: glm(y ~ t + cos(2 pi t) + sin(2 pi t) + offset(log(n)), quasipoisson), epsilon 1e-16, with the
/// dispersion floored at 1.
@Suite("The course of a trend")
struct TrendCourseTests {
    private func close(_ value: Double?, _ reference: Double) -> Bool {
        abs((value ?? .nan) - reference) <= 1e-9 * abs(reference)
    }

    @Test("Rates: per cent a year, p and the course at both ends agree with glm and predict")
    func rates() throws {
        let series = MonthlySeries(
            months: (0..<36).map(Double.init), numerators: TrendData.dropouts.map { $0 },
            denominators: (0..<36).map { 200 + Double($0) })
        let change = try LogLinearTrend().ofRate(series).get()
        let percent = try #require(change.percent().value)
        #expect(close(percent.point, -21.835312146529))
        #expect(close(percent.interval?.lower, -31.304880322497))
        #expect(close(percent.interval?.upper, -11.060371451229))
        #expect(close(change.p, 0.00048228437508351))
        let (first, last) = (try #require(change.course.value(at: 0)), try #require(change.course.value(at: 35)))
        #expect(close(100 * first.point, 6.5563032345413))
        #expect(close(100 * first.interval.lower, 5.3575024445229))
        #expect(close(100 * first.interval.upper, 8.0233490415298))
        #expect(close(100 * last.point, 3.1959988107534))
        #expect(close(100 * last.interval.lower, 2.5351659340484))
        #expect(close(100 * last.interval.upper, 4.0290886924416))
    }

    @Test("Odds: the course is a proportion")
    func odds() throws {
        let positives = [
            30.0, 28, 33, 31, 27, 29, 26, 30, 25, 28, 24, 27, 26, 22, 25, 23, 26, 21, 24, 20, 23, 19, 22, 21,
        ]
        let series = MonthlySeries(
            months: (0..<24).map(Double.init), numerators: positives.map { $0 },
            denominators: positives.map { _ in 100 })
        let change = try LogLinearTrend().ofOdds(series).get()
        #expect(close(change.percent().value?.point, -24.3202240723051))
        #expect(close(change.percent().value?.interval?.lower, -37.1377684808293))
        #expect(close(change.course.value(at: 23)?.point, 0.20583250432729))
    }

    @Test("A stock: twelve times the mean change with the interval of t.test")
    func stock() throws {
        let stock = [200.0, 203, 201, 198, 204, 207, 205, 209, 206, 211, 208, 212, 215, 213, 218]
        let change = try MeanMonthlyChange.of(MonthlyChange.series(of: stock).compactMap(\.self)).get()
        #expect(close(change.yearly, 15.4285714286))
        #expect(close(change.interval.lower, -8.94356469203))
        #expect(close(change.interval.upper, 39.80070754917))
        #expect(close(change.p, 0.194615357617))
        #expect(MeanMonthlyChange.of([1, 2, 3]) == .failure(.tooFewPoints))
        #expect(MeanMonthlyChange.of(Array(repeating: 2, count: 20)) == .failure(.noVariation))
    }

    @Test("A bend lies where the deviance is least, and within what F(1, n − 4) leaves (R, glm at every month)")
    func bend() throws {
        let counts = [
            113.0, 133, 131, 120, 98, 119, 120, 117, 107, 101, 102, 104, 105, 105, 113, 111, 108, 110, 108, 99, 78, 102,
            106, 88, 89, 94, 99, 107, 105, 95, 123, 111, 132, 132, 125, 126, 141, 131, 124, 157, 151, 168, 167, 159,
            161, 196, 209, 183,
        ]
        let series = MonthlySeries(
            months: counts.indices.map(Double.init), numerators: counts.map { $0 }, denominators: counts.map { _ in 1 })
        let model = try Joinpoint.search(series).get().models[1]
        #expect(model.joins == [24])
        #expect(model.joinInterval == 23...26)
        #expect(close(model.deviance, 34.2872919899))
    }

    @Test("The median slope's limits widen with the test's variance; within calendar months it forgets the seasons")
    func medianSlope() throws {
        let months = (0..<36).map(Double.init)
        // Two a year upwards under a wave of ten.
        let waves = months.map { 2 * $0 / 12 + 10 * Double.sin(2 * .pi * $0 / 12) }
        let seasonal = try #require(TheilSen(seasonal: waves, months: months))
        #expect(abs(seasonal.slope - 2) < 1e-9)
        // Each month resembles its neighbours.
        let levels = [3.0, 9, 1, 7, 4, 10, 2, 8, 5, 11, 6, 12]
        let values = months.map { levels[Int($0) / 3] + $0 / 100 }
        let plain = MannKendall(values)
        let wide = plain.allowingForCorrelation(of: values)
        #expect(wide.variance > plain.variance)
        let times = months.map { $0 / 12 }
        let (narrow, wider) = (
            try #require(TheilSen(values, at: times)), try #require(TheilSen(values, at: times, test: wide))
        )
        #expect(narrow.slope == wider.slope)
        #expect(wider.interval.lower < narrow.interval.lower && wider.interval.upper > narrow.interval.upper)
    }
}

enum TrendData {
    static let dropouts: [Double] = [
        14, 9, 12, 17, 11, 8, 13, 10, 15, 9, 12, 16, 8, 11, 14, 7, 12, 10, 9, 13, 8, 11, 6, 10, 9, 12, 7, 8, 11, 6, 10,
        5,
        9, 7, 8, 6,
    ]
}
