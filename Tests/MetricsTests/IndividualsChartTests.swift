import Testing

@testable import Metrics

@Suite("XmR chart")
struct IndividualsChartTests {
    @Test("By hand: values 1, 2, 1, 2 … have mean 3/2, moving range 1 and limits 3/2 ± 2.66")
    func byHand() throws {
        let values: [Double?] = [1, 2, 1, 2, 1, 2, 1, 2, nil, 5]
        let chart = try IndividualsChart.xmr(values: values, baseline: 8).get()
        #expect(chart.kind == .xmr)
        #expect(chart.baseline == Array(0...7))
        #expect(chart.points[8] == nil)
        let last = try #require(chart.points[9])
        #expect(last.centre == 1.5)
        #expect(last.lower == 1.5 - 2.66)
        #expect(last.upper == 1.5 + 2.66)
        #expect(abs((last.z ?? 0) - 3.5 * 1.128) < 1e-14)
        #expect(last.signals == [SpecialCause(rule: .beyondLimits, side: .above, since: 9)])
        #expect(chart.sigmaZ == nil)
    }

    @Test("By hand: the monthly change of a stock needs both months")
    func change() {
        #expect(MonthlyChange.series(of: [10, 12, nil, 9, 9]) == [nil, 2, nil, nil, 0])
        #expect(MonthlyChange.series(of: []) == [])
    }

    @Test("Limits agree with Wheeler's formula in R, across missing months")
    func golden() throws {
        let golden = try Reference.fixture("xmr")
        let chart = try IndividualsChart.xmr(values: golden["value"].column).get()
        var agreement = Agreement(with: "fixture xmr")
        agreement.expect(chart.points[0]?.centre, golden["centre"].number)
        agreement.expect(chart.points[0]?.lower, golden["lower"].number)
        agreement.expect(chart.points[0]?.upper, golden["upper"].number)
        agreement.expect(chart.series(\.z), golden["z"].column)
        agreement.conclude()
    }

    @Test("Shifting and scaling the series shifts and scales the limits and leaves the signals")
    func properties() throws {
        var random = SeededGenerator(seed: 4)
        let values = (0..<40).map { Double.random(in: 0...10, using: &random) + ($0 > 30 ? 6 : 0) }
        let chart = try IndividualsChart.xmr(values: values).get()
        let moved = try IndividualsChart.xmr(values: values.map { 4 * $0 - 50 }).get()
        for (point, other) in zip(chart.points, moved.points) {
            let point = try #require(point)
            let other = try #require(other)
            #expect(abs(other.upper - (4 * point.upper - 50)) < 1e-12)
            #expect(abs((other.z ?? 0) - (point.z ?? 0)) < 1e-12)
            #expect(point.signals == other.signals)
        }
    }

    @Test("At the edges: too few points, one point, equal values, a floor, numbers that are none")
    func edges() throws {
        #expect(IndividualsChart.xmr(values: []) == .failure(.tooFewPoints))
        #expect(IndividualsChart.xmr(values: [3]) == .failure(.tooFewPoints))
        #expect(IndividualsChart.xmr(values: [1, 2, 3, 4, 5, 6, 7, nil]) == .failure(.tooFewPoints))
        #expect(IndividualsChart.xmr(values: [1, 2, 3, 4, 5, 6, 7, 8], baseline: -3) == .failure(.tooFewPoints))
        #expect(IndividualsChart.xmr(values: Array(repeating: 5, count: 12)) == .failure(.noVariation))
        #expect(IndividualsChart.xmr(values: [1, .nan, 3, 4, 5, 6, 7, 8, 9]) == .failure(.impossibleCounts))
        let caseload = try IndividualsChart.xmr(values: [1, 9, 1, 9, 1, 9, 1, 9], floor: 0).get()
        #expect(caseload.points[0]?.lower == 0)
    }

    @Test("Charts of the monthly exit rate agree with R's larger set", .enabled(if: Reference.hasOracle))
    func oracle() throws {
        let (cases, tolerance) = try Reference.oracle("spc", "spc.xmr")
        let table = try Reference.table("series.csv")
        var agreement = Agreement(with: "spc.xmr", within: tolerance)
        for (site, expected) in cases.members {
            let clinic = ClinicSeries(site, in: table)
            let pairs = zip(clinic.column("exits", over: "caseload"), clinic.column("caseload", over: "caseload"))
            let values = pairs.map { exits, caseload in (exits ?? 0) / (caseload ?? 1) }
            agreement.expect(MovingRange.mean(of: values), expected["mr_bar"].number, "\(site) mr_bar")
            let result = IndividualsChart.xmr(values: values, baseline: .max)
            guard expected["mr_bar"].number != 0 else {
                // R draws limits without width here; we refuse.
                #expect(result == .failure(.noVariation))
                continue
            }
            let chart = try result.get()
            agreement.expect(chart.points[0]?.centre, expected["mean"].number, "\(site) mean")
            agreement.expect(chart.points[0]?.lower, expected["lcl"].number, "\(site) lcl")
            agreement.expect(chart.points[0]?.upper, expected["ucl"].number, "\(site) ucl")
            let rules = expected["rules"]
            agreement.expect(chart.positions(of: .beyondLimits), rules["r1_beyond3"].column, "\(site) rule 1")
            agreement.expect(chart.positions(of: .run), rules["r2b_eight_same_side"].column, "\(site) 8 in a row")
        }
        agreement.conclude()
    }
}
