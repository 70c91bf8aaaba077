/// The probability of so large an effect if sequences had been dealt to the clusters otherwise and nothing had changed:
/// exact where all ways to deal them can be gone through, else by seeded draws.
public struct SequencePermutation: Sendable {
    public let analysis: VerticalAnalysis
    /// On two sides.
    public let p: Double
    /// Ways gone through, or drawn (the one that was among them).
    public let allocations: Int
    public let isExact: Bool
    private let table: WedgeTable
    private let crossovers: [Int]
    private let dealt: [[Int]]

    /// Beyond so many ways sequences are drawn, and how many then.
    public struct Limits: Equatable, Sendable {
        public let mostExact: Int
        public let draws: Int

        public init(mostExact: Int = 20_000, draws: Int = 1999) { (self.mostExact, self.draws) = (mostExact, draws) }
    }

    /// - Parameter means: a row of one mean a period for each cluster, nil for none; periods count by their clusters.
    public init(
        _ means: [[Double?]], design: SteppedWedgeDesign, limits: Limits = Limits(),
        using random: inout some RandomNumberGenerator
    ) throws(VerticalAnalysis.Failure) {
        analysis = try VerticalAnalysis(means, design: design, weighting: .clusters)
        table = try WedgeTable(means, design: design, weighting: .clusters)
        crossovers = design.crossovers
        let all = MultisetPermutations.count(of: crossovers, atMost: limits.mostExact)
        isExact = all != nil
        if all != nil {
            dealt = MultisetPermutations.all(of: crossovers)
        } else {
            var drawn = [crossovers]
            for _ in 0..<max(0, limits.draws) { drawn.append(crossovers.shuffled(using: &random)) }
            dealt = drawn
        }
        allocations = dealt.count
        p = Self.p(table, crossovers, dealt)
    }

    /// The share of deals whose effect is as large as the one that was; ties but for rounding count.
    private static func p(_ table: WedgeTable, _ crossovers: [Int], _ dealt: [[Int]]) -> Double {
        let own = abs(table.estimate(crossovers) ?? 0) * (1 - 1e-9)
        let asLarge = dealt.count { abs(table.estimate($0) ?? .infinity) >= own }
        return Double(asLarge) / Double(dealt.count)
    }

    /// The effects that are not refuted: those that, taken away, leave nothing unusual. Nil where so few ways to deal the
    /// sequences can refute nothing at this level.
    public func interval(level: Double = 0.95) -> Interval? {
        guard Interval.tail(ofLevel: level) != nil, let lower = edge(-1, level), let upper = edge(1, level) else {
            return nil
        }
        return Interval(lower: lower, upper: upper, level: level)
    }

    /// The farthest effect on a side that is not refuted, to a ten-thousandth of the distance.
    private func edge(_ direction: Double, _ level: Double) -> Double? {
        func isRefuted(_ distance: Double) -> Bool {
            let effect = analysis.estimate + direction * distance
            return Self.p(table.without(effect, crossovers), crossovers, dealt) <= 1 - level + 1e-12
        }
        var far = table.spread.squareRoot() / 16
        var doublings = 0
        while !isRefuted(far) {
            (far, doublings) = (2 * far, doublings + 1)
            guard doublings < 30 else { return nil }
        }
        var near = 0.0
        while far - near > 1e-4 * far {
            let middle = (near + far) / 2
            if isRefuted(middle) { far = middle } else { near = middle }
        }
        return (analysis.estimate + direction * far).finite
    }
}
