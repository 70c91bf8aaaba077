/// The derivatives of a sum of likelihoods at fixed effects: means and covariances of the nodes' own derivatives, each
/// node counting with its share of the sum (Louis 1982).
struct NestedSums {
    private let tree: ClusterTree
    private let modes: ConditionalModes
    private let parameters: MixedParameters
    private let predictors: [Double]
    private let p: Int
    private var total: LossSums

    /// −ln of a likelihood and its derivatives.
    private struct LossSums {
        var loss = 0.0
        var slope: [Double]
        var bend: SymmetricMatrix

        init(order: Int) { (slope, bend) = (Array(repeating: 0, count: order), SymmetricMatrix(order: order)) }

        mutating func add(_ weight: Double, times other: LossSums) {
            loss += weight * other.loss
            for index in slope.indices { slope[index] += weight * other.slope[index] }
            bend.add(weight, times: other.bend)
        }

        /// −ln Σ exp(logWeight − loss) of alternatives, each with its derivatives.
        static func mixture(_ parts: [LossSums], _ logWeights: [Double]) -> LossSums {
            var mixed = LossSums(order: parts[0].slope.count)
            let logs = zip(parts, logWeights).map { $1 - $0.loss }
            let largest = logs.max() ?? 0
            let sum = logs.reduce(0) { $0 + .exp($1 - largest) }
            for (part, log) in zip(parts, logs) {
                let share = Double.exp(log - largest) / sum
                guard share > 1e-20 else { continue }
                mixed.add(share, times: part)
                mixed.bend.add(-share, outerProductOf: part.slope)
            }
            mixed.bend.add(1, outerProductOf: mixed.slope)
            mixed.loss = -largest - .log(sum)
            return mixed
        }
    }

    init(_ modes: ConditionalModes, _ parameters: MixedParameters) {
        (self.modes, tree, p, self.parameters) = (modes, modes.tree, modes.tree.columns, parameters)
        predictors = tree.predictors(parameters.coefficients)
        total = LossSums(order: p + 2)
    }

    mutating func add(
        _ cluster: Int, _ nodes: ArraySlice<NestedQuadrature.Node>,
        _ memberNodes: (_ member: Int, _ node: Int) -> ArraySlice<NestedQuadrature.Node>
    ) {
        let parts = nodes.enumerated().map { index, node in
            var part = LossSums(order: p + 2)
            for member in modes.members(of: cluster) {
                let own = memberNodes(member, index)
                let alternatives = own.map { loss(member, node.effect, $0.effect) }
                part.add(
                    tree.multiplicities[member], times: LossSums.mixture(alternatives, own.map(\.logWeight)))
            }
            return part
        }
        total.add(1, times: LossSums.mixture(parts, nodes.map(\.logWeight)))
    }

    /// A member's loss where its cluster's effect and its own are given.
    private func loss(_ member: Int, _ ofCluster: Double, _ ofMember: Double) -> LossSums {
        var sums = LossSums(order: p + 2)
        let shift = parameters.clusterDeviation * ofCluster + parameters.memberDeviation * ofMember
        var z = Array(repeating: 0.0, count: p) + [ofCluster, ofMember]
        for row in modes.rows(of: member) {
            let pattern = tree.patterns[row]
            let predictor = predictors[pattern] + shift
            let (count, size) = (tree.counts[row], tree.sizes[row])
            let (mean, cumulant) = tree.family.meanAndCumulant(predictor)
            for column in 0..<p { z[column] = tree.covariates[pattern * p + column] }
            sums.loss += size * cumulant - count * predictor
            for index in z.indices { sums.slope[index] += (size * mean - count) * z[index] }
            sums.bend.add(size * tree.family.second(mean), outerProductOf: z)
        }
        return sums
    }

    func derivatives() -> MixedDerivatives {
        var hessian = total.bend
        hessian.scale(by: 2)
        return MixedDerivatives(
            value: 2 * (total.loss - tree.constant), gradient: total.slope.map { 2 * $0 }, hessian: hessian)
    }
}
