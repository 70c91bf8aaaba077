/// Times between the observations of one cluster, for a correlation that fades with them.
struct LagSums {
    private let data: ClusteredObservations
    /// Each time there is between two observations of a cluster, rising.
    private let lags: [Double]
    /// Pairs at each of them.
    private let pairs: [Double]

    /// Nil for rows of several members, without times, or at the same time in a cluster.
    init?(_ data: ClusteredObservations) {
        guard let times = data.times, data.sizes.allSatisfy({ $0 == 1 }) else { return nil }
        var found: [Double: Double] = [:]
        for cluster in 0..<data.clusterCount {
            let rows = data.rows(of: cluster)
            for late in rows {
                for early in rows.lowerBound..<late { found[times[late] - times[early], default: 0] += 1 }
            }
        }
        guard found.keys.allSatisfy({ $0 > 0 }) else { return nil }
        let sorted = found.sorted { $0.key < $1.key }
        (self.data, lags, pairs) = (data, sorted.map(\.key), sorted.map(\.value))
    }

    /// α^lag between a row and the one before it.
    func shared(_ row: Int, _ correlation: Double) -> Double {
        data.times.map { Double.pow(correlation, $0[row] - $0[row - 1]) } ?? 0
    }

    /// α that solves Σ lag α^(lag − 1) (r r′/φ − α^lag) = 0 over pairs (Yan & Fine 2004, with equal weights), by
    /// Gauss-Newton steps.
    func correlation(_ residuals: [Double], _ dispersion: Double, from start: Double) -> Double {
        guard let times = data.times, !lags.isEmpty else { return 0 }
        var products = Array(repeating: 0.0, count: lags.count)
        for cluster in 0..<data.clusterCount {
            let rows = data.rows(of: cluster)
            for late in rows {
                for early in rows.lowerBound..<late {
                    let lag = times[late] - times[early]
                    products[lags.partitioningIndex { $0 >= lag }] += residuals[late] * residuals[early] / dispersion
                }
            }
        }
        var alpha = start == 0 ? 0.1 : start
        for _ in 0..<200 {
            var (slope, curvature) = (0.0, 0.0)
            for index in lags.indices {
                let power = lags[index] * .pow(alpha, lags[index] - 1)
                slope += power * (products[index] - pairs[index] * .pow(alpha, lags[index]))
                curvature += pairs[index] * power * power
            }
            // Times between whole units have no power of a negative number.
            let lowest = lags.allSatisfy { $0 == $0.rounded() } ? -0.999 : 1e-9
            let next = min(0.999, max(lowest, alpha + slope / curvature))
            guard next.isFinite else { return 0 }
            let isStill = abs(next - alpha) < 1e-14
            alpha = next
            if isStill { break }
        }
        return alpha
    }
}
