/// Methods that let participants of a clinic resemble each other as they will, and correct the errors for few clinics.
extension TrialAnalysis {
    /// Arm, strata and covariates, the arm's coefficient first. Of yes or no it is a difference of shares all the same:
    /// a straight line through two arms fits them as they are.
    private func byArm() throws(TrialFailure) -> ClusteredObservations {
        try observations { who in
            [record.clinics[who.clinic].isTreated ? 1 : 0] + strata(of: who.clinic) + covariates(of: who)
        }
    }

    /// Kauermann & Carroll's errors are exactly those of the t test of clinics' means where clinics are alike in size and nothing
    /// is adjusted for but pairs or strata: pairs take half of each clinic's residual, which corrections that look at the arm's
    /// column alone leave out.
    func equations() throws(TrialFailure) -> TrialEffect {
        let data = try byArm()
        do throws(ClusterFailure) {
            let fit = try EstimatingEquations(data, .linear)
            let test = try EffectTest(
                estimate: fit.coefficients[1],
                standardError: max(0, fit.covariance(.kauermannCarroll)[1, 1]).squareRoot(),
                degrees: Double(fit.clusters - fit.clusterLevelColumns), level: level)
            var effect = TrialEffect(
                .estimatingEquations, test, clinics: data.clusterCount, participants: counted.count)
            effect.search = SearchEnd(
                iterations: fit.convergence.iterations, remaining: fit.convergence.lastStep, measure: .lastStep)
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
