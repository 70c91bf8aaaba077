/// How far a cluster, or a member from its cluster, lies off the average, on the scale of the predictor.
public struct RandomEffect: Equatable, Sendable {
    /// What it was called in the data.
    public let unit: Int
    /// The most probable value, drawn towards 0 as far as its own counts leave open.
    public let mode: Double
    /// Standard deviation with coefficients and deviations taken as known, as lme4 gives it.
    public let conditionalDeviation: Double
    /// Standard deviation with their uncertainty included (Kass & Steffey 1989): the one to make intervals of.
    public let predictionDeviation: Double
}

extension LaplaceSums {
    /// Effects of every cluster and every member here, by a covariance of the scaled parameters.
    mutating func effects(_ covariance: SymmetricMatrix) -> (clusters: [RandomEffect], members: [RandomEffect]) {
        var found: (clusters: [RandomEffect], members: [RandomEffect]) = ([], [])
        var slopes = MemberDerivatives.Slopes(order: p + 2)
        for cluster in 0..<tree.clusters {
            let common = collect(cluster)
            let variance = ofCluster / common.determinant
            found.clusters.append(
                RandomEffect(
                    mode: modes.parameters.clusterDeviation * modes.clusterEffects[cluster], variance: variance,
                    uncertainty: covariance.form(byDeviations(common.shiftSlope))))
            for (own, member) in zip(members, modes.members(of: cluster)) {
                let d = 1 + ofMember * own.information
                let pull = ofMember * own.information / d
                own.slopes(shared: common.shiftSlope, variance: ofMember, into: &slopes)
                found.members.append(
                    RandomEffect(
                        mode: modes.parameters.memberDeviation * modes.memberEffects[member],
                        variance: ofMember / d + pull * pull * variance,
                        uncertainty: covariance.form(byDeviations(zip(slopes.shift, common.shiftSlope).map { $0 - $1 }))
                    ))
            }
        }
        return found
    }

    /// A slope by variances as one by deviations.
    private func byDeviations(_ slope: [Double]) -> [Double] {
        var result = slope
        result[p] *= 2 * modes.parameters.clusterDeviation
        result[p + 1] *= 2 * modes.parameters.memberDeviation
        return result
    }
}

extension RandomEffect {
    fileprivate init(mode: Double, variance: Double, uncertainty: Double) {
        unit = 0
        self.mode = mode
        conditionalDeviation = variance.squareRoot()
        predictionDeviation = (variance + max(0, uncertainty)).squareRoot()
    }

    func named(_ unit: Int) -> RandomEffect {
        RandomEffect(
            unit: unit, mode: mode, conditionalDeviation: conditionalDeviation,
            predictionDeviation: predictionDeviation)
    }
}
