/// Observations of members of clinics, or their sums by covariate pattern, with an intercept before the covariates.
public struct ClusteredObservations: Sendable {
    /// What was observed in each row: one member's outcome, or sums over the members that share their covariates.
    public struct Outcomes: Sendable {
        let sums: [Double]
        let squares: [Double]
        let sizes: [Double]

        /// One member a row.
        public static func each(_ values: [Double]) -> Outcomes {
            Outcomes(sums: values, squares: values.map { $0 * $0 }, sizes: Array(repeating: 1, count: values.count))
        }

        /// Yes among so many, in each row.
        public static func counts(_ yes: [Double], of sizes: [Double]) -> Outcomes {
            Outcomes(sums: yes, squares: yes, sizes: sizes)
        }

        /// Sums of values and of their squares over so many members in each row; take a constant near the mean from the
        /// values first, or squares lose digits.
        public static func sums(_ sums: [Double], squares: [Double], sizes: [Double]) -> Outcomes {
            Outcomes(sums: sums, squares: squares, sizes: sizes)
        }
    }

    /// Names of the clusters, rising; everything by cluster is in this order.
    public let labels: [Int]
    /// Members in each cluster.
    public let members: [Double]
    /// Columns of the design, the intercept included.
    let columns: Int
    /// Row by row, rows × columns; rows of one cluster side by side, by time within it.
    let design: [Double]
    let sums: [Double]
    /// Σ (y − ȳ)² within each row, 0 where it is one member.
    let scatter: [Double]
    let sizes: [Double]
    let times: [Double]?
    /// Where each cluster's rows begin, and where the last one's end.
    let bounds: [Int]

    /// - Parameters:
    ///   - clusters: Each row's cluster.
    ///   - covariates: Columns of values, one for each row, without the intercept.
    ///   - times: Where the order within a cluster matters (`WorkingCorrelation.autoregressive`).
    public init(
        clusters: [Int], covariates: [[Double]], outcomes: Outcomes, times: [Double]? = nil
    ) throws(ClusterFailure) {
        let rows = clusters.count
        let numbers = covariates + [outcomes.sums, outcomes.squares, outcomes.sizes] + (times.map { [$0] } ?? [])
        guard rows > 0, numbers.allSatisfy({ $0.count == rows && $0.allSatisfy(\.isFinite) }),
            outcomes.sizes.allSatisfy({ $0 > 0 })
        else { throw .misshapen }
        let order = (0..<rows).sorted { a, b in
            if clusters[a] != clusters[b] { return clusters[a] < clusters[b] }
            if let times, times[a] != times[b] { return times[a] < times[b] }
            return a < b
        }
        columns = covariates.count + 1
        var design: [Double] = []
        design.reserveCapacity(rows * columns)
        var (bounds, labels): ([Int], [Int]) = ([], [])
        for (row, place) in order.enumerated() {
            if labels.last != clusters[place] {
                labels.append(clusters[place])
                bounds.append(row)
            }
            design.append(1)
            for column in covariates { design.append(column[place]) }
        }
        bounds.append(rows)
        sums = order.map { outcomes.sums[$0] }
        scatter = order.map { row in
            let (sum, size) = (outcomes.sums[row], outcomes.sizes[row])
            return size == 1 ? 0 : max(0, outcomes.squares[row] - sum * sum / size)
        }
        let sizes = order.map { outcomes.sizes[$0] }
        self.times = times.map { times in order.map { times[$0] } }
        members = labels.indices.map { sizes[bounds[$0]..<bounds[$0 + 1]].reduce(0, +) }
        (self.design, self.sizes, self.bounds, self.labels) = (design, sizes, bounds, labels)
    }

    public var clusterCount: Int { labels.count }
    var rows: Int { sums.count }

    /// Which cluster each row belongs to, by its place among `labels`.
    func rows(of cluster: Int) -> Range<Int> { bounds[cluster]..<bounds[cluster + 1] }

    /// Columns that are the same for all members of each cluster, the intercept among them: these, not the others,
    /// take degrees of freedom between clusters.
    var clusterLevelColumns: Int {
        (0..<columns).count { column in
            labels.indices.allSatisfy { cluster in
                let rows = rows(of: cluster)
                return rows.allSatisfy { design[$0 * columns + column] == design[rows.lowerBound * columns + column] }
            }
        }
    }

    /// The columns as the regressions of counts take them.
    var columnwise: Design {
        Design(columns: (0..<columns).map { column in (0..<rows).map { design[$0 * columns + column] } })
    }
}
