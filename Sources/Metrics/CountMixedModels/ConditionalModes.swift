/// The most probable random effects for given parameters, in units of their standard deviations ("spherical", Bates et
/// al. 2015, eq. 12), so that a deviation of 0 is a value like any other.
struct ConditionalModes {
    let tree: ClusterTree
    private(set) var parameters: MixedParameters
    /// x β and offset of each pattern.
    private(set) var predictors: [Double]
    var clusterEffects: [Double]
    var memberEffects: [Double]
    /// Of each member at its mode.
    var sums: [MemberSums]

    /// What a member's rows add up to at a shift of their predictors.
    struct MemberSums {
        /// Σ size · b(η) − count · η.
        var loss = 0.0
        /// Its first and second derivative by the shift.
        var score = 0.0
        var information = 0.0
    }

    init(_ tree: ClusterTree) {
        self.tree = tree
        parameters = MixedParameters(coefficients: [], clusterDeviation: 0, memberDeviation: 0)
        predictors = tree.offsets
        clusterEffects = Array(repeating: 0, count: tree.clusters)
        memberEffects = Array(repeating: 0, count: tree.members)
        sums = Array(repeating: MemberSums(), count: tree.members)
    }

    /// Newton's steps from where the modes were last; false where they do not end.
    mutating func find(_ parameters: MixedParameters) -> Bool {
        self.parameters = parameters
        predictors = tree.predictors(parameters.coefficients)
        for cluster in 0..<tree.clusters {
            // Without an effect in common members have nothing to do with one another.
            if parameters.clusterDeviation == 0 {
                clusterEffects[cluster] = 0
                for member in members(of: cluster) { guard findMember(member, shift: 0) else { return false } }
            } else {
                guard findCluster(cluster) else { return false }
            }
        }
        return true
    }

    func members(of cluster: Int) -> Range<Int> { tree.clusterMembers[cluster]..<tree.clusterMembers[cluster + 1] }
    func rows(of member: Int) -> Range<Int> { tree.memberRows[member]..<tree.memberRows[member + 1] }

    /// By how much a member's predictors are shifted.
    func shift(cluster: Int, member: Int) -> Double {
        parameters.clusterDeviation * clusterEffects[cluster] + parameters.memberDeviation * memberEffects[member]
    }

    func shift(ofMember member: Int) -> Double { shift(cluster: tree.clusterOfMember[member], member: member) }

    @inline(__always)
    func sums(of member: Int, at shift: Double) -> MemberSums {
        var sums = MemberSums()
        let family = tree.family
        for row in rows(of: member) {
            let predictor = predictors[tree.patterns[row]] + shift
            let (count, size) = (tree.counts[row], tree.sizes[row])
            let (mean, cumulant) = family.meanAndCumulant(predictor)
            sums.loss += size * cumulant - count * predictor
            sums.score += size * mean - count
            sums.information += size * family.second(mean)
        }
        return sums
    }

    /// 2h: twice the negative joint log-likelihood of counts and effects, but for constants.
    var penalisedLoss: Double {
        var sum = clusterEffects.reduce(0) { $0 + $1 * $1 }
        for member in sums.indices {
            let effect = memberEffects[member]
            sum += tree.multiplicities[member] * (2 * sums[member].loss + effect * effect)
        }
        return sum
    }

    private static let mostSteps = 100
    /// Half the square of a step, in standard errors, after which another changes nothing: errors are squared by each.
    private static let still = 1e-13

    /// The mode of one member beside a shift that it shares with others.
    mutating func findMember(_ member: Int, shift: Double) -> Bool {
        let deviation = parameters.memberDeviation
        var effect = memberEffects[member]
        var now = sums(of: member, at: shift + deviation * effect)
        var loss = now.loss + effect * effect / 2
        if !loss.isFinite {
            effect = 0
            now = sums(of: member, at: shift)
            loss = now.loss
        }
        for _ in 0..<Self.mostSteps {
            let slope = deviation * now.score + effect
            var step = -slope / (1 + deviation * deviation * now.information)
            let decrement = -slope * step
            guard decrement.isFinite else { return false }
            var next = now
            repeat {
                next = sums(of: member, at: shift + deviation * (effect + step))
                let nextLoss = next.loss + (effect + step) * (effect + step) / 2
                if nextLoss <= loss + 1e-12 * (1 + abs(loss)) {
                    (effect, now, loss) = (effect + step, next, nextLoss)
                    break
                }
                step /= 2
            } while abs(step) > 1e-14
            if decrement < Self.still {
                (memberEffects[member], sums[member]) = (effect, now)
                return true
            }
        }
        return false
    }
}
