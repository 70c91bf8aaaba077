/// The derivatives of a sum of likelihoods at fixed effects: means and covariances of the nodes' own derivatives, each
/// node counting with its share of the sum (Louis 1982).
struct NestedSums {
    private let tree: ClusterTree
    private let modes: ConditionalModes
    private let parameters: MixedParameters
    private let predictors: [Double]
    private let p: Int
    private var total: LossSums
    /// Of the node at hand: a row's covariates with the two effects, and the derivatives of the member's loss.
    private var factors: [Double]
    private var slope: [Double]
    /// Mean of the latter over a member's nodes.
    private var mean: [Double]

    /// −ln of a likelihood and its derivatives.
    private struct LossSums {
        var loss = 0.0
        var slope: [Double]
        var bend: SymmetricMatrix

        init(order: Int) { (slope, bend) = (Array(repeating: 0, count: order), SymmetricMatrix(order: order)) }
    }

    init(_ modes: ConditionalModes, _ parameters: MixedParameters) {
        (self.modes, tree, p, self.parameters) = (modes, modes.tree, modes.tree.columns, parameters)
        predictors = tree.predictors(parameters.coefficients)
        total = LossSums(order: p + 2)
        (factors, slope, mean) = (total.slope, total.slope, total.slope)
    }

    /// ln Σ e^log, and each one's share.
    private static func shares(_ logs: [Double]) -> (sum: Double, shares: [Double]) {
        let largest = logs.max() ?? 0
        let parts = logs.map { Double.exp($0 - largest) }
        let sum = parts.reduce(0, +)
        return (largest + .log(sum), parts.map { $0 / sum })
    }

    mutating func add(
        _ cluster: Int, _ nodes: ArraySlice<NestedQuadrature.Node>,
        _ memberNodes: (_ member: Int, _ node: Int) -> ArraySlice<NestedQuadrature.Node>
    ) {
        var parts = nodes.map { _ in LossSums(order: p + 2) }
        for (index, node) in nodes.enumerated() {
            for member in modes.members(of: cluster) {
                add(member, ofCluster: node.effect, memberNodes(member, index), to: &parts[index])
            }
        }
        let (sum, shares) = Self.shares(zip(nodes, parts).map { $0.logWeight - $1.loss })
        for column in mean.indices { mean[column] = 0 }
        for (part, share) in zip(parts, shares) where share > 1e-20 {
            total.bend.add(share, times: part.bend)
            total.bend.add(-share, outerProductOf: part.slope)
            for column in mean.indices { mean[column] += share * part.slope[column] }
        }
        total.loss -= sum
        finish(1, &total)
    }

    /// Adds the mean slope that lies ready, and what it lacks to a covariance.
    private func finish(_ times: Double, _ sums: inout LossSums) {
        sums.bend.add(times, outerProductOf: mean)
        for column in mean.indices { sums.slope[column] += times * mean[column] }
    }

    /// A member at one node of its cluster, over its own nodes.
    private mutating func add(
        _ member: Int, ofCluster: Double, _ nodes: ArraySlice<NestedQuadrature.Node>, to part: inout LossSums
    ) {
        let times = tree.multiplicities[member]
        let shift = parameters.clusterDeviation * ofCluster
        let (sum, shares) = Self.shares(
            nodes.map { $0.logWeight - loss(member, shift + parameters.memberDeviation * $0.effect) })
        for column in mean.indices { mean[column] = 0 }
        for (node, share) in zip(nodes, shares) where share > 1e-20 {
            (factors[p], factors[p + 1]) = (ofCluster, node.effect)
            differentiate(
                member, shift + parameters.memberDeviation * node.effect, weight: times * share, &part.bend)
            part.bend.add(-times * share, outerProductOf: slope)
            for column in mean.indices { mean[column] += share * slope[column] }
        }
        part.loss -= times * sum
        finish(times, &part)
    }

    private func loss(_ member: Int, _ shift: Double) -> Double {
        modes.rows(of: member).reduce(0.0) { sum, row in
            let predictor = predictors[tree.patterns[row]] + shift
            return sum + tree.sizes[row] * tree.family.cumulant(predictor) - tree.counts[row] * predictor
        }
    }

    /// Leaves the slope behind and adds the second derivatives.
    private mutating func differentiate(
        _ member: Int, _ shift: Double, weight: Double, _ bend: inout SymmetricMatrix
    ) {
        for column in slope.indices { slope[column] = 0 }
        for row in modes.rows(of: member) {
            let pattern = tree.patterns[row]
            let mean = tree.family.mean(predictors[pattern] + shift)
            for column in 0..<p { factors[column] = tree.covariates[pattern * p + column] }
            let residual = tree.sizes[row] * mean - tree.counts[row]
            for column in slope.indices { slope[column] += residual * factors[column] }
            bend.add(weight * tree.sizes[row] * tree.family.second(mean), outerProductOf: factors)
        }
    }

    func derivatives() -> MixedDerivatives {
        var hessian = total.bend
        hessian.scale(by: 2)
        return MixedDerivatives(
            value: 2 * (total.loss - tree.constant), gradient: total.slope.map { 2 * $0 }, hessian: hessian)
    }
}
