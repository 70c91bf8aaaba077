/// Whether groups leave at the same hazard (Mantel 1966; with `rho` 1 the Peto–Prentice form, which weighs early
/// events more).
///
/// People of one clinic are alike: between trial arms this test, which takes them for independent, is not the one to
/// read.
public struct LogRank: Equatable, Sendable {
    /// Events of each group, weighted, and those expected if all groups had one hazard.
    public let observed: [Double]
    public let expected: [Double]
    /// Hypergeometric variances and covariances of observed − expected.
    public let variance: SymmetricMatrix
    /// χ² on `degrees`: groups in which an event was expected, less one.
    public let statistic: Double
    public let degrees: Int
    /// Probability of a statistic so large if all groups had one hazard; nil with fewer than two groups to compare.
    public let p: Double?

    /// Compares groups, within strata if there are several.
    ///
    /// - Parameters:
    ///   - strata: one table for each group, in the same order in each stratum.
    ///   - reasons: what counts as the event; every reason if nil.
    ///   - rho: weight S(t−)^rho of an event, S being the curve of all groups of the stratum (Harrington & Fleming 1982).
    public init(strata: [[RiskTable]], reasons: [Int]? = nil, rho: Double = 0) {
        let groups = strata.first?.count ?? 0
        var observed = Array(repeating: 0.0, count: groups)
        var expected = observed
        var variance = SymmetricMatrix(order: groups)
        for tables in strata {
            let events = tables.map { $0.events(of: reasons ?? Array(0..<$0.reasons)) }
            let times = Set(
                zip(tables, events).flatMap { table, d in
                    zip(table.times, d).lazy.filter { $0.1 > 0 }.map(\.0)
                })
            var sweeps = zip(tables, events).map { RiskSweep($0, events: $1) }
            var survival = 1.0
            for time in times.sorted() {
                var atRisk = Array(repeating: 0.0, count: groups)
                var d = 0.0
                let weight = rho == 0 ? 1 : Double.pow(survival, rho)
                for group in 0..<groups {
                    let here = sweeps[group].advance(to: time)
                    atRisk[group] = here.atRisk
                    d += here.events
                    observed[group] += weight * here.events
                }
                let n = atRisk.reduce(0, +)
                let shares = atRisk.map { $0 / n }
                for group in 0..<groups { expected[group] += weight * d * shares[group] }
                if n > 1 {
                    let spread = weight * weight * d * (n - d) / (n - 1)
                    for group in 0..<groups { variance[group, group] += spread * shares[group] }
                    variance.add(-spread, outerProductOf: shares)
                }
                survival *= (n - d) / n
            }
        }
        let compared = Array(expected.indices.filter { expected[$0] > 0 })
        let kept = Array(compared.dropLast())
        let difference = kept.map { observed[$0] - expected[$0] }
        let solved = SymmetricFactors(variance.restricted(to: kept)).solve(difference)
        statistic = zip(difference, solved).reduce(0) { $0 + $1.0 * $1.1 }
        degrees = kept.count
        p = ChiSquared.upperTail(statistic, degrees: Double(degrees))
        (self.observed, self.expected, self.variance) = (observed, expected, variance)
    }
}
