import Foundation
import Testing

@testable import Metrics

@Suite("Properties of the exact tests of counts")
struct OutlierPropertyTests {
    /// Random months of a clinic with its own share or rate, overdispersed in every other clinic.
    private func clinic(_ random: inout SeededGenerator) -> [(x: Double, n: Double)] {
        let share = Double.random(in: 0.02...0.98, using: &random)
        let spread = Bool.random(using: &random) ? 0.0 : min(share, 1 - share)
        return (0..<Int.random(in: 12...30, using: &random)).map { _ in
            let n = Double(Int.random(in: 1...300, using: &random))
            let p = share + Double.random(in: -1...1, using: &random) * spread
            let x = (0..<Int(n)).reduce(0.0) { sum, _ in
                sum + (Double.random(in: 0..<1, using: &random) < p ? 1 : 0)
            }
            return (x, n)
        }
    }

    @Test("p lies in [0, 1], is p ≤ 0.0027 just outside the range, and exchanging positives and negatives mirrors it")
    func symmetry() throws {
        var random = SeededGenerator(seed: 23)
        for _ in 0..<40 {
            let months = clinic(&random)
            let denominators = months.map(\.n)
            let report = OutlierScreening(
                .proportions(numerators: months.map(\.x), denominators: denominators)
            ).eachMonth()
            let mirror = OutlierScreening(
                .proportions(numerators: months.map { $0.n - $0.x }, denominators: denominators)
            ).eachMonth()
            for (test, mirrored) in zip(report.tests, mirror.tests) {
                guard let finding = test.finding, let other = mirrored.finding, let p = finding.probability else {
                    continue
                }
                let value = months[test.month].x / months[test.month].n
                #expect(0 <= p && p <= 1)
                #expect(finding.isOutlier == (p <= 0.0027))
                #expect(finding.isOutlier == (value < finding.range.lower || value > finding.range.upper))
                #expect(0 <= finding.falseAlarm && finding.falseAlarm <= 1)
                #expect(abs(p - (other.probability ?? 0)) <= 1e-9 * p)
                #expect(abs(finding.range.lower - (1 - other.range.upper)) < 1e-12)
                #expect(finding.isOutlier == other.isOutlier && (!finding.isOutlier || finding.side != other.side))
            }
        }
    }

    @Test("p never rises as the count of a month moves away from what the others have")
    func monotone() throws {
        var random = SeededGenerator(seed: 24)
        for _ in 0..<20 {
            let months = clinic(&random)
            let others = months.dropLast()
            let last = months[months.count - 1].n
            let series: [(Double) -> OutlierSeries] = [
                { .proportions(numerators: others.map(\.x) + [$0], denominators: months.map(\.n)) },
                { .rates(events: others.map(\.x) + [$0], exposures: months.map(\.n)) },
            ]
            for (make, methods) in zip(
                series, [[OutlierMethod.binomial, .betaBinomial], [.poisson, .negativeBinomial]])
            {
                let reports = stride(from: 0, through: last, by: 1).map { OutlierScreening(make($0)).newest() }
                for method in methods {
                    let p = reports.compactMap { $0.finding(method)?.probability }
                    guard let top = p.indices.max(by: { p[$0] < p[$1] }) else { continue }
                    let rising = zip(p[...top], p[...top].dropFirst()).allSatisfy { $0 <= $1 * (1 + 1e-12) }
                    let falling = zip(p[top...], p[top...].dropFirst()).allSatisfy { $0 * (1 + 1e-12) >= $1 }
                    #expect(p.count == reports.count && rising && falling)
                }
            }
        }
    }

    @Test("Of stable months and of months that vary no more are called than the report expects, nor far fewer of these")
    func falseAlarms() throws {
        var random = SeededGenerator(seed: 25)
        for (spread, mean) in [(0, 3), (0, 18), (0.2, 18), (0.45, 18)] as [(Double, Double)] {
            var tests: [OutlierTest] = []
            for _ in 0..<1500 {
                let events: [Double?] = (0..<24).map { _ in
                    // A rate of two values, whose coefficient of variation is `spread`.
                    let rate = mean * (1 + (Bool.random(using: &random) ? spread : -spread))
                    return random.poisson(mean: rate, expOfMinusMean: exp(-rate))
                }
                let exposures = [Double?](repeating: 40, count: 24)
                tests += OutlierScreening(.rates(events: events, exposures: exposures)).newest().tests
            }
            for method in [OutlierMethod.poisson, .negativeBinomial] {
                let report = OutlierReport(tests: tests).only([method])
                let expected = report.falseAlarmsExpected
                let seen = Double(report.outliers.count)
                print("spread \(spread), \(method.rawValue): \(expected) false alarms expected, \(seen) of 1500 seen")
                #expect(seen < expected + 3 * expected.squareRoot())
                #expect(method == .negativeBinomial || spread == 0 || seen > expected / 2)
            }
        }
    }
}
