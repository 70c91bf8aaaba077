import Testing

@testable import Metrics

@Suite("A baseline that begins anew")
struct RebasingTests {
    /// Sixteen months about 10, sixteen about 20, each over an exposure of 2.
    private let numerators: [Double?] = (0..<32).map { ($0 < 16 ? 10 : 20) + ($0 % 2 == 0 ? 1 : -1) }
    private let denominators = [Double?](repeating: 2, count: 32)

    private func chart(_ numerators: [Double?], from starts: [Int]) throws -> ControlChart {
        try Rebasing.chart(from: starts, hasValue: numerators.map { $0 != nil }) { stretch in
            RateChart.u(
                numerators: numerators.indices.map { stretch.contains($0) ? numerators[$0] : nil },
                denominators: denominators)
        }.get()
    }

    @Test("Each stretch has the centre of its own months, by hand: 10/2 and 20/2")
    func twoLevels() throws {
        let chart = try chart(numerators, from: [16])
        #expect(chart.rebases == [16])
        #expect(chart.points[..<16].allSatisfy { $0?.centre == 5 })
        #expect(chart.points[16...].allSatisfy { $0?.centre == 10 })
        #expect(chart.baseline(at: 3) == Array(0..<16))
        #expect(chart.baseline(at: 16) == Array(16..<32))
        #expect(chart.points.allSatisfy { $0?.signals.isEmpty == true })
    }

    @Test("Without an event the limits stay: the doubled months are signals")
    func withoutEvent() throws {
        let chart = try chart(numerators, from: [])
        #expect(chart.rebases == [])
        #expect(chart.baseline == Array(0..<24))
        // (16 × 10 + 8 × 20) / 48
        #expect(chart.points.allSatisfy { abs(($0?.centre ?? 0) - 320 / 48.0) < 1e-12 })
        #expect(chart.points[31]?.signals.contains { $0.rule == .run && $0.side == .above && $0.since == 16 } == true)
    }

    @Test("Seven months are too few to learn a level from: the limits before go on, and so does their signal")
    func tooSoon() throws {
        let short = Array(numerators[..<23])
        let chart = try Rebasing.chart(from: [16], hasValue: short.map { $0 != nil }) { stretch in
            RateChart.u(
                numerators: short.indices.map { stretch.contains($0) ? short[$0] : nil },
                denominators: Array(denominators[..<23]))
        }.get()
        #expect(chart.rebases == [])
        #expect(Rebasing.effective([16], hasValue: Array(repeating: true, count: 24)) == [16])
        #expect(Rebasing.effective([16], hasValue: Array(repeating: true, count: 23)) == [])
    }

    @Test("Of two that follow soon upon one another only the second begins a level; what lies outside begins none")
    func twoEvents() {
        let all = Array(repeating: true, count: 32)
        #expect(Rebasing.effective([12, 16], hasValue: all) == [16])
        #expect(Rebasing.effective([16, 8, 16, -1, 40], hasValue: all) == [8, 16])
        // Months without a value are not learnt from.
        #expect(Rebasing.effective([20], hasValue: all.indices.map { $0 < 24 || $0 % 2 == 0 }) == [20])
        #expect(Rebasing.effective([20], hasValue: all.indices.map { $0 < 23 || $0 % 2 == 0 }) == [])
    }

    @Test("A run does not go on into another baseline")
    func runEnds() throws {
        // About 10 for 24 months, the last five of them above; then, anew, three more above the new centre.
        var values: [Double?] = (0..<19).map { $0 % 2 == 0 ? 12 : 8 }
        values += [11, 11, 11, 11, 11]
        values += [11, 11, 11, 9, 9, 9, 9, 9]
        let chart = try chart(values, from: [24])
        #expect(chart.rebases == [24])
        #expect(chart.points.allSatisfy { $0?.signals.isEmpty == true })
    }

    @Test("Weighted averages and sums, by hand, begin anew with the baseline and after a gap")
    func sequential() throws {
        var gap = numerators
        gap[10] = nil
        let chart = try chart(gap, from: [16])
        let z = chart.points.map { $0?.z }
        let averages = try #require(SequentialChart(chart, .weightedAverage))
        #expect(averages.points[10] == nil)
        for start in [0, 11, 16] {
            #expect(averages.points[start]?.average == 0.2 * (z[start] ?? .nan))
            #expect(abs((averages.points[start]?.limit ?? 0) - 0.6) < 1e-12)
        }
        let second = 0.2 * (z[1] ?? .nan) + 0.8 * (averages.points[0]?.average ?? .nan)
        #expect(averages.points[1]?.average == second)
        // R: 3 * sqrt(.2/1.8 * (1 - .8^4))
        #expect(abs((averages.points[1]?.limit ?? 0) - 0.768374908492) < 1e-11)
        let sums = try #require(SequentialChart(chart, .cumulativeSum))
        #expect(sums.points[16]?.rise == max(0, (z[16] ?? .nan) - 0.5))
        #expect(sums.points[10] == nil)
        #expect(SequentialChart(chart, .shewhart) == nil)
    }

    @Test("A small lasting shift: no month beyond the limits, and both memories call it, with its beginning")
    func smallShift() throws {
        // Steady about 100, from month 24 on a standard deviation higher.
        let values: [Double?] = (0..<40).map { Double(($0 % 2 == 0 ? 104 : 96) + ($0 >= 24 ? 12 : 0)) }
        let chart = try RateChart.u(numerators: values, denominators: values.map { _ in 1 }).get()
        #expect(chart.points.allSatisfy { $0?.signals.allSatisfy { $0.rule != .beyondLimits } == true })
        for method in [ChartMethod.weightedAverage, .cumulativeSum] {
            let points = try #require(SequentialChart(chart, method)).points
            #expect(points[..<24].allSatisfy { $0?.signals.isEmpty == true }, "\(method)")
            let signal = try #require(points[39]?.signals.first)
            #expect(signal.side == .above)
            if method == .cumulativeSum { #expect(signal.since == 24) }
        }
    }
}
