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
        var sums = Sums(groups: strata.first?.count ?? 0)
        for tables in strata { sums.add(tables, reasons, rho) }
        (observed, expected, variance) = (sums.observed, sums.expected, sums.variance)
        let compared = sums.expected.indices.filter { sums.expected[$0] > 0 }
        let kept = Array(compared.dropLast())
        let difference = kept.map { sums.observed[$0] - sums.expected[$0] }
        let solved = SymmetricFactors(variance.restricted(to: kept)).solve(difference)
        statistic = zip(difference, solved).reduce(0) { $0 + $1.0 * $1.1 }
        degrees = kept.count
        p = ChiSquared.upperTail(statistic, degrees: Double(degrees))
    }

    /// Sums over the event times of all strata.
    private struct Sums {
        var observed: [Double]
        var expected: [Double]
        var variance: SymmetricMatrix

        init(groups: Int) {
            observed = Array(repeating: 0, count: groups)
            expected = observed
            variance = SymmetricMatrix(order: groups)
        }

        mutating func add(_ tables: [RiskTable], _ reasons: [Int]?, _ rho: Double) {
            let events = tables.map { $0.events(of: reasons ?? Array(0..<$0.reasons)) }
            let times = Set(
                zip(tables, events).flatMap { table, d in
                    zip(table.times, d).lazy.filter { $0.1 > 0 }.map(\.0)
                })
            var sweeps = zip(tables, events).map { RiskSweep($0, events: $1) }
            var survival = 1.0
            for time in times.sorted() {
                let here = sweeps.indices.map { sweeps[$0].advance(to: time) }
                let (n, d) = (here.reduce(0) { $0 + $1.atRisk }, here.reduce(0) { $0 + $1.events })
                let weight = rho == 0 ? 1 : Double.pow(survival, rho)
                let shares = here.map { $0.atRisk / n }
                let spread = n > 1 ? weight * weight * d * (n - d) / (n - 1) : 0
                for group in here.indices {
                    observed[group] += weight * here[group].events
                    expected[group] += weight * d * shares[group]
                    variance[group, group] += spread * shares[group]
                }
                variance.add(-spread, outerProductOf: shares)
                survival *= (n - d) / n
            }
        }
    }
}
