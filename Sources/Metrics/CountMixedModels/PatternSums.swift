/// Sums over rows that enter by covariates, collected by pattern: the outer products are made once for each pattern.
struct PatternSums {
    private let tree: ClusterTree
    /// Of the outer product of a pattern's covariates in the Hessian.
    private var weights: [Double]
    /// Of its covariates in the gradient.
    private var scores: [Double]

    init(_ tree: ClusterTree) {
        self.tree = tree
        weights = Array(repeating: 0, count: tree.patternCount)
        scores = weights
    }

    /// What a member's rows weigh together, and with their covariates, followed by two zeros for the variances.
    struct RowSums {
        var total = 0.0
        var byColumn: [Double]

        init(columns: Int) { byColumn = Array(repeating: 0, count: columns + 2) }
    }

    /// How often the first to fourth derivative of a row's loss counts: the first in the gradient, the others together
    /// in the Hessian.
    struct Multiples {
        var first = 0.0
        var second = 0.0
        var third = 0.0
        var fourth = 0.0
    }

    /// Adds a member's rows where their predictors are shifted by as much.
    mutating func add(
        _ modes: ConditionalModes, _ member: Int, shift: Double, _ multiples: Multiples, into sums: inout RowSums
    ) {
        let (p, times) = (tree.columns, tree.multiplicities[member])
        sums.total = 0
        for column in 0..<p { sums.byColumn[column] = 0 }
        for row in modes.rows(of: member) {
            let pattern = tree.patterns[row]
            let mean = tree.family.mean(modes.predictors[pattern] + shift)
            let (third, fourth) = tree.family.higher(mean)
            let weight =
                tree.sizes[row]
                * (multiples.second * tree.family.second(mean) + multiples.third * third + multiples.fourth * fourth)
            weights[pattern] += times * weight
            scores[pattern] += multiples.first * times * (tree.sizes[row] * mean - tree.counts[row])
            sums.total += weight
            for column in 0..<p { sums.byColumn[column] += weight * tree.covariates[pattern * p + column] }
        }
    }

    /// Adds Σ weight · x xᵀ and Σ score · x.
    func complete(_ gradient: inout [Double], _ hessian: inout SymmetricMatrix) {
        let p = tree.columns
        for pattern in weights.indices {
            let x = tree.covariates[(pattern * p)..<((pattern + 1) * p)]
            for row in 0..<p where x[x.startIndex + row] != 0 {
                gradient[row] += scores[pattern] * x[x.startIndex + row]
                let scaled = weights[pattern] * x[x.startIndex + row]
                for column in 0...row { hessian[row, column] += scaled * x[x.startIndex + column] }
            }
        }
    }
}
