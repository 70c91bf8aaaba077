/// −2 ln L of effects of clusters and of their members by Gauss–Hermite quadrature within quadrature (Rabe-Hesketh,
/// Skrondal & Pickles 2005): of a cluster at each of its nodes, of its members at each of theirs.
///
/// Nodes are placed about the modes for some parameters and held there, which leaves a plain sum of likelihoods whose
/// derivatives need no derivative of a place. The search places them anew until that changes nothing.
struct NestedQuadrature: MixedCriterion {
    let modes: ConditionalModes
    private let points: Int
    /// Of each cluster, by node: its effect, and the logarithm of its weight and density.
    private var clusterNodes: [Node] = []
    /// Of each member, by node of its cluster and its own.
    private var memberNodes: [Node] = []

    struct Node {
        let effect: Double
        let logWeight: Double
    }

    /// Nil where the modes cannot be found.
    init?(_ tree: ClusterTree, at parameters: MixedParameters, points: Int) {
        var found = ConditionalModes(tree)
        guard found.find(parameters) else { return nil }
        (modes, self.points) = (found, points)
        let rule = GaussHermite(nodes: points)
        memberNodes.reserveCapacity(tree.members * points * points)
        for cluster in 0..<tree.clusters {
            let nodes = Self.place(
                rule, about: found.clusterEffects[cluster], curvature: found.curvature(ofCluster: cluster))
            clusterNodes += nodes
            for member in found.members(of: cluster) {
                var own = found
                for node in nodes {
                    guard own.findMember(member, shift: parameters.clusterDeviation * node.effect) else { return nil }
                    let curvature =
                        1 + parameters.memberDeviation * parameters.memberDeviation * own.sums[member].information
                    memberNodes += Self.place(rule, about: own.memberEffects[member], curvature: curvature)
                }
            }
        }
    }

    private static func place(_ rule: GaussHermite, about mode: Double, curvature: Double) -> [Node] {
        zip(rule.nodes, rule.flatWeights).map { node, weight in
            let effect = mode + (2 / curvature).squareRoot() * node
            return Node(
                effect: effect, logWeight: .log(weight / (Double.pi * curvature).squareRoot()) - effect * effect / 2)
        }
    }

    mutating func evaluate(_ parameters: MixedParameters) -> MixedDerivatives? {
        var sums = NestedSums(modes, parameters)
        for cluster in 0..<modes.tree.clusters {
            sums.add(cluster, clusterNodes[(cluster * points)..<((cluster + 1) * points)]) { member, node in
                let start = (member * points + node) * points
                return memberNodes[start..<(start + points)]
            }
        }
        let derivatives = sums.derivatives()
        return derivatives.isFinite ? derivatives : nil
    }
}

extension ConditionalModes {
    /// Second derivative of a cluster's penalised loss by its effect, its members' effects following.
    func curvature(ofCluster cluster: Int) -> Double {
        let (c, m) = (parameters.clusterDeviation, parameters.memberDeviation)
        return members(of: cluster).reduce(1) { sum, member in
            sum + tree.multiplicities[member] * c * c * sums[member].information
                / (1 + m * m * sums[member].information)
        }
    }
}
