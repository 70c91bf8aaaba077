extension MixedStatistics {
    /// Sums of rows in one pass, and one over the clients.
    public init(_ rows: MixedModelRows) throws(MixedModelFailure) {
        guard rows.isPossible else { throw .impossibleData }
        let standardisation = Standardisation(rows.fixed, outcome: rows.outcome)
        self.init(
            orders: (rows.clusterEffects.count, rows.subjects == nil ? 0 : rows.subjectEffects.count),
            columns: rows.fixed.count, clusters: (rows.clusters.max() ?? -1) + 1, standardisation: standardisation)
        let subjectCount = subjectOrder == 0 ? 0 : (rows.subjects?.max() ?? -1) + 1
        var sums = SubjectSums(count: subjectCount, order: subjectOrder, width: width)
        try addRows(rows, &sums)
        // Squares of huge numbers.
        guard clusters.allSatisfy({ $0.products.allSatisfy(\.isFinite) }) else { throw .impossibleData }
        try addSubjects(sums)
        subjectSums = sums.values
    }

    private mutating func addRows(_ rows: MixedModelRows, _ sums: inout SubjectSums) throws(MixedModelFailure) {
        let (d, k) = (width, subjectOrder)
        let shifts = Array(repeating: 0, count: clusterOrder) + standardisation.means + [standardisation.outcomeMean]
        let factors = Array(repeating: 1, count: clusterOrder) + standardisation.spreads.map { 1 / $0 } + [1]
        let (columns, effects) = (rows.columns, rows.subjectEffects)
        var z = Array(repeating: 0.0, count: d)
        var broken: Int?
        var products = clusters.map(\.products)
        for row in rows.outcome.indices {
            for column in 0..<d { z[column] = (columns[column][row] - shifts[column]) * factors[column] }
            let cluster = rows.clusters[row]
            clusters[cluster].rows += 1
            products[cluster].withUnsafeMutableBufferPointer { products in
                for one in 0..<d where z[one] != 0 {
                    let factor = z[one]
                    for other in one..<d { products[one * d + other] += factor * z[other] }
                }
            }
            guard k > 0, let subject = rows.subjects?[row] else { continue }
            if !sums.belongs(subject, to: cluster) { broken = broken ?? subject }
            for effect in 0..<k {
                let factor = effects[effect][row]
                guard factor != 0 else { continue }
                let start = (subject * k + effect) * d
                for column in 0..<d { sums.values[start + column] += factor * z[column] }
                for other in 0..<k { sums.patterns[(subject * k + effect) * k + other] += factor * effects[other][row] }
            }
        }
        if let broken { throw .subjectInSeveralClusters(subject: broken) }
        for cluster in clusters.indices {
            for one in 0..<d {
                for other in 0..<one { products[cluster][one * d + other] = products[cluster][other * d + one] }
            }
            clusters[cluster].products = products[cluster]
        }
    }

    private mutating func addSubjects(_ sums: SubjectSums) throws(MixedModelFailure) {
        let (d, k) = (width, subjectOrder)
        var places: [[Double]: Int] = [:]
        subjects.reserveCapacity(sums.clusters.count)
        for (subject, cluster) in sums.clusters.enumerated() {
            // A number that no row has.
            guard cluster >= 0 else {
                subjects.append(Subject(cluster: -1, pattern: -1))
                continue
            }
            let own = Array(sums.patterns[(subject * k * k)..<((subject + 1) * k * k)])
            let pattern = place(of: SquareMatrix(order: k, elements: own), &places)
            subjects.append(Subject(cluster: cluster, pattern: pattern))
            let part = part(of: pattern, cluster: cluster)
            clusters[cluster].parts[part].subjects += 1
            sums.values.withUnsafeBufferPointer { values in
                clusters[cluster].parts[part].products.withUnsafeMutableBufferPointer { products in
                    Self.add(
                        UnsafeBufferPointer(rebasing: values[(subject * k * d)..<((subject + 1) * k * d)]), k, d,
                        products)
                }
            }
        }
    }

    /// Adds sₐ s_bᵀ + s_b sₐᵀ of one client.
    private static func add(
        _ s: UnsafeBufferPointer<Double>, _ k: Int, _ d: Int, _ products: UnsafeMutableBufferPointer<Double>
    ) {
        var start = 0
        for a in 0..<k {
            for b in 0...a {
                for row in 0..<d {
                    let (ofA, ofB) = (s[a * d + row], a == b ? 0 : s[b * d + row])
                    for column in 0..<d {
                        products[start + row * d + column] += ofA * s[b * d + column] + ofB * s[a * d + column]
                    }
                }
                start += d * d
            }
        }
    }
}

/// Sums of each client's rows.
private struct SubjectSums {
    /// Uᵀz, effect by effect.
    var values: [Double]
    /// UᵀU.
    var patterns: [Double]
    /// Each client's clinic; −1 before its first row.
    private(set) var clusters: [Int]

    init(count: Int, order: Int, width: Int) {
        values = Array(repeating: 0, count: count * order * width)
        patterns = Array(repeating: 0, count: count * order * order)
        clusters = Array(repeating: -1, count: count)
    }

    /// Notes a client's clinic; false if it is known under another one.
    mutating func belongs(_ subject: Int, to cluster: Int) -> Bool {
        if clusters[subject] < 0 { clusters[subject] = cluster }
        return clusters[subject] == cluster
    }
}
