/// Random signs by site that stand for another draw of sites (Callaway & Sant'Anna 2021, algorithm 1).
public struct MultiplierBootstrap: Sendable {
    public enum Multiplier: String, CaseIterable, Sendable {
        /// −1 or 1 alike.
        case rademacher
        /// (1 − √5)/2 or (1 + √5)/2, of mean 0 and variance and skewness 1 (Mammen 1993).
        case mammen
    }

    public let multiplier: Multiplier
    public let draws: Int

    public init(_ multiplier: Multiplier = .rademacher, draws: Int = 1999) {
        (self.multiplier, self.draws) = (multiplier, draws)
    }

    /// How many standard errors to go either way so that all the estimates lie within at once; at least those of one
    /// normal interval. Nil without an estimate that has an error, or for a level outside (0, 1).
    public func criticalValue(
        of estimates: [StaggeredAggregate], level: Double = 0.95, using random: inout some RandomNumberGenerator
    ) -> Double? {
        let columns = estimates.compactMap { estimate -> [Double]? in
            guard let error = estimate.standardError, error > 0 else { return nil }
            let scale = 1 / (error * Double(estimate.influence.count))
            return estimate.influence.map { $0 * scale }
        }
        guard let tail = Interval.tail(ofLevel: level), let pointwise = Normal.quantile(1 - tail), draws > 0,
            let sites = columns.first?.count
        else { return nil }
        var signs = Array(repeating: 0.0, count: sites)
        var largest = Array(repeating: 0.0, count: draws)
        for draw in 0..<draws {
            fill(&signs, using: &random)
            largest[draw] = signs.withUnsafeBufferPointer { signs in
                columns.reduce(0) { most, column in
                    max(most, abs(column.withUnsafeBufferPointer { DotProduct.of($0, signs) }))
                }
            }
        }
        largest.sort()
        let rank = Int((level * Double(draws + 1)).rounded(.up))
        return max(pointwise, largest[min(rank, draws) - 1])
    }

    private func fill(_ signs: inout [Double], using random: inout some RandomNumberGenerator) {
        switch multiplier {
        case .rademacher:
            for start in stride(from: 0, to: signs.count, by: 64) {
                var bits: UInt64 = random.next()
                for site in start..<min(start + 64, signs.count) {
                    signs[site] = bits & 1 == 0 ? -1 : 1
                    bits >>= 1
                }
            }
        case .mammen:
            let root = 5.0.squareRoot()
            let (low, high) = ((1 - root) / 2, (1 + root) / 2)
            for site in signs.indices {
                signs[site] = Double.random(in: 0..<1, using: &random) < high / root ? low : high
            }
        }
    }
}
