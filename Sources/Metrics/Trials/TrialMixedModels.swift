/// Methods that model clinics and participants as drawn from normal distributions.
extension TrialAnalysis {
    func mixed(_ method: TrialMethod) throws(TrialFailure) -> TrialEffect {
        guard !record.isBinary else { throw .otherScale }
        guard degrees > 0 else { throw .tooFewClusters }
        let needsBaseline = [.mixedModelBaseline, .mixedModelPublished].contains(method)
        guard visit > 0 || !needsBaseline else { throw .noBaseline }
        let means: TrialModel.Means =
            switch method {
            case .mixedModelBaseline: .commonBaseline
            case .mixedModelPublished: .armByVisit
            // Without the adjustment baseline is one visit among others, with a difference of arms of its own.
            default: adjustsForBaseline ? .adjustedForBaseline : .armByVisit
            }
        let variation: TrialModel.Variation = method == .mixedModelVisits ? .clusterVisits : .levels
        let isChange = method == .mixedModelPublished
        let question: TrialQuestion = isChange ? .change(visit: visit) : .difference(visit: visit)
        do throws(MixedModelFailure) {
            let design = try TrialDesign(TrialModel(means, variation), mixedObservations)
            let fit = try Self.fit(design)
            guard let weights = design.weights(question) else { throw .impossibleData }
            let most = isChange ? degrees * Double(design.visits.count - 1) : degrees
            let approximation: DegreesMethod = isChange ? .satterthwaite : .kenwardRoger
            let contrast = fit.contrast(weights, degrees: approximation)
            guard let contrast, most > 0 else { throw .tooFewObservations }
            let held = fit.contrast(weights, degrees: approximation, most: most)
            guard let held, let interval = held.interval(level: level) else { throw .noVariation }
            var effect = TrialEffect(
                method: method, estimate: held.estimate, lower: interval.lower, upper: interval.upper, level: level,
                p: held.p, standardError: held.standardError, degrees: held.degrees,
                clinics: Set(design.rows.clusters).count, participants: Set(design.rows.subjects ?? []).count)
            if held.degrees < contrast.degrees { effect.notes.append(.degreesHeld) }
            if fit.clusterCovariance.order > 0, fit.clusterCovariance[0, 0] == 0 { effect.notes.append(.clinicsAlike) }
            effect.search = SearchEnd(
                iterations: fit.convergence.iterations, remaining: fit.convergence.decrement, measure: .deviance)
            return effect
        } catch { throw TrialFailure(error) }
    }

    /// Of one visit clinics are the only level: what participants differ by is all the residual.
    private static func fit(_ design: TrialDesign) throws(MixedModelFailure) -> LinearMixedModel {
        guard design.visits.count == 1 else { return try design.fit() }
        let rows = MixedModelRows(
            outcome: design.rows.outcome, fixed: design.rows.fixed, clusters: design.rows.clusters)
        return try LinearMixedModel(MixedStatistics(rows), .clusterOnly)
    }

    private var mixedObservations: [TrialObservation] {
        record.participants.enumerated().flatMap { subject, who in
            let covariates = strata(of: who.clinic) + who.covariates
            return who.outcomes.enumerated().compactMap { visit, outcome in
                outcome.map {
                    TrialObservation(
                        cluster: who.clinic, subject: subject, isIntervention: record.clinics[who.clinic].isTreated,
                        visit: visit, outcome: $0, covariates: covariates)
                }
            }
        }
    }

    /// The visit alone, one row a participant: clinics are the only level, integrated out by quadrature.
    func logistic(_ method: TrialMethod) throws(TrialFailure) -> TrialEffect {
        guard record.isBinary else { throw .otherScale }
        guard degrees > 0 else { throw .tooFewClusters }
        func row(_ who: TrialRecord.Participant, isTreated: Bool) -> [Double] {
            [1, isTreated ? 1 : 0] + strata(of: who.clinic) + covariates(of: who)
        }
        let rows = counted.map { row($0, isTreated: record.clinics[$0.clinic].isTreated) }
        let data = ClusteredCounts(
            columns: (rows.first ?? []).indices.map { column in rows.map { $0[column] } },
            counts: counted.compactMap { $0.outcomes[visit] }, clusters: counted.map(\.clinic))
        let fit: CountMixedModel
        switch CountMixedModel.fit(data, family: .binomial, integration: .quadrature(points: 25)) {
        case .success(let found): fit = found
        case .failure(let reason): throw TrialFailure(reason)
        }
        var effect =
            method == .logisticOddsRatio
            ? try oddsRatio(fit, participants: counted.count)
            : try shares(fit, counted.map { row($0, isTreated: true) }, counted.map { row($0, isTreated: false) })
        if fit.clusterDeviation == 0 { effect.notes.append(.clinicsAlike) }
        effect.search = SearchEnd(
            iterations: fit.convergence.iterations, remaining: fit.convergence.remaining,
            measure: .deviance)
        return effect
    }

    private func oddsRatio(_ fit: CountMixedModel, participants: Int) throws(TrialFailure) -> TrialEffect {
        let weights = fit.coefficients.indices.map { $0 == 1 ? 1.0 : 0 }
        guard let test = fit.contrast(weights, degrees: degrees, level: level) else { throw .notComputable }
        return TrialEffect(
            method: .logisticOddsRatio, estimate: .exp(test.estimate), lower: .exp(test.interval.lower),
            upper: .exp(test.interval.upper), level: level, p: test.p, standardError: test.standardError,
            degrees: degrees, clinics: clinics.count, participants: participants)
    }

    /// Everybody as if treated less everybody as if not, averaged over clinics like these.
    private func shares(
        _ fit: CountMixedModel, _ treated: [[Double]], _ control: [[Double]]
    ) throws(TrialFailure) -> TrialEffect {
        guard
            let difference = fit.marginalDifference(
                CountMixedModel.Profile(treated), less: CountMixedModel.Profile(control), degrees: degrees, level: level
            ),
            difference.standardError > 0,
            let tail = StudentT.lowerTail(-abs(difference.estimate / difference.standardError), degrees: degrees)
        else { throw .notComputable }
        return TrialEffect(
            method: .logisticMixedModel, estimate: difference.estimate, lower: difference.interval.lower,
            upper: difference.interval.upper, level: level, p: 2 * tail, standardError: difference.standardError,
            degrees: degrees, clinics: clinics.count, participants: treated.count)
    }
}
