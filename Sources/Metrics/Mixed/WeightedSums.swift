/// The sums of some clinics laid out for the search: what does not depend on the clinic added up, the rest one clinic
/// after the other.
struct WeightedSums: Sendable {
    /// Observations, each as often as its clinic counts.
    private(set) var rows = 0
    /// Columns of X that say something of their own; the others are left out.
    let kept: [Int]
    let clusterOrder: Int
    let subjectOrder: Int
    let patterns: [SquareMatrix]
    /// Clients of each pattern.
    private(set) var subjects: [Double]
    /// Σ z zᵀ of z = (X, y), row by row, over the rows.
    private(set) var total: [Double]
    /// The same over clients' sums, for each pattern and each pair of effects.
    private(set) var totals: [[[Double]]]
    /// For each clinic and each effect of it Σ w z of z = (W, X, y), then the same of the sums of each of its parts' pairs.
    private(set) var values: [Double] = []
    private(set) var clusters: [Cluster] = []

    struct Cluster: Sendable {
        /// Its place in the statistics.
        let index: Int
        let weight: Double
        /// Where its values begin.
        let start: Int
        /// The patterns of its parts.
        let patterns: [Int]
    }

    /// q = kept columns and the outcome.
    var order: Int { kept.count + 1 }
    /// The values of a clinic's rows, or of one pair of effects of one part.
    var block: Int { clusterOrder * (clusterOrder + order) }
    var pairs: Int { subjectOrder * (subjectOrder + 1) / 2 }

    /// Whether the columns leave a remainder of the outcome.
    var varies: Bool {
        let all = SymmetricMatrix(order: order, elements: total)
        let p = kept.count
        let factors = SymmetricFactors(all.restricted(to: Array(0..<p)))
        let remainder = all.form(factors.solve((0..<p).map { all[$0, p] }).map { -$0 } + [1])
        return remainder > 1e-14 * all[p, p] && remainder.isFinite
    }

    /// - Parameter multiplicities: how many times each clinic counts: 0 leaves it out, 2 has it twice under two labels.
    init(_ statistics: MixedStatistics, multiplicities: [Int]? = nil) {
        let (w, p, d) = (statistics.clusterOrder, statistics.columns, statistics.width)
        let weights = multiplicities ?? Array(repeating: 1, count: statistics.clusters.count)
        let used = statistics.clusters.indices.filter { weights[$0] > 0 && statistics.clusters[$0].rows > 0 }
        let columns = Array(w..<(w + p))
        var gram = Array(repeating: 0.0, count: p * p)
        for index in used {
            Self.add(statistics.clusters[index].products[...], columns, width: d, Double(weights[index]), to: &gram)
        }
        kept = Self.independent(gram, columns: p, first: statistics.standardisation.intercept)
        (clusterOrder, subjectOrder, patterns) = (w, statistics.subjectOrder, statistics.patterns)
        let own = kept.map { $0 + w } + [w + p]
        let pairs = statistics.subjectOrder * (statistics.subjectOrder + 1) / 2
        subjects = Array(repeating: 0, count: patterns.count)
        total = Array(repeating: 0, count: own.count * own.count)
        totals = Array(repeating: Array(repeating: total, count: pairs), count: patterns.count)
        for index in used { add(statistics.clusters[index], index, weights[index], own, width: d) }
    }

    private mutating func add(
        _ cluster: MixedStatistics.Cluster, _ index: Int, _ multiplicity: Int, _ own: [Int], width: Int
    ) {
        let weight = Double(multiplicity)
        rows += multiplicity * cluster.rows
        Self.add(cluster.products[...], own, width: width, weight, to: &total)
        let patterns = cluster.parts.map(\.pattern)
        clusters.append(Cluster(index: index, weight: weight, start: values.count, patterns: patterns))
        append(cluster.products[...], own, width: width)
        for part in cluster.parts {
            subjects[part.pattern] += weight * Double(part.subjects)
            for pair in 0..<pairs {
                let products = part.products[(pair * width * width)..<((pair + 1) * width * width)]
                Self.add(products, own, width: width, weight, to: &totals[part.pattern][pair])
                append(products, own, width: width)
            }
        }
    }

    /// The effects' rows of products.
    private mutating func append(_ products: ArraySlice<Double>, _ own: [Int], width: Int) {
        for effect in 0..<clusterOrder {
            let row = products.startIndex + effect * width
            for column in 0..<clusterOrder { values.append(products[row + column]) }
            for column in own { values.append(products[row + column]) }
        }
    }

    /// Adds the given rows and columns of products.
    private static func add(
        _ products: ArraySlice<Double>, _ own: [Int], width: Int, _ weight: Double, to sum: inout [Double]
    ) {
        var place = 0
        for row in own {
            let start = products.startIndex + row * width
            for column in own {
                sum[place] += weight * products[start + column]
                place += 1
            }
        }
    }

    /// Columns without those that depend on others before; the intercept is looked at first.
    private static func independent(_ gram: [Double], columns: Int, first: Int?) -> [Int] {
        let sequence = (first.map { [$0] } ?? []) + (0..<columns).filter { $0 != first }
        var matrix = SymmetricMatrix(order: columns)
        for (row, r) in sequence.enumerated() {
            for (column, c) in sequence.enumerated() { matrix[row, column] = gram[r * columns + c] }
        }
        let dependent = Set(SymmetricFactors(matrix).dependent.map { sequence[$0] })
        return (0..<columns).filter { !dependent.contains($0) }
    }
}
