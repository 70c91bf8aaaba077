/// What a mixed model needs to know of its observations: sums by clinic and by pattern of a client's observations, whose
/// number does not grow with the clients'.
///
/// Rows are z = (W, X, y). Of a client with effects U only UᵀU, its pattern, and s = Uᵀz count, and clients of a clinic
/// with one pattern only by their number and the sums of the products of s.
public struct MixedStatistics: Sendable {
    struct Cluster: Sendable {
        var rows = 0
        /// Σ z zᵀ over the clinic's rows, row by row.
        var products: [Double]
        var parts: [Part] = []
    }

    /// A clinic's clients with one pattern.
    struct Part: Sendable {
        let pattern: Int
        var subjects = 0
        /// For each pair of effects a ≥ b, Σ (sₐ s_bᵀ + s_b sₐᵀ), once where a = b; row by row.
        var products: [Double]
    }

    /// A client, kept so that it can be told of by itself.
    struct Subject: Sendable {
        let cluster: Int
        let pattern: Int
    }

    public let clusterOrder: Int
    public let subjectOrder: Int
    /// The number of columns of X.
    public let columns: Int
    /// UᵀU of each pattern.
    var patterns: [SquareMatrix] = []
    var clusters: [Cluster]
    var subjects: [Subject] = []
    /// s of each client, effect by effect; empty where only sums are known.
    var subjectSums: [Double] = []
    let standardisation: Standardisation

    /// The length of z.
    var width: Int { clusterOrder + columns + 1 }
    public var clusterCount: Int { clusters.count }

    init(
        orders: (cluster: Int, subject: Int), columns: Int, clusters: Int, standardisation: Standardisation
    ) {
        (clusterOrder, subjectOrder, self.columns) = (orders.cluster, orders.subject, columns)
        self.standardisation = standardisation
        let width = orders.cluster + columns + 1
        self.clusters = Array(
            repeating: Cluster(products: Array(repeating: 0, count: width * width)), count: clusters)
    }

    /// The place of a pattern, a new one if it is the first of its kind.
    mutating func place(of pattern: SquareMatrix, _ places: inout [[Double]: Int]) -> Int {
        if let known = places[pattern.elements] { return known }
        patterns.append(pattern)
        places[pattern.elements] = patterns.count - 1
        return patterns.count - 1
    }

    /// The place of a pattern among a clinic's parts.
    mutating func part(of pattern: Int, cluster: Int) -> Int {
        if let known = clusters[cluster].parts.firstIndex(where: { $0.pattern == pattern }) { return known }
        let pairs = subjectOrder * (subjectOrder + 1) / 2
        clusters[cluster].parts.append(
            Part(pattern: pattern, products: Array(repeating: 0, count: pairs * width * width)))
        return clusters[cluster].parts.count - 1
    }
}
