/// A linear mixed model fitted by (restricted) maximum likelihood from sums (Laird & Ware 1982; Bates et al. 2015).
public struct LinearMixedModel: Sendable {
    public let effects: RandomEffects
    public let method: LikelihoodMethod
    public let convergence: Convergence
    /// Observations.
    public let rows: Int
    /// How many clinics count.
    public let clusterCount: Int
    /// Columns of X that depend on others and were left out.
    public let dependent: [Int]
    let statistics: MixedStatistics
    let sums: WeightedSums
    let point: VarianceSearch.Point
    let coordinates: VarianceCoordinates
    /// Nil where the variances' expected information is singular; it is of restricted likelihood only.
    let kenwardRoger: KenwardRoger?

    /// - Parameter multiplicities: how many times each clinic counts: 0 leaves it out, 2 has it twice under two labels.
    public init(
        _ statistics: MixedStatistics, _ effects: RandomEffects, method: LikelihoodMethod = .restricted,
        multiplicities: [Int]? = nil
    ) throws(MixedModelFailure) {
        precondition(
            effects.subject.order == statistics.subjectOrder && effects.cluster.order == statistics.clusterOrder,
            "the effects are not those that were summed")
        let sums = WeightedSums(statistics, multiplicities: multiplicities)
        guard sums.rows > sums.kept.count else { throw .tooFewObservations }
        guard sums.varies else { throw .noVariation }
        let search = VarianceSearch(statistics, sums, effects, method: method)
        (point, convergence) = try search.search()
        (self.effects, self.method, self.statistics, self.sums) = (effects, method, statistics, sums)
        coordinates = search.coordinates
        rows = sums.rows
        kenwardRoger = method == .restricted ? KenwardRoger(point.likelihood) : nil
        clusterCount = Int(sums.clusters.reduce(0) { $0 + $1.weight })
        dependent = (0..<statistics.columns).filter { !sums.kept.contains($0) }
    }

    /// β, nil for columns left out.
    public var coefficients: [Double?] {
        (0..<statistics.columns).map { column in
            let weights = (0..<statistics.columns).map { $0 == column ? 1.0 : 0 }
            return estimate(weights)
        }
    }

    /// A weighted sum of coefficients; nil if it needs a column that was left out.
    func estimate(_ weights: [Double]) -> Double? {
        guard let own = standardised(weights) else { return nil }
        let sum = zip(own, point.likelihood.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        return sum + statistics.standardisation.origin(weights)
    }

    /// The covariance of two weighted sums of coefficients as the fit tells it.
    public func covariance(_ one: [Double], _ other: [Double]) -> Double? {
        guard let left = standardised(one), let right = standardised(other) else { return nil }
        let image = point.likelihood.covariance.times(right)
        return residualVariance * zip(left, image).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Weights of the standardised columns kept.
    func standardised(_ weights: [Double]) -> [Double]? {
        guard weights.count == statistics.columns, weights.allSatisfy(\.isFinite) else { return nil }
        guard dependent.allSatisfy({ weights[$0] == 0 }) else { return nil }
        let own = statistics.standardisation.standardised(weights)
        return sums.kept.map { own[$0] }
    }

    public var residualVariance: Double { point.likelihood.residualVariance }

    /// Variances and covariances of a client's effects in their own units.
    public var subjectCovariance: SymmetricMatrix {
        scaled(effects.subject.value(point.likelihood.ratios.prefix(effects.subject.components.count)))
    }

    public var clusterCovariance: SymmetricMatrix {
        scaled(effects.cluster.value(point.likelihood.ratios.dropFirst(effects.subject.components.count)))
    }

    private func scaled(_ matrix: SymmetricMatrix) -> SymmetricMatrix {
        var matrix = matrix
        matrix.scale(by: residualVariance)
        return matrix
    }

    public var logLikelihood: Double { -point.likelihood.criterion / 2 }

    /// Share of an observation's variance that its clinic explains, and that clinic and client explain together; of models
    /// with levels only.
    public var intraclassCorrelation: (cluster: Double, subject: Double)? {
        guard effects.cluster.order <= 1, effects.subject.order <= 1 else { return nil }
        let ofCluster = effects.cluster.order == 1 ? clusterCovariance[0, 0] : 0
        let ofSubject = effects.subject.order == 1 ? subjectCovariance[0, 0] : 0
        let whole = ofCluster + ofSubject + residualVariance
        return (ofCluster / whole, (ofCluster + ofSubject) / whole)
    }
}
