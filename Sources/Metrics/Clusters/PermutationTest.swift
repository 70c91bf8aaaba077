/// The randomisation test of clinics' values: how often the drawing of arms alone would have given such a difference
/// (Fisher 1935; Gail et al. 1996), over all allowed allocations, or over a sample of them where they are too many.
public struct PermutationTest: Equatable, Sendable {
    /// More allocations than this are sampled.
    public static let mostEnumerated = 1e6

    /// Difference of arms within strata, treated less control; strata weighted by n₁n₀/n, as least squares does.
    public let difference: Double
    /// The difference under each allocation, the actual one among them: enumerated in the order of
    /// `Randomisation.treatedSums`, or sampled.
    public let differences: [Double]
    /// Whether `differences` are all there are; otherwise p is that of Monte Carlo, (b + 1)/(m + 1).
    public let isExact: Bool
    public let p: Double
    /// One-sided: a difference as high, as low.
    public let upperP: Double
    public let lowerP: Double
    /// The smallest two-sided p that this test could have given; at it, p says no more than the design allows.
    public let smallestP: Double

    /// The share of treatment that an allocation has in common with the actual one, from −1 (mirrored) to 1.
    private let agreements: [Double]
    /// Differences closer than this are equal but for rounding.
    private let rounding: Double

    /// Enumerates the allocations, or samples them where there are more than `mostEnumerated`.
    ///
    /// - Parameters:
    ///   - values: One for each clinic, adjusted or not.
    ///   - draws: Of a sample, beside the actual allocation.
    public init(
        _ values: [Double], _ randomisation: Randomisation, draws: Int = 99_999,
        using generator: inout some RandomNumberGenerator
    ) throws(ClusterFailure) {
        guard values.count == randomisation.isTreated.count, values.allSatisfy(\.isFinite) else { throw .misshapen }
        let centred = Self.centre(values, randomisation)
        let arms = Self.centre(randomisation.isTreated.map { $0 ? 1 : 0 }, randomisation)
        guard centred.reduce(0, { $0 + abs($1) }).isFinite else { throw .notComputable }
        guard centred.contains(where: { $0 != 0 }) else { throw .noVariation }
        isExact = randomisation.allocations <= Self.mostEnumerated
        if isExact {
            differences = randomisation.treatedSums(centred)
            agreements = randomisation.treatedSums(arms)
        } else {
            var urn: [Int] = []
            var sample = (0..<max(1, draws)).map { _ in
                randomisation.drawnSums(centred, arms, &urn, using: &generator)
            }
            sample.append(Self.actual(centred, arms, randomisation))
            (differences, agreements) = (sample.map(\.0), sample.map(\.1))
        }
        difference = Self.actual(centred, arms, randomisation).0
        rounding = 1e-12 * centred.reduce(0) { $0 + abs($1) }
        let (all, near, own) = (Double(differences.count), rounding, difference)
        p = Double(differences.count { abs($0) >= abs(own) - near }) / all
        upperP = Double(differences.count { $0 >= own - near }) / all
        lowerP = Double(differences.count { $0 <= own + near }) / all
        smallestP = isExact ? randomisation.smallestP : max(randomisation.smallestP, 1 / all)
    }

    /// Values less the mean of their stratum, over Σ n₁n₀/n: their sum over treated clinics is the difference.
    private static func centre(_ values: [Double], _ randomisation: Randomisation) -> [Double] {
        var centred = Array(repeating: 0.0, count: values.count)
        var total = 0.0
        for stratum in randomisation.strata {
            let n = Double(stratum.clinics.count)
            let first = values[stratum.clinics[0]]
            let mean = stratum.clinics.reduce(0) { $0 + (values[$1] - first) } / n
            for clinic in stratum.clinics { centred[clinic] = values[clinic] - first - mean }
            total += Double(stratum.treated) * (n - Double(stratum.treated)) / n
        }
        return centred.map { $0 / total }
    }

    private static func actual(_ values: [Double], _ arms: [Double], _ randomisation: Randomisation) -> (Double, Double)
    {
        values.indices.reduce((0.0, 0.0)) {
            randomisation.isTreated[$1] ? ($0.0 + values[$1], $0.1 + arms[$1]) : $0
        }
    }

    /// All effects δ, the same in each clinic, that the two-sided test at 1 − level does not reject when they are taken
    /// from the treated clinics.
    ///
    /// An allocation that agrees with the actual one by a has the difference r + a·e, r its own less a times the actual
    /// one, where e is what is left of the actual one. It reaches e in size while −r/(1 + a) and r/(1 − a) enclose e:
    /// p falls away from e = 0, and the limits are order statistics of those ends, exact without a search.
    public func limits(level: Double) throws(ClusterFailure) -> ConfidenceSet {
        guard let tail = Interval.tail(ofLevel: level) else { throw .invalidLevel }
        var (below, above): ([Double], [Double]) = ([], [])
        for (own, a) in zip(differences, agreements) {
            let rest = own - a * difference
            let ends = (rest / (1 - a), -rest / (1 + a))
            // Itself or its mirror: as large as the actual difference whatever the effect.
            let isActual = 1 - abs(a) < 1e-9
            below.append(isActual ? -.infinity : min(ends.0, ends.1))
            above.append(isActual ? .infinity : max(ends.0, ends.1))
        }
        // p stays above 1 − level while more than this many allocations reach it.
        let rank = Int((2 * tail * Double(differences.count) + 1e-9).rounded(.down)) + 1
        var (lows, highs) = (Selection(below), Selection(above))
        let (low, high) = (lows.value(rank: rank), highs.value(rank: differences.count + 1 - rank))
        return ConfidenceSet(
            lower: high.isFinite ? difference - high : nil, upper: low.isFinite ? difference - low : nil, level: level)
    }
}
