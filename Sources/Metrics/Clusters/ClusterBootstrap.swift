/// The bootstrap of clinics within arms: the difference of arms' means over all resamples, or a sample of them (Davison &
/// Hinkley 1997).
///
/// With few clinics its intervals are far too short, as resamples of 3 clinics vary by 2/3 of what clinics do.
public struct ClusterBootstrap: Sendable {
    /// Fewer clinics in an arm than this, and a page has to warn of its intervals.
    public static let fewClusters = 20
    /// More different resamples than this are sampled.
    public static let mostEnumerated = 1e6

    public let difference: Double
    public let mean: Double
    public let standardDeviation: Double
    public let isExact: Bool
    /// Whether an arm has fewer than `fewClusters`.
    public let hasFewClusters: Bool
    /// Differences, rising, and the share of resamples up to each.
    private let values: [Double]
    private let shares: [Double]
    private let acceleration: Double

    public init(
        _ clusters: [TrialCluster], draws: Int = 1_999, using generator: inout some RandomNumberGenerator
    ) throws(ClusterFailure) {
        guard clusters.allSatisfy(\.value.isFinite) else { throw .misshapen }
        let arms = [true, false].map { arm in clusters.filter { $0.isTreated == arm }.map(\.value) }
        guard arms.allSatisfy({ !$0.isEmpty }) else { throw .emptyArm }
        guard arms.allSatisfy({ $0.count > 1 }) else { throw .tooFewClusters }
        isExact = arms.reduce(1) { $0 * Self.resamples($1.count) } <= Self.mostEnumerated
        let law =
            isExact
            ? Self.differences(Self.means(arms[0]), Self.means(arms[1]))
            : Self.drawn(arms, max(1, draws), using: &generator)
        let sorted = law.sorted { $0.value < $1.value }
        values = sorted.map(\.value)
        var sum = 0.0
        shares = sorted.map { point in
            sum += point.share
            return sum
        }
        let centres = arms.map { $0.reduce(0, +) / Double($0.count) }
        difference = centres[0] - centres[1]
        let mean = law.reduce(0) { $0 + $1.share * $1.value }
        let variance = law.reduce(0) { $0 + $1.share * ($1.value - mean) * ($1.value - mean) }
        guard variance.isFinite else { throw .notComputable }
        guard variance > 1e-28 * centres.reduce(0, { max($0, $1 * $1) }) else { throw .noVariation }
        (self.mean, standardDeviation) = (mean, variance.squareRoot())
        hasFewClusters = arms.contains { $0.count < Self.fewClusters }
        acceleration = Self.acceleration(arms, centres)
    }

    /// Quantiles of the resamples' differences.
    public func percentile(level: Double = 0.95) throws(ClusterFailure) -> Interval {
        guard let tail = Interval.tail(ofLevel: level) else { throw .invalidLevel }
        return Interval(lower: quantile(tail), upper: quantile(1 - tail), level: level)
    }

    /// The same corrected for bias and acceleration (Efron 1987); nil where all resamples lie on one side.
    public func corrected(level: Double = 0.95) throws(ClusterFailure) -> Interval? {
        guard let tail = Interval.tail(ofLevel: level) else { throw .invalidLevel }
        let near = 1e-12 * (values.last ?? 0).magnitude
        let below = values.partitioningIndex { $0 >= difference - near }
        let upTo = values.partitioningIndex { $0 > difference + near }
        // Half of the resamples that hit the difference itself count as below it.
        let share = ((below > 0 ? shares[below - 1] : 0) + (upTo > 0 ? shares[upTo - 1] : 0)) / 2
        guard let bias = Normal.quantile(share) else { return nil }
        let ends = [tail, 1 - tail].map { probability -> Double? in
            guard let z = Normal.quantile(probability) else { return nil }
            let moved = bias + (bias + z) / (1 - acceleration * (bias + z))
            return Normal.lowerTail(moved).map(quantile)
        }
        guard let lower = ends[0], let upper = ends[1] else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }

    /// The smallest difference that so large a share of resamples does not exceed (Hyndman & Fan 1996, type 1).
    private func quantile(_ p: Double) -> Double {
        values[min(values.count - 1, shares.partitioningIndex { $0 >= p - 1e-12 })]
    }

    /// Different resamples of n clinics, C(2n − 1, n).
    private static func resamples(_ n: Int) -> Double { Randomisation.combinations(2 * n - 1, n) }

    private typealias Point = (value: Double, share: Double)

    /// Means of every resample of an arm with the share of the nⁿ resamples that have it.
    private static func means(_ values: [Double]) -> [Point] {
        let n = values.count
        var points: [Point] = []
        func take(_ index: Int, _ left: Int, _ sum: Double, _ share: Double) {
            guard index < n - 1 else {
                let times = (0..<left).reduce(share) { $0 / Double($1 + 1) }
                return points.append(((sum + Double(left) * values[index]) / Double(n), times))
            }
            var times = share
            for count in 0...left {
                take(index + 1, left - count, sum + Double(count) * values[index], times)
                times /= Double(count + 1)
            }
        }
        // n!/nⁿ over the factorials of how often each clinic is taken.
        take(0, n, 0, (1...n).reduce(1) { $0 * Double($1) / Double(n) })
        return points
    }

    private static func differences(_ treated: [Point], _ control: [Point]) -> [Point] {
        treated.flatMap { one in control.map { (one.value - $0.value, one.share * $0.share) } }
    }

    private static func drawn(
        _ arms: [[Double]], _ draws: Int, using generator: inout some RandomNumberGenerator
    ) -> [Point] {
        (0..<draws).map { _ in
            let means = arms.map { arm in
                arm.indices.reduce(0) { sum, _ in sum + arm[Int.random(in: arm.indices, using: &generator)] }
                    / Double(arm.count)
            }
            return (means[0] - means[1], 1 / Double(draws))
        }
    }

    /// A sixth of the skewness of clinics' influences on the difference (Davison & Hinkley 1997, § 5.3).
    private static func acceleration(_ arms: [[Double]], _ centres: [Double]) -> Double {
        var (squares, cubes) = (0.0, 0.0)
        for (arm, sign) in zip(arms.indices, [1.0, -1]) {
            for value in arms[arm] {
                let influence = sign * (value - centres[arm]) / Double(arms[arm].count)
                squares += influence * influence
                cubes += influence * influence * influence
            }
        }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }
}
