/// Methods that let participants of a clinic resemble each other as they will, and correct the errors for few clinics.
extension TrialAnalysis {
    /// Arm, strata and covariates, the arm's coefficient first. Of yes or no it is a difference of shares all the same:
    /// a straight line through two arms fits them as they are.
    private func byArm() throws(TrialFailure) -> ClusteredObservations {
        try observations { who in
            [record.clinics[who.clinic].isTreated ? 1 : 0] + strata(of: who.clinic) + covariates(of: who)
        }
    }

    /// The same with what is left of the arm after all else in the place of the arm. The coefficient stays (Frisch & Waugh),
    /// and Fay & Graubard's correction, which goes by each column's share of the information, no longer depends on
    /// where covariates have their origin or which stratum is left out.
    private func byRestOfArm() throws(TrialFailure) -> ClusteredObservations {
        let ones = counted.map { _ in 1.0 }
        let others = counted.map { strata(of: $0.clinic) + covariates(of: $0) }
        let columns = (others.first ?? []).indices.map { column in others.map { $0[column] } }
        let arm = counted.map { record.clinics[$0.clinic].isTreated ? 1.0 : 0 }
        guard let fit = try? LeastSquares(Design(columns: [ones] + columns.map(Self.centred)), arm),
            fit.residualSquares > 1e-9 * Double(arm.count)
        else { throw Set(arm).count < 2 ? .emptyArm : .dependentColumns }
        do throws(ClusterFailure) {
            return try ClusteredObservations(
                clusters: counted.map(\.clinic), covariates: [fit.residuals] + columns.map(Self.centred),
                outcomes: .each(counted.compactMap { $0.outcomes[visit] }))
        } catch { throw TrialFailure(error) }
    }

    private static func centred(_ column: [Double]) -> [Double] {
        let mean = column.reduce(0, +) / Double(column.count)
        return column.map { $0 - mean }
    }

    func equations() throws(TrialFailure) -> TrialEffect {
        let (plain, data) = (try byArm(), try byRestOfArm())
        do throws(ClusterFailure) {
            // Columns that do not vary within clinics take the degrees; the rest of the arm would hide that it is one.
            let asked = try EstimatingEquations(plain, .linear)
            let fit = try EstimatingEquations(data, .linear)
            let test = try EffectTest(
                estimate: fit.coefficients[1],
                standardError: max(0, fit.covariance(.fayGraubard)[1, 1]).squareRoot(),
                degrees: Double(asked.clusters - asked.clusterLevelColumns), level: level)
            var effect = TrialEffect(
                .estimatingEquations, test, clinics: data.clusterCount, participants: counted.count)
            effect.search = TrialEffect.Search(
                iterations: fit.convergence.iterations, remaining: fit.convergence.lastStep,
                measure: .lastStep)
            return effect
        } catch { throw TrialFailure(error) }
    }

    func bootstrapped() throws(TrialFailure) -> TrialEffect {
        var generator = SplitMix(state: seed)
        let data = try byArm()
        do throws(ClusterFailure) {
            let test = try WildBootstrap(data, draws: 1_999, using: &generator)
            let limits = try test.limits(level: level)
            var effect = TrialEffect(
                method: .wildBootstrap, estimate: test.estimate, lower: limits.lower, upper: limits.upper, level: level,
                p: test.p, standardError: test.standardError, degrees: nil, clinics: data.clusterCount,
                participants: counted.count)
            if test.p <= test.smallestP * (1 + 1e-9) { effect.notes.append(.smallestP(test.smallestP)) }
            if limits.interval == nil { effect.notes.append(.unbounded) }
            if !test.isExact { effect.notes.append(.sampled) }
            return effect
        } catch { throw TrialFailure(error) }
    }
}
