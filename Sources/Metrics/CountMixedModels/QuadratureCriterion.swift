/// −2 ln L of one random effect by adaptive Gauss–Hermite quadrature (Pinheiro & Bates 1995, eq. 2.8), with exact first
/// and second derivatives through the places of the nodes; one point is Laplace's approximation.
///
/// Of a member with deviation θ, N and A as in `LaplaceCriterion` and d = 1 + θ² A, node k of abscissa xₖ is at the
/// effect vₖ = v + √2 xₖ/√d about the mode v = −θ N, and
///     −2 ln L = ln d − 2 ln Σ ωₖ exp(−hₖ),   hₖ = loss(θ vₖ) + vₖ²/2,   ωₖ = wₖ e^(xₖ²)/√π.
struct QuadratureCriterion: MixedCriterion {
    private(set) var modes: ConditionalModes
    /// √2 xₖ and ln ωₖ.
    private let nodes: [(place: Double, logWeight: Double)]

    /// For a tree whose members are the only level that has an effect.
    init(_ tree: ClusterTree, points: Int) {
        modes = ConditionalModes(tree)
        let rule = GaussHermite(nodes: points)
        nodes = zip(rule.nodes, rule.flatWeights).map { ($0 * 2.0.squareRoot(), .log($1 / Double.pi.squareRoot())) }
    }

    mutating func evaluate(_ parameters: MixedParameters) -> MixedDerivatives? {
        guard modes.find(parameters) else { return nil }
        var sums = QuadratureSums(modes, nodes)
        for member in 0..<modes.tree.members { sums.add(member) }
        let derivatives = sums.derivatives()
        return derivatives.isFinite ? derivatives : nil
    }
}

/// What members add to the criterion of quadrature and its derivatives.
private struct QuadratureSums {
    private let modes: ConditionalModes
    private let nodes: [(place: Double, logWeight: Double)]
    private let p: Int
    private let deviation: Double
    /// Of a shift in common, of which there is none.
    private let none: [Double]
    private var value = 0.0
    private var gradient: [Double]
    private var hessian: SymmetricMatrix
    private var patterns: PatternSums
    /// Of the member at hand.
    private var found: [NodeSums]
    private var rows: PatternSums.RowSums
    private var slopes: MemberDerivatives.Slopes

    init(_ modes: ConditionalModes, _ nodes: [(place: Double, logWeight: Double)]) {
        (self.modes, self.nodes, p) = (modes, nodes, modes.tree.columns)
        deviation = modes.parameters.memberDeviation
        none = Array(repeating: 0, count: p + 2)
        gradient = none
        hessian = SymmetricMatrix(order: p + 2)
        patterns = PatternSums(modes.tree)
        rows = PatternSums.RowSums(columns: p)
        slopes = MemberDerivatives.Slopes(order: p + 2)
        found = Array(repeating: NodeSums(scoreByColumn: Array(repeating: 0, count: p)), count: nodes.count)
    }

    /// A member's rows at one node.
    private struct NodeSums {
        var effect = 0.0
        /// hₖ, then the share of the integral.
        var loss = 0.0
        var share = 0.0
        /// First derivative of the loss by a shift, and by the coefficients.
        var score = 0.0
        var scoreByColumn: [Double]
    }

    /// First derivatives of the mode v, of 1/√d, and of d.
    private struct Places {
        var mode: [Double]
        var width: [Double]
        var determinant: [Double]
    }

    mutating func add(_ member: Int) {
        let own = MemberDerivatives(modes, member)
        let d = 1 + deviation * deviation * own.information
        for index in nodes.indices {
            evaluate(index, member, effect: modes.memberEffects[member] + nodes[index].place / d.squareRoot())
        }
        let total = share()
        value += own.times * (.log(d) - 2 * total)
        let places = places(own, d)
        addNodes(member, own, places)
        addPlaces(member, own, d, places)
    }

    private mutating func evaluate(_ index: Int, _ member: Int, effect: Double) {
        let (tree, shift) = (modes.tree, deviation * effect)
        var (loss, sum) = (effect * effect / 2, 0.0)
        for column in 0..<p { found[index].scoreByColumn[column] = 0 }
        for row in modes.rows(of: member) {
            let pattern = tree.patterns[row]
            let predictor = modes.predictors[pattern] + shift
            let (count, size) = (tree.counts[row], tree.sizes[row])
            let (mean, cumulant) = tree.family.meanAndCumulant(predictor)
            let score = size * mean - count
            loss += size * cumulant - count * predictor
            sum += score
            for column in 0..<p {
                found[index].scoreByColumn[column] += score * tree.covariates[pattern * p + column]
            }
        }
        (found[index].effect, found[index].loss, found[index].score) = (effect, loss, sum)
    }

    /// ln Σ ωₖ exp(−hₖ), with each node's share of the sum left behind.
    private mutating func share() -> Double {
        let logs = nodes.indices.map { nodes[$0].logWeight - found[$0].loss }
        let largest = logs.max() ?? 0
        let sum = logs.reduce(0) { $0 + .exp($1 - largest) }
        for index in logs.indices { found[index].share = .exp(logs[index] - largest) / sum }
        return largest + .log(sum)
    }

    private mutating func places(_ own: MemberDerivatives, _ d: Double) -> Places {
        own.slopes(shared: none, variance: deviation * deviation, into: &slopes)
        // By the deviation instead of the variance.
        slopes.shift[p + 1] *= 2 * deviation
        slopes.score[p + 1] *= 2 * deviation
        slopes.information[p + 1] *= 2 * deviation
        var places = Places(mode: slopes.score, width: slopes.score, determinant: slopes.score)
        for index in 0..<(p + 2) {
            let isDeviation = index == p + 1
            places.mode[index] = -deviation * slopes.score[index] - (isDeviation ? own.score : 0)
            places.determinant[index] =
                deviation * deviation * slopes.information[index] + (isDeviation ? 2 * deviation * own.information : 0)
            places.width[index] = -places.determinant[index] / (2 * d * d.squareRoot())
        }
        return places
    }

    /// What the nodes add where they are, moved by first derivatives.
    private mutating func addNodes(_ member: Int, _ own: MemberDerivatives, _ places: Places) {
        let times = own.times
        var mean = Array(repeating: 0.0, count: p + 2)
        var (slope, moved, shifted) = (mean, mean, mean)
        for (node, rule) in zip(found, nodes) where node.share > 1e-300 {
            let pull = deviation * node.score + node.effect
            for index in 0..<(p + 2) {
                moved[index] = places.mode[index] + rule.place * places.width[index]
                shifted[index] = deviation * moved[index] + (index == p + 1 ? node.effect : 0)
                slope[index] = pull * moved[index] + (index < p ? node.scoreByColumn[index] : 0)
            }
            slope[p + 1] += node.score * node.effect
            let weight = 2 * node.share
            patterns.add(modes, member, shift: deviation * node.effect, .init(second: weight), into: &rows)
            for row in 0..<(p + 2) {
                mean[row] += node.share * slope[row]
                let left = rows.byColumn[row] + rows.total * shifted[row]
                for column in 0...row {
                    hessian[row, column] +=
                        times
                        * (left * shifted[column] + shifted[row] * rows.byColumn[column]
                            + weight * (moved[row] * moved[column] - slope[row] * slope[column]))
                }
                hessian[p + 1, row] += (row == p + 1 ? 2 : 1) * times * weight * node.score * moved[row]
            }
        }
        for row in 0..<(p + 2) {
            gradient[row] += 2 * times * mean[row]
            for column in 0...row { hessian[row, column] += 2 * times * mean[row] * mean[column] }
        }
    }

    /// What the second derivatives of the nodes' places add; they enter linearly.
    private mutating func addPlaces(_ member: Int, _ own: MemberDerivatives, _ d: Double, _ places: Places) {
        let (times, a) = (own.times, own.information)
        var (byMode, byWidth) = (0.0, 0.0)
        for (node, rule) in zip(found, nodes) {
            let pull = 2 * node.share * (deviation * node.score + node.effect)
            byMode += pull
            byWidth += pull * rule.place
        }
        // What −2 ln L changes by with d, with A through d, and with v: each also carries the second derivatives of what
        // it is made from.
        let byDeterminant = 1 / d - byWidth / (2 * d * d.squareRoot())
        let byInformation = deviation * deviation * byDeterminant
        byMode += byInformation * deviation * own.third
        patterns.add(
            modes, member, shift: deviation * modes.memberEffects[member],
            .init(third: -byMode * deviation / d, fourth: byInformation), into: &rows)
        let bend = byWidth * 0.75 / (d * d * d.squareRoot()) - 1 / (d * d)
        for row in 0..<(p + 2) {
            gradient[row] += times * places.determinant[row] / d
            let left = rows.byColumn[row] + rows.total * slopes.shift[row]
            for column in 0...row {
                hessian[row, column] +=
                    times
                    * (left * slopes.shift[column] + slopes.shift[row] * rows.byColumn[column]
                        + bend * places.determinant[row] * places.determinant[column])
            }
            let cross =
                (byInformation * own.third - byMode * deviation * a / d) * places.mode[row]
                - byMode / d * slopes.score[row] + 2 * deviation * byDeterminant * slopes.information[row]
            hessian[p + 1, row] += times * (row == p + 1 ? 2 : 1) * cross
        }
        hessian[p + 1, p + 1] += times * 2 * a * byDeterminant
    }

    func derivatives() -> MixedDerivatives {
        var (gradient, hessian) = (gradient, hessian)
        patterns.complete(&gradient, &hessian)
        return MixedDerivatives(value: value - 2 * modes.tree.constant, gradient: gradient, hessian: hessian)
    }
}
