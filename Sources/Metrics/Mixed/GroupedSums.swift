/// A clinic's sums as a database tells them, of rows z = (X, y).
public struct ClusterSums: Sendable {
    public let rows: Int
    /// Σ z.
    public let sums: [Double]
    /// Σ z zᵀ, row by row.
    public let products: [Double]

    public init(rows: Int, sums: [Double], products: [Double]) {
        (self.rows, self.sums, self.products) = (rows, sums, products)
    }
}

/// A clinic's clients with the same number of rows; s is a client's Σ z.
public struct SubjectGroup: Sendable {
    /// The clinic's place in the list of clinics.
    public let cluster: Int
    /// Rows of each client.
    public let size: Int
    public let subjects: Int
    /// Σ s sᵀ over the clients, row by row.
    public let products: [Double]
    /// Σ s over the clients.
    public let sums: [Double]

    public init(cluster: Int, size: Int, subjects: Int, sums: [Double], products: [Double]) {
        (self.cluster, self.size, self.subjects, self.sums, self.products) = (cluster, size, subjects, sums, products)
    }
}

extension MixedStatistics {
    /// Sums of a model with a level for each clinic and each client, or, without groups, for each clinic alone.
    ///
    /// Digits are the caller's care: sums of squares are to be of an outcome and columns near 0, e.g. less a constant near
    /// their mean.
    /// - Parameters:
    ///   - columns: the number of columns of X.
    ///   - groups: together they have each clinic's rows.
    public init(columns: Int, clusters: [ClusterSums], groups: [SubjectGroup]) throws(MixedModelFailure) {
        let q = columns + 1
        let numbers = clusters.flatMap { $0.sums + $0.products } + groups.flatMap { $0.sums + $0.products }
        guard clusters.allSatisfy({ $0.rows >= 0 && $0.sums.count == q && $0.products.count == q * q }),
            groups.allSatisfy({
                clusters.indices.contains($0.cluster) && $0.size > 0 && $0.subjects > 0 && $0.sums.count == q
                    && $0.products.count == q * q
            }), numbers.allSatisfy(\.isFinite)
        else { throw .impossibleData }
        self.init(
            orders: (1, groups.isEmpty ? 0 : 1), columns: columns, clusters: clusters.count,
            standardisation: Standardisation(identity: columns))
        for (index, own) in clusters.enumerated() {
            self.clusters[index].rows = own.rows
            self.clusters[index].products = Self.bordered(Double(own.rows), own.sums, own.products)
        }
        var places: [[Double]: Int] = [:]
        for group in groups {
            let size = Double(group.size)
            let pattern = place(of: SquareMatrix(order: 1, elements: [size]), &places)
            let part = part(of: pattern, cluster: group.cluster)
            self.clusters[group.cluster].parts[part].subjects += group.subjects
            let products = Self.bordered(
                Double(group.subjects) * size * size, group.sums.map { size * $0 }, group.products)
            for (place, product) in products.enumerated() {
                self.clusters[group.cluster].parts[part].products[place] += product
            }
        }
        let counted = groups.reduce(into: Array(repeating: 0, count: clusters.count)) {
            $0[$1.cluster] += $1.size * $1.subjects
        }
        guard groups.isEmpty || counted == clusters.map(\.rows) else { throw .impossibleData }
    }

    /// Products of (1, z).
    private static func bordered(_ corner: Double, _ edge: [Double], _ products: [Double]) -> [Double] {
        let q = edge.count
        return [corner] + edge + (0..<q).flatMap { [edge[$0]] + products[($0 * q)..<(($0 + 1) * q)] }
    }
}
