import Metrics
import Testing

@Suite("Outlier screening")
struct OutlierScreeningTests {
    private func months(_ value: Double?, _ count: Int) -> [Double?] { Array(repeating: value, count: count) }

    private func reasons(_ series: OutlierSeries) -> [Unavailable?] {
        OutlierScreening(series).newest().tests.map { test in
            if case .failure(let reason) = test.result { reason } else { nil }
        }
    }

    @Test("Each kind of series has the methods that apply to it, in one order, and only those asked for")
    func methods() {
        let eight = months(3, 8)
        let values = OutlierScreening(.values(eight)).newest()
        #expect(values.tests.map(\.method) == [.standardScore, .modifiedScore, .minMax])
        let rates = OutlierSeries.rates(events: eight, exposures: eight)
        #expect(OutlierScreening(rates).newest().tests.suffix(2).map(\.method) == [.poisson, .negativeBinomial])
        let proportions = OutlierScreening(.proportions(numerators: eight, denominators: eight), methods: [.binomial])
        #expect(proportions.newest().tests.map(\.method) == [.binomial])
        #expect(proportions.eachMonth().tests.map(\.month) == Array(0..<8))
    }

    @Test("Fewer than six months with a number are too few, and missing ones do not count")
    func tooFew() {
        #expect(reasons(.values([1, 2, 3, 4, 9])) == Array(repeating: .tooFewPoints, count: 3))
        #expect(reasons(.values([1, nil, 2, nil, 3, 4, 9])) == Array(repeating: .tooFewPoints, count: 3))
        #expect(reasons(.values([1, nil, 2, 5, nil, 3, 4, 9])) == [nil, nil, nil])
        #expect(OutlierScreening(.values([])).newest().tests.isEmpty)
        #expect(OutlierScreening(.values([])).eachMonth() == OutlierReport(tests: []))
        let first = OutlierScreening(.values([1, 3, 2, 5, 4, 3, 9]), methods: [.minMax]).eachMonth()
        #expect(first.tests.prefix(5).allSatisfy { $0.result == .failure(.tooFewPoints) })
        #expect(first.testsMade == 2)
    }

    @Test("A newest month that is missing, without exposure, or with events but without exposure says so")
    func missing() {
        #expect(Set(reasons(.values([1, 2, 3, 4, 5, 6, 7, nil]))) == [.notReported])
        let ten = months(10, 9)
        #expect(Set(reasons(.rates(events: ten, exposures: ten.dropLast() + [0]))) == [.eventsWithoutExposure])
        #expect(Set(reasons(.rates(events: ten.dropLast() + [0], exposures: ten.dropLast() + [0]))) == [.noDenominator])
        #expect(Set(reasons(.rates(events: ten.dropLast() + [nil], exposures: ten))) == [.notReported])
        #expect(Set(reasons(.proportions(numerators: ten, denominators: ten.dropLast() + [nil]))) == [.notReported])
    }

    @Test("Impossible numbers, limits that are none, and numbers beyond a double give reasons, never a trap")
    func impossible() {
        let ten = months(10, 9)
        #expect(Set(reasons(.proportions(numerators: months(11, 9), denominators: ten))) == [.impossibleCounts])
        #expect(Set(reasons(.proportions(numerators: ten, denominators: months(10, 8)))) == [.impossibleCounts])
        #expect(Set(reasons(.rates(events: months(-1, 9), exposures: ten))) == [.impossibleCounts])
        #expect(Set(reasons(.values(months(.nan, 9)))) == [.impossibleCounts])
        #expect(reasons(.rates(events: [3, 4, 2, 4, 3, 5, 6, 1.5], exposures: months(1, 8)))[3] == .impossibleCounts)
        #expect(Set(reasons(.values([1e308, -1e308, 1e307, 2, 3, 4, 1e308, 1e308]))) == [.notComputable])
        for bad in [0, -1, .nan, .infinity] {
            let limits = OutlierLimits(standardScore: bad, modifiedScore: bad, minMax: bad, probability: bad)
            let series = OutlierSeries.rates(events: [3, 4, 2, 4, 3, 5, 6, 1], exposures: months(1, 8))
            let results = OutlierScreening(series, limits: limits).newest().tests.map(\.result)
            #expect(results.prefix(4).allSatisfy { $0 == .failure(.invalidLevel) })
        }
    }

    @Test("Huge counts are tested, or refused where the beta-binomial sum would be too long")
    func huge() throws {
        let millions = (0..<14).map { 4e8 + Double($0 % 3) * 1e4 }
        let report = OutlierScreening(.proportions(numerators: millions, denominators: months(1e9, 14))).newest()
        let plain = try #require(report.tests.first { $0.method == .binomial }?.finding)
        #expect((plain.range.upper - plain.range.lower) * 1e9 / (6 * (2.4e8).squareRoot()) > 0.99)
        #expect(report.tests.last?.result == .failure(.notComputable))
        let rates = OutlierScreening(.rates(events: millions, exposures: months(1e9, 14))).newest()
        #expect(rates.tests.allSatisfy { $0.finding != nil })
    }

    @Test("Whatever is thrown in, every number that comes out is finite and every probability is one")
    func fuzz() {
        var random = SeededGenerator(seed: 26)
        let odd: [Double?] = [nil, 0, 1, 2, 0.5, -3, 1e-300, 1e300, .nan, .infinity, 1e6, 17]
        for round in 0..<600 {
            let choice = round.isMultiple(of: 2) ? Array(odd[..<4]) + [17] : odd
            let size = Int.random(in: 0...20, using: &random)
            let first = (0..<size).map { _ in choice[Int.random(in: 0..<choice.count, using: &random)] }
            let second = (0..<size).map { _ in choice[Int.random(in: 0..<choice.count, using: &random)] }
            let series: [OutlierSeries] = [
                .values(first), .rates(events: first, exposures: second),
                .proportions(numerators: first, denominators: second.map { $0.map { $0 + 17 } }),
            ]
            for finding in series.flatMap({ OutlierScreening($0).eachMonth().tests }).compactMap(\.finding) {
                let numbers = [finding.expected, finding.range.lower, finding.range.upper, finding.falseAlarm]
                #expect(numbers.allSatisfy { $0.isFinite })
                #expect(finding.range.lower <= finding.range.upper)
                #expect((0...1).contains(finding.falseAlarm))
                #expect((0...1).contains(finding.probability ?? 0))
            }
        }
    }

    @Test("The report adds the false alarms of the tests made, and finds the month that was ten times too high")
    func report() throws {
        let tests: [Double?] = months(40, 24)
        var positives: [Double?] = (0..<24).map { Double(2 + ($0 * 7) % 5) }
        positives[20] = 37
        let series = OutlierSeries.proportions(numerators: positives, denominators: tests)
        let report = OutlierScreening(series).eachMonth()
        #expect(Set(report.outliers.filter { $0.month == 20 }.map(\.method)) == Set(OutlierMethod.allCases.prefix(5)))
        #expect(report.outliers.allSatisfy { $0.month == 20 && $0.finding?.side == .above })
        let sum = report.tests.compactMap { $0.finding?.falseAlarm }.reduce(0, +)
        #expect(report.falseAlarmsExpected == sum && sum > 0)
        #expect(report.testsMade == 5 * 24 - 5)
        #expect(report.only([.betaBinomial]).falseAlarmsExpected <= 24 * 0.0027)
        let names = [
            "standard_score", "modified_score", "min_max", "binomial", "beta_binomial", "poisson", "negative_binomial",
        ]
        #expect(OutlierMethod.allCases.map(\.rawValue) == names)
    }

    @Test("By hand: p of 1/100, 4/100, 3/100 are adjusted to 3/100, 4/100, 4/100, and what is missing is not counted")
    func falseDiscovery() {
        let adjusted = FalseDiscovery.benjaminiHochberg([0.01, nil, 0.04, 0.03, .nan, 2])
        #expect(adjusted == [3 * 0.01, nil, 0.04, 0.04, nil, nil])
        #expect(FalseDiscovery.benjaminiHochberg([]) == [])
        #expect(FalseDiscovery.benjaminiHochberg([nil]) == [nil])
        #expect(FalseDiscovery.benjaminiHochberg([1, 1]) == [1, 1])
    }
}
