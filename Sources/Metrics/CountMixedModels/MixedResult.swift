extension CountMixedModel {
    /// What a search found, on the scale of the columns as they were given.
    init<Criterion: MixedCriterion>(
        _ search: MixedSearch<Criterion>, _ problem: MixedProblem, _ integration: Integration
    ) throws(Failure) {
        let (tree, p) = (problem.tree, problem.tree.columns)
        guard let scaled = search.covariance else { throw .notIdentified }
        let parameters = search.parameters
        (family, self.integration, rows) = (tree.family, integration, problem.rows)
        coefficients = problem.scale.original(parameters.coefficients)
        deviance = search.derivatives.value
        clusters = tree.names.count
        var sums = LaplaceSums(search.criterion.modes)
        let effects = sums.effects(scaled)
        let ofMembers = tree.memberOfGiven.map { effects.members[$0] }
        let whole = problem.scale.original(covariance: scaled)
        if tree.hasClusterEffect {
            (clusterDeviation, memberDeviation) = (parameters.clusterDeviation, parameters.memberDeviation)
            clusterEffects = zip(effects.clusters, tree.names).map { $0.named($1) }
            memberEffects = zip(ofMembers, tree.memberNames).map { $0.named($1) }
            (covariance, members) = (whole, tree.memberOfGiven.count)
        } else {
            (clusterDeviation, memberDeviation) = (parameters.memberDeviation, nil)
            clusterEffects = zip(ofMembers, tree.names).map { $0.named($1) }
            (memberEffects, members) = ([], nil)
            covariance = whole.restricted(to: Array(0..<p) + [p + 1])
        }
        let levels: [Level] = search.atZero.map { $0 == p || !tree.hasClusterEffect ? .cluster : .member }
        convergence = Convergence(
            iterations: search.iterations, remaining: search.decrement, criterion: search.derivatives.value,
            variancesAtZero: levels)
    }
}
