/// −2 ln L by Laplace's approximation about the modes of cluster and member effects (Breslow & Clayton 1993; Pinheiro &
/// Chao 2006 for nested effects), with its exact first and second derivatives through the modes.
///
/// Of a cluster with variances c and m of its own effect and its members', with N, A, B the first three derivatives
/// of a member's loss by a shift of its predictors, d = 1 + m A and S = 1 + c Σ A/d:
///     −2 ln L = 2 h + Σ ln d + ln S.
/// The modes shift the predictors of a member by q = e − m N with e = −c Σ N: no division by a variance, so that 0 is a
/// value like any other. Derivatives are by the variances here and by deviations at the end.
struct LaplaceCriterion: MixedCriterion {
    private(set) var modes: ConditionalModes

    init(_ tree: ClusterTree) { modes = ConditionalModes(tree) }

    mutating func evaluate(_ parameters: MixedParameters) -> MixedDerivatives? {
        guard modes.find(parameters) else { return nil }
        var sums = LaplaceSums(modes)
        for cluster in 0..<modes.tree.clusters { sums.add(cluster) }
        let derivatives = sums.derivatives()
        return derivatives.isFinite ? derivatives : nil
    }
}

/// What clusters add to the Laplace criterion and its derivatives.
struct LaplaceSums {
    let modes: ConditionalModes
    let tree: ClusterTree
    let p: Int
    /// The variances c and m.
    let ofCluster: Double
    let ofMember: Double
    private var logDeterminants = 0.0
    private var gradient: [Double]
    private var hessian: SymmetricMatrix
    private var patterns: PatternSums
    /// Of the member at hand.
    private var rows: PatternSums.RowSums
    private var slopes: MemberDerivatives.Slopes
    /// Of the cluster at hand.
    private(set) var members: [MemberDerivatives] = []

    init(_ modes: ConditionalModes) {
        (self.modes, tree, p) = (modes, modes.tree, modes.tree.columns)
        ofCluster = modes.parameters.clusterDeviation * modes.parameters.clusterDeviation
        ofMember = modes.parameters.memberDeviation * modes.parameters.memberDeviation
        gradient = Array(repeating: 0, count: p + 2)
        hessian = SymmetricMatrix(order: p + 2)
        patterns = PatternSums(tree)
        rows = PatternSums.RowSums(columns: p)
        slopes = MemberDerivatives.Slopes(order: p + 2)
    }

    /// The part of the cluster that its members share.
    struct Common {
        /// Σ N and Σ A/d, and the latter's derivatives.
        var score = 0.0
        var information = 0.0
        var scoreSlope: [Double]
        var informationSlope: [Double]
        /// S = 1 + c Σ A/d.
        var determinant = 1.0
        /// What ln S and Σ ln d change by with the second derivative of e.
        var bend = 0.0
        /// Derivatives of e.
        var shiftSlope: [Double]

        init(order: Int) {
            scoreSlope = Array(repeating: 0, count: order)
            (informationSlope, shiftSlope) = (scoreSlope, scoreSlope)
        }
    }

    mutating func add(_ cluster: Int) {
        var common = collect(cluster)
        for (index, member) in modes.members(of: cluster).enumerated() { add(member, members[index], &common) }
        finish(common)
    }

    /// Turns to a cluster: its members' derivatives, and what they share.
    mutating func collect(_ cluster: Int) -> Common {
        members.removeAll(keepingCapacity: true)
        for member in modes.members(of: cluster) { members.append(MemberDerivatives(modes, member)) }
        return shared()
    }

    private func shared() -> Common {
        var common = Common(order: p + 2)
        for member in members {
            let (times, d) = (member.times, 1 + ofMember * member.information)
            common.score += times * member.score
            common.information += times * member.information / d
            common.shiftSlope[p + 1] += times * member.information * member.score / d
            for column in 0..<p { common.shiftSlope[column] -= times * member.informationByColumn[column] / d }
        }
        common.determinant = 1 + ofCluster * common.information
        for index in 0..<(p + 2) { common.shiftSlope[index] *= ofCluster / common.determinant }
        common.shiftSlope[p] = -common.score / common.determinant
        for member in members {
            let d = 1 + ofMember * member.information
            common.bend += member.times * adjoint(d, common) * member.third / d
        }
        return common
    }

    /// ∂(ln d + ln S)/∂A.
    private func adjoint(_ d: Double, _ common: Common) -> Double {
        ofMember / d + ofCluster / (common.determinant * d * d)
    }

    /// One member's part. Second derivatives of its mode enter linearly, so that each row adds one outer product.
    private mutating func add(_ member: Int, _ own: MemberDerivatives, _ common: inout Common) {
        let (times, a, third) = (own.times, own.information, own.third)
        let d = 1 + ofMember * a
        let byInformation = adjoint(d, common)
        let spread = ofCluster / common.determinant
        logDeterminants += times * .log(d)
        own.slopes(shared: common.shiftSlope, variance: ofMember, into: &slopes)
        patterns.add(
            modes, member, shift: modes.shift(ofMember: member),
            PatternSums.Multiples(
                first: 2, second: 2, third: -byInformation * third * ofMember / d - common.bend * spread / d,
                fourth: byInformation), into: &rows)
        // Of ln d + (c/S) A/d by A twice, by A and m, and, through the bend of the mode, by N and m.
        let pair = spread * -2 * ofMember / (d * d * d) - ofMember * ofMember / (d * d)
        let mixed = spread * -2 * a / (d * d * d) + 1 / (d * d)
        let byScore = -byInformation * third / d + common.bend * spread * a / d
        for row in 0..<(p + 2) {
            gradient[row] += times * byInformation * slopes.information[row]
            common.scoreSlope[row] += times * slopes.score[row]
            common.informationSlope[row] += times * slopes.information[row] / (d * d)
            let left = rows.byColumn[row] + rows.total * slopes.shift[row]
            for column in 0...row {
                hessian[row, column] +=
                    times
                    * (left * slopes.shift[column] + slopes.shift[row] * rows.byColumn[column]
                        + 2 * ofMember * slopes.score[row] * slopes.score[column]
                        + pair * slopes.information[row] * slopes.information[column])
            }
            let cross = times * (mixed * slopes.information[row] + byScore * slopes.score[row])
            hessian[p + 1, row] += row == p + 1 ? 2 * cross : cross
        }
        common.informationSlope[p + 1] -= times * a * a / (d * d)
        gradient[p + 1] += times * (a / d - spread * a * a / (d * d) - own.score * own.score)
        hessian[p + 1, p + 1] += times * (spread * 2 * a * a * a / (d * d * d) - a * a / (d * d))
    }

    private mutating func finish(_ common: Common) {
        let s = common.determinant
        logDeterminants += .log(s)
        gradient[p] += common.information / s - common.score * common.score
        var slope = common.informationSlope.map { $0 * ofCluster }
        slope[p] += common.information
        for row in 0..<(p + 2) {
            for column in 0...row {
                hessian[row, column] +=
                    2 * ofCluster * common.scoreSlope[row] * common.scoreSlope[column]
                    - slope[row] * slope[column] / (s * s)
            }
            let cross = (common.informationSlope[row] - common.bend * common.scoreSlope[row]) / s
            hessian[p, row] += row == p ? 2 * cross : cross
        }
    }

    /// All that was added, by coefficients and deviations.
    func derivatives() -> MixedDerivatives {
        var (gradient, hessian) = (gradient, hessian)
        patterns.complete(&gradient, &hessian)
        let deviations = [modes.parameters.clusterDeviation, modes.parameters.memberDeviation]
        for (index, deviation) in deviations.enumerated() {
            let row = p + index
            let byVariance = gradient[row]
            for column in 0..<(p + 2) where column != row { hessian[row, column] *= 2 * deviation }
            hessian[row, row] = 4 * deviation * deviation * hessian[row, row] + 2 * byVariance
            gradient[row] = 2 * deviation * byVariance
        }
        return MixedDerivatives(
            value: modes.penalisedLoss + logDeterminants - 2 * tree.constant, gradient: gradient, hessian: hessian)
    }
}
