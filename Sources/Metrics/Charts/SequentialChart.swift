/// A chart that remembers earlier months: weighted averages or cumulative sums of a control chart's standardised months,
/// in standard deviations, begun anew after a gap and with every new baseline.
public struct SequentialChart: Equatable, Sendable {
    public struct Point: Equatable, Sendable {
        /// The weighted average; nil on a chart of sums.
        public let average: Double?
        /// Evidence of a rise, at least 0, and of a fall, at most 0; nil on a chart of averages.
        public let rise: Double?
        public let fall: Double?
        /// ± this is what chance keeps to.
        public let limit: Double
        public internal(set) var signals: [SpecialCause]
    }

    /// h: with k 0.5 one false signal in 465 months on either side (`RunLength.cumulativeSum`).
    static let sumLimit = 5.0

    /// One for each month of the control chart.
    public let points: [Point?]

    /// Nil where the method keeps nothing of earlier months, or where no month could be standardised.
    public init?(_ chart: ControlChart, _ method: ChartMethod) {
        let edges = [0] + chart.rebases + [chart.points.count]
        let stretches = zip(edges, edges.dropFirst()).map { start, end in
            chart.points.indices.map { (start..<end).contains($0) ? chart.points[$0]?.z : nil }
        }
        let drawn: [[Point?]]
        switch method {
        case .shewhart: return nil
        case .weightedAverage: drawn = stretches.map(Self.averages)
        case .cumulativeSum: drawn = stretches.map(Self.sums)
        }
        points = chart.points.indices.map { index in drawn.lazy.compactMap { $0[index] }.first }
        if points.allSatisfy({ $0 == nil }) { return nil }
    }

    private static func averages(_ z: [Double?]) -> [Point?] {
        var since: (side: SpecialCause.Side, index: Int)?
        return WeightedAverageChart(z).points.enumerated().map { index, point in
            guard let point, point.isSignal else {
                since = nil
                return point.map { Point(average: $0.average, rise: nil, fall: nil, limit: $0.limit, signals: []) }
            }
            let side: SpecialCause.Side = point.average > 0 ? .above : .below
            if since?.side != side { since = (side, index) }
            return Point(
                average: point.average, rise: nil, fall: nil, limit: point.limit,
                signals: [SpecialCause(rule: .weightedAverage, side: side, since: since?.index ?? index)])
        }
    }

    /// A sum goes on after its signal, for as long as it is beyond the limit: what it signals has not gone away.
    private static func sums(_ z: [Double?]) -> [Point?] {
        var since: [SpecialCause.Side: Int] = [:]
        return CumulativeSumChart(z, limit: sumLimit, restarting: false).points.enumerated().map { index, point in
            guard let point else {
                since = [:]
                return nil
            }
            for (side, sum) in [(SpecialCause.Side.above, point.rise), (.below, point.fall)] {
                since[side] = sum > 0 ? since[side] ?? index : nil
            }
            return Point(
                average: nil, rise: point.rise, fall: -point.fall, limit: sumLimit,
                signals: SpecialCause.Side.allCases.filter(point.signals.contains).map { side in
                    SpecialCause(rule: .cumulativeSum, side: side, since: since[side] ?? index)
                })
        }
    }
}
