import Testing

@testable import Metrics

@Suite("Outliers by scores")
struct OutlierScoreTests {
    private func newest(_ values: [Double], _ method: OutlierMethod, floor: Double? = nil) -> OutlierFinding? {
        OutlierScreening(.values(values, floor: floor)).newest().finding(method)
    }

    @Test("By hand: one 1 after ten 0 is 10/√11 from the mean, beyond 3; after nine 0 it is 9/√10, which is not")
    func standardScore() throws {
        let eleven = try #require(newest(Array(repeating: 0, count: 10) + [1], .standardScore))
        #expect(abs((eleven.score ?? 0) - 10 / 11.0.squareRoot()) < 1e-14)
        #expect(eleven.side == .above)
        #expect(eleven.expected == 1.0 / 11)
        #expect(abs(eleven.range.upper - (1.0 / 11 + 3 / 11.0.squareRoot())) < 1e-15)
        #expect(eleven.falseAlarm > 0)
        let ten = try #require(newest(Array(repeating: 0, count: 9) + [1], .standardScore))
        #expect(abs((ten.score ?? 0) - 9 / 10.0.squareRoot()) < 1e-14)
        #expect(!ten.isOutlier)
        #expect(ten.falseAlarm == 0)
    }

    @Test("WHO calls 2 standard deviations moderate: 9/√10 is beyond 2")
    func moderate() {
        let screening = OutlierScreening(
            .values(Array(repeating: 1, count: 9) + [0]), limits: OutlierLimits(standardScore: 2))
        #expect(screening.newest().finding(.standardScore)?.side == .below)
    }

    @Test("By hand: 1, 2, 3, 4, 5, 100 have median 7/2 and MAD 3/2, so that 100 scores 0.6745 · 193/3")
    func modifiedScore() throws {
        let finding = try #require(newest([1, 2, 3, 4, 5, 100], .modifiedScore))
        #expect(abs((finding.score ?? 0) - 0.6745 * 193 / 3) < 1e-12)
        #expect(finding.side == .above)
        #expect(finding.expected == 3.5)
        #expect(abs(finding.range.lower - (3.5 - 3.5 * 1.5 / 0.6745)) < 1e-14)
    }

    @Test("By hand: after 1, 3, 1, 3, 1, 3 DHIS2's limits are 2 ± 3 · 1; 5 is on them and 5.5 beyond")
    func minMax() throws {
        let earlier: [Double] = [1, 3, 1, 3, 1, 3]
        #expect(newest(earlier + [5], .minMax)?.isOutlier == false)
        let beyond = try #require(newest(earlier + [5.5], .minMax, floor: 0))
        #expect(beyond.score == 3.5)
        #expect(beyond.side == .above)
        #expect(beyond.range.lower == 0)
        #expect(beyond.range.upper == 5)
        #expect(newest(earlier + [-1.5], .minMax)?.side == .below)
    }

    @Test("Without spread there is no score, also where equal ratios differ by rounding and where half are equal")
    func noVariation() {
        let flat = OutlierScreening(.values(Array(repeating: 0.1, count: 12))).newest()
        #expect(flat.tests.map(\.result) == Array(repeating: .failure(.noVariation), count: 3))
        let thirds = (1...12).map { Double($0) }
        let equal = OutlierScreening(.proportions(numerators: thirds, denominators: thirds.map { $0 * 3 })).newest()
        #expect(equal.reason(.standardScore) == .noVariation)
        #expect(equal.reason(.minMax) == .noVariation)
        let rare = OutlierScreening(.values([0, 0, 0, 0, 0, 1, 0, 2])).newest()
        #expect(rare.reason(.modifiedScore) == .noVariation)
        #expect(rare.finding(.standardScore) != nil)
    }

    @Test("Shifting and scaling a series shifts and scales what is expected and leaves the scores")
    func properties() throws {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<50 {
            let values = (0..<18).map { _ in Double.random(in: 0...10, using: &random) }
            let report = OutlierScreening(.values(values)).eachMonth()
            let moved = OutlierScreening(.values(values.map { 4 * $0 - 50 })).eachMonth()
            for (test, other) in zip(report.tests, moved.tests) {
                guard let finding = test.finding, let shifted = other.finding else {
                    #expect(test.result == other.result)
                    continue
                }
                #expect(abs((shifted.score ?? 0) - (finding.score ?? 9)) < 1e-11)
                #expect(abs(shifted.range.upper - (4 * finding.range.upper - 50)) < 1e-11)
                #expect(shifted.side == finding.side)
                #expect(shifted.falseAlarm == finding.falseAlarm)
            }
        }
    }

    @Test("Of normal values as many are called as expected: Thompson's t, the t of a new value, the fit for the MAD")
    func falseAlarms() throws {
        var random = SeededGenerator(seed: 22)
        var reports: [OutlierReport] = []
        for size in [7, 12, 24, 37] {
            for _ in 0..<150 {
                let values = (0..<size).map { _ in
                    Normal.quantile(Double.random(in: 1e-12..<1, using: &random))
                }
                reports.append(OutlierScreening(.values(values)).eachMonth())
            }
        }
        for method in [OutlierMethod.standardScore, .modifiedScore, .minMax] {
            let tests = OutlierReport(tests: reports.flatMap { $0.only([method]).tests })
            let expected = tests.falseAlarmsExpected
            let seen = Double(tests.outliers.count)
            print("\(method.rawValue): \(tests.testsMade) tests, \(expected) false alarms expected, \(seen) seen")
            // Months of one series are tested against each other, so the spread is a little above Poisson's.
            #expect(abs(seen - expected) < 4 * expected.squareRoot())
        }
    }
}
