import Testing

@testable import Metrics

@Suite("Special causes")
struct SpecialCauseTests {
    /// A chart of centre 0 and limits ±3.
    private func points(_ values: [Double?]) -> [ControlChart.Point?] {
        values.map { value in
            value.map {
                ControlChart.Point(value: $0, centre: 0, lower: -3, upper: 3, z: $0, side: .of($0, around: 0))
            }
        }
    }

    private func find(_ values: [Double?], runLength: Int = 8) -> [[SpecialCause]] {
        SpecialCause.find(in: points(values), runLength: runLength)
    }

    @Test("A point beyond a limit signals; a point on it does not")
    func beyond() {
        let expected: [[SpecialCause]] = [
            [], [.init(rule: .beyondLimits, side: .above, since: 1)], [],
            [.init(rule: .beyondLimits, side: .below, since: 3)],
        ]
        #expect(find([3, 3.1, -3, -4]) == expected)
    }

    @Test("Eight in a row on one side signal from the eighth on, since the first")
    func run() {
        let signals = find([-1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1])
        let expected = SpecialCause(rule: .run, side: .above, since: 1)
        #expect(signals.prefix(8).allSatisfy { $0.isEmpty })
        #expect(signals[8] == [expected])
        #expect(signals[9] == [expected])
        #expect(signals[10] == [])
    }

    @Test("A missing month, a point on the centre and a change of side each end a run")
    func broken() {
        for middle in [nil, 0, -1] as [Double?] {
            let values: [Double?] = [1, 1, 1, 1, 1, 1, 1, middle, 1, 1, 1, 1, 1, 1, 1]
            #expect(find(values).allSatisfy { $0.isEmpty })
        }
    }

    @Test("Both rules may fire at once, and the length of a run can be chosen")
    func both() {
        let last = find([-1, -1, -1, -1, -1, -1, -5], runLength: 7).last
        #expect(last?.map(\.rule) == [.beyondLimits, .run])
        #expect(last?.map(\.since) == [6, 0])
        #expect(find([1, 1], runLength: 0).last?.map(\.rule) == [.run])
        #expect(find([]) == [])
    }

    @Test("Turning a series upside down turns the sides and keeps the rules")
    func mirror() {
        var random = SeededGenerator(seed: 7)
        let values = (0..<400).map { _ in
            Int.random(in: 0..<9, using: &random) == 0 ? nil : Double.random(in: -4...5, using: &random)
        }
        for (signals, mirrored) in zip(find(values), find(values.map { $0.map { -$0 } })) {
            #expect(signals.map(\.rule) == mirrored.map(\.rule))
            #expect(signals.map(\.since) == mirrored.map(\.since))
            #expect(zip(signals, mirrored).allSatisfy { $0.side != $1.side })
        }
    }

    @Test("A chart can be read again with another length of run")
    func applying() throws {
        let values: [Double?] = [1, -1, 2, -2, 1, -1, 2, -2, 1, 1, 1, 1, 1, 1, 1]
        let chart = try IndividualsChart.xmr(values: values, baseline: 8).get()
        #expect(chart.positions(of: .run) == [])
        #expect(chart.applying(runLength: 7).positions(of: .run) == [15])
        #expect(chart.applying(runLength: 7).applying(runLength: 8) == chart)
    }
}
