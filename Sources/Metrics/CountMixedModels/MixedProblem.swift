/// Counts made ready for a mixed model: checked, scaled, put together by what is alike, and with a place to start.
struct MixedProblem {
    let tree: ClusterTree
    let scale: ColumnScale
    private let start: [Double]
    let rows: Int

    init(_ data: ClusteredCounts, _ family: MixedFamily) throws(CountMixedModel.Failure) {
        guard data.isPossible(for: family), !data.columns.isEmpty else { throw .impossibleCounts }
        rows = data.counts.count
        scale = ColumnScale(data.columns)
        guard scale.empty.isEmpty else { throw rows == 0 ? .tooFewClusters : .dependentColumns(scale.empty) }
        tree = ClusterTree(data, scale, family)
        guard tree.names.count > 1, tree.memberOfGiven.count > 1 else { throw .tooFewClusters }
        let totals = tree.patternTotals
        let happened = totals.counts.reduce(0, +)
        guard happened > 0, family == .poisson || happened < totals.sizes.reduce(0, +) else { throw .noVariation }
        start = try Self.withoutEffects(tree)
    }

    /// Where one standard deviation of a column moves the predictor by 50 more or less, nothing is known of it: the
    /// likelihood has become flat on its way up.
    private static let largestError = 50.0

    /// Coefficients as if nothing but chance differed. If there are none, there are none with random effects either:
    /// along a direction that separates, each observation's likelihood rises whatever the effects are.
    private static func withoutEffects(_ tree: ClusterTree) throws(CountMixedModel.Failure) -> [Double] {
        let p = tree.columns
        let (counts, sizes) = tree.patternTotals
        let design = Design(
            rows: (0..<tree.patternCount).map { Array(tree.covariates[($0 * p)..<(($0 + 1) * p)]) })
        do throws(CountRegression.Failure) {
            let isBinomial = tree.family == .binomial
            let logOffset = isBinomial ? tree.offsets : zip(tree.offsets, sizes).map { $0 + .log($1) }
            let fit = try CountRegression(
                design, counts: counts, sizes: isBinomial ? sizes : nil, logOffset: logOffset,
                family: tree.family.withoutEffects)
            let inverse = fit.information.inverse()
            if (0..<p).contains(where: { inverse[$0, $0].squareRoot() > largestError }) { throw .separated }
            return fit.coefficients
        } catch {
            switch error {
            case .columns(let columns): throw .dependentColumns(columns)
            case .separated: throw .separated
            case .notConverged: throw .notConverged
            }
        }
    }

    /// Where the search begins, from the smallest spread if the first place is out of range.
    private func search<Criterion: MixedCriterion>(_ criterion: Criterion) -> MixedSearch<Criterion>? {
        for deviation in [1, 0.3, 0.1] {
            let parameters = MixedParameters(
                coefficients: start, clusterDeviation: tree.hasClusterEffect ? deviation / 2 : 0,
                memberDeviation: deviation)
            let found = MixedSearch(criterion, start: parameters, hasClusterEffect: tree.hasClusterEffect)
            if let found { return found }
        }
        return nil
    }

    func solve<Criterion: MixedCriterion>(
        _ criterion: Criterion, _ integration: CountMixedModel.Integration
    ) throws(CountMixedModel.Failure) -> CountMixedModel {
        guard let search = search(criterion) else { throw .notConverged }
        return try CountMixedModel(try finished(search), self, integration)
    }

    /// By nested quadrature, from Laplace's approximation on.
    func solveNested(points: Int) throws(CountMixedModel.Failure) -> CountMixedModel {
        guard let first = search(LaplaceCriterion(tree)) else { throw .notConverged }
        let laplace = try finished(first)
        var (place, iterations) = (laplace.parameters, laplace.iterations)
        for _ in 0..<50 {
            guard let held = NestedQuadrature(tree, at: place, points: points),
                let start = MixedSearch(held, start: place, hasClusterEffect: true)
            else { throw .notConverged }
            var search = try finished(start)
            iterations += search.iterations
            let fall = start.derivatives.value - search.derivatives.value
            if fall < 1e-10 * (1 + abs(search.derivatives.value)) {
                search.iterations = iterations
                return try CountMixedModel(search, self, .quadrature(points: points))
            }
            place = search.parameters
        }
        throw .notConverged
    }

    private func finished<Criterion: MixedCriterion>(
        _ search: MixedSearch<Criterion>
    ) throws(CountMixedModel.Failure) -> MixedSearch<Criterion> {
        var search = search
        let isFound = search.run()
        if search.isUnbounded { throw .unboundedSpread }
        if search.isSeparated { throw .separated }
        guard isFound else { throw .notConverged }
        return search
    }
}
