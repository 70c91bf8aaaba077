/// One series of consecutive calendar months with its limits of common-cause variation and the signals beyond it.
///
/// Centre and limits come from a frozen baseline (the first 24 reported months unless told otherwise) and are
/// carried on unchanged, so that a change shows against what came before it (Shewhart 1931; Wheeler 2000). Only what
/// somebody has registered begins a new one (`Rebasing`).
public struct ControlChart: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Individual values and their moving range.
        case xmr
        /// A proportion of a changing number.
        case p
        /// A rate per changing exposure.
        case u
    }

    /// How far the limits of a p or u chart lie from the centre.
    public enum Limits: String, CaseIterable, Sendable {
        /// The textbook's three standard deviations.
        case shewhart
        /// Exact for small counts, and all of them stretched by Laney's σ_z where months vary more than chance.
        case laney
    }

    public struct Point: Equatable, Sendable {
        /// In the unit of the series: a proportion, events per unit of exposure, or the value itself.
        public let value: Double
        public let centre: Double
        public let lower: Double
        public let upper: Double
        /// Distance from the centre in the chart's standard deviations, σ_z included; nil where the baseline had
        /// no variation. For small counts it is a rough measure, and only the limits are exact.
        public let z: Double?
        /// The side on which the point counts for runs: of the centre, or of the median of a small count; nil on it.
        public let side: SpecialCause.Side?
        public internal(set) var signals: [SpecialCause] = []
    }

    public let kind: Kind
    /// One entry for each month of the input; nil for a month without a value.
    public private(set) var points: [Point?]
    /// Indices of the months that fixed centre and limits, the newest if they were fixed anew.
    public let baseline: [Int]
    /// Indices from which on another baseline counts, ascending; no run goes across them.
    public let rebases: [Int]
    /// The baselines before each of them, and their σ_z.
    private let earlierBaselines: [[Int]]
    private let earlierSigmaZ: [Double?]
    /// Laney's σ_z as estimated (1: months vary as chance alone would); nil on an XmR chart and after a
    /// baseline without variation.
    public let sigmaZ: Double?

    init(kind: Kind, points: [Point?], baseline: [Int], sigmaZ: Double? = nil) {
        self.kind = kind
        self.points = Self.signalled(points, SpecialCause.usualRunLength, [])
        self.baseline = baseline
        self.sigmaZ = sigmaZ
        (rebases, earlierBaselines, earlierSigmaZ) = ([], [], [])
    }

    /// A chart up to a month and a later one, with a baseline of its own, from that month on; without one no point.
    init(_ earlier: ControlChart, upTo index: Int, then later: ControlChart?) {
        let none = [Point?](repeating: nil, count: earlier.points.count - index)
        let rest = later.map { Array($0.points[index...]) } ?? none
        kind = earlier.kind
        baseline = later?.baseline ?? []
        sigmaZ = later?.sigmaZ
        rebases = earlier.rebases + [index]
        earlierBaselines = earlier.earlierBaselines + [earlier.baseline]
        earlierSigmaZ = earlier.earlierSigmaZ + [earlier.sigmaZ]
        points = Self.signalled(earlier.points[..<index] + rest, SpecialCause.usualRunLength, rebases)
    }

    /// Indices of the months that fixed the limits of a month.
    public func baseline(at index: Int) -> [Int] {
        (earlierBaselines + [baseline])[rebases.count { $0 <= index }]
    }

    /// σ_z of the baseline that fixed the limits of a month.
    func sigmaZ(at index: Int) -> Double? {
        (earlierSigmaZ + [sigmaZ])[rebases.count { $0 <= index }]
    }

    /// The same chart with another length of run as its signal (Making Data Count uses 7, here 8 is usual).
    public func applying(runLength: Int) -> ControlChart {
        var chart = self
        chart.points = Self.signalled(points, runLength, rebases)
        return chart
    }

    /// This chart, or `notComputable` if any number of it left the range of a double.
    func checked() -> Result<ControlChart, Unavailable> {
        let finite = points.lazy.compactMap { $0 }.allSatisfy { point in
            [point.value, point.centre, point.lower, point.upper, point.z ?? 0].allSatisfy(\.isFinite)
        }
        return finite ? .success(self) : .failure(.notComputable)
    }

    private static func signalled(_ points: [Point?], _ runLength: Int, _ rebases: [Int]) -> [Point?] {
        zip(points, SpecialCause.find(in: points, runLength: runLength, anewFrom: rebases)).map { point, signals in
            var point = point
            point?.signals = signals
            return point
        }
    }
}
