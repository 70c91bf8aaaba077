/// The wild cluster bootstrap-t of a coefficient of a least-squares fit, its null hypothesis imposed on the residuals and
/// CR1 errors throughout (Cameron, Gelbach & Miller 2008; MacKinnon & Webb 2018).
public struct WildBootstrap: Sendable {
    /// More samples than this are drawn, not enumerated: 16 clusters with weights of ±1, 6 with Webb's.
    public static let mostEnumerated = 65_536.0

    public let estimate: Double
    /// CR1: J/(J − 1) · (N − 1)/(N − p).
    public let standardError: Double
    public let statistic: Double
    /// Share of samples with a statistic as large in size.
    public let p: Double
    /// Twice the smaller tail, at most 1.
    public let equalTailP: Double
    /// Whether all samples there are were looked at; otherwise the actual one is counted among those drawn.
    public let isExact: Bool
    public let samples: Int
    /// The smallest p that this many samples allow; of 6 clusters with weights of ±1 it is 1/32.
    public let smallestP: Double

    /// The data themselves, and every sample; of an enumeration the half with a positive first weight.
    private let actual: WildSums.Sample
    private let drawn: [WildSums.Sample]
    private let factor: Double

    /// - Parameters:
    ///   - column: The coefficient, from 1; 0 is the intercept.
    ///   - draws: Of a sample where there are more than `mostEnumerated`.
    public init(
        _ data: ClusteredObservations, column: Int = 1, weights law: WildWeights = .rademacher, draws: Int = 9_999,
        using generator: inout some RandomNumberGenerator
    ) throws(ClusterFailure) {
        let sums = try WildSums(data, column: column)
        isExact = law.samples(clusters: sums.clusters) <= Self.mostEnumerated
        let same = Array(repeating: 1.0, count: sums.clusters)
        let weights =
            isExact
            ? law.half(clusters: sums.clusters)
            : law.drawn(max(1, draws), clusters: sums.clusters, using: &generator) + same
        actual = same.withUnsafeBufferPointer(sums.sample)
        drawn = weights.withUnsafeBufferPointer { all in
            stride(from: 0, to: all.count, by: sums.clusters).map {
                sums.sample(UnsafeBufferPointer(rebasing: all[$0..<($0 + sums.clusters)]))
            }
        }
        factor = sums.factor
        let own = actual.moments(at: 0)
        guard own.squares > 1e-24 * sums.scale, sums.scale > 0 else { throw .noVariation }
        estimate = own.coefficient
        standardError = (factor * own.squares).squareRoot()
        statistic = estimate / standardError
        samples = drawn.count * (isExact ? 2 : 1)
        smallestP = isExact ? 2 / Double(samples) : 1 / Double(samples)
        let tails = Self.tails(actual, drawn, at: 0, isMirrored: isExact)
        p = tails.size
        equalTailP = min(1, 2 * min(tails.upper, tails.lower))
    }

    /// t of each sample at no effect.
    var statistics: [Double] {
        let half = drawn.map { sample in
            let own = sample.moments(at: 0)
            return own.coefficient / (factor * own.squares).squareRoot()
        }
        return isExact ? half + half.map { -$0 } : half
    }

    /// Shares of samples whose statistic is as large in size, as high, as low as that of the data themselves.
    private static func tails(
        _ actual: WildSums.Sample, _ drawn: [WildSums.Sample], at effect: Double, isMirrored: Bool
    ) -> (size: Double, upper: Double, lower: Double) {
        let own = actual.moments(at: effect)
        let error = own.squares.squareRoot()
        var (size, upper, lower) = (0.0, 0.0, 0.0)
        for other in drawn {
            let sample = other.moments(at: effect)
            // t ≥ t′ without divisions, as an error can be 0: u√s′ ≥ u′√s but for rounding.
            let (left, right) = (sample.coefficient * error, own.coefficient * sample.squares.squareRoot())
            let near = 1e-10 * abs(right)
            if abs(left) >= abs(right) - near { size += 1 }
            if left >= right - near { upper += 1 }
            if left <= right + near { lower += 1 }
            guard isMirrored else { continue }
            if -left >= right - near { upper += 1 }
            if -left <= right + near { lower += 1 }
        }
        let samples = Double(drawn.count)
        let both = isMirrored ? 2 * samples : samples
        return (size / samples, upper / both, lower / both)
    }

    /// The effects that the symmetric test does not reject, by bisection from the estimate outwards.
    public func limits(level: Double = 0.95) throws(ClusterFailure) -> ConfidenceSet {
        guard Interval.tail(ofLevel: level) != nil else { throw .invalidLevel }
        return ConfidenceSet(
            lower: limit(towards: -1, level: level), upper: limit(towards: 1, level: level), level: level)
    }

    private func limit(towards sign: Double, level: Double) -> Double? {
        func isKept(_ distance: Double) -> Bool {
            let effect = estimate + sign * distance * standardError
            return Self.tails(actual, drawn, at: effect, isMirrored: isExact).size > 1 - level + 1e-9
        }
        // Beyond a thousand errors the test's verdict changes no more.
        guard var far = sequence(first: 0.5, next: { $0 * 2 }).prefix(12).first(where: { !isKept($0) }) else {
            return nil
        }
        var near = far > 0.5 ? far / 2 : 0
        while far - near > 1e-9 * far {
            let middle = (near + far) / 2
            if isKept(middle) { near = middle } else { far = middle }
        }
        return estimate + sign * far * standardError
    }
}
