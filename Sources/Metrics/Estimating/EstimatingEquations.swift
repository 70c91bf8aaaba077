/// Generalised estimating equations (Liang & Zeger 1986), with the sums by cluster from which errors for few clusters
/// follow.
public struct EstimatingEquations: Sendable {
    /// What dispersion and correlation are divided by.
    public enum Denominators: Sendable {
        /// Members and pairs less coefficients, as Liang & Zeger have it.
        case lessCoefficients
        /// Members and pairs, as in the estimating equations of Yan & Fine (2004).
        case plain
    }

    /// Of the intercept and of each covariate.
    public let coefficients: [Double]
    /// α: of two members of a cluster, or of two observations a unit of time apart; 0 under independence.
    public let correlation: Double
    /// φ: how many times the variance is that of the model.
    public let dispersion: Double
    public let convergence: Convergence
    public let clusters: Int
    public let members: Double
    /// Columns, the intercept among them, that do not vary within clusters.
    public let clusterLevelColumns: Int

    /// How the search ended.
    public struct Convergence: Equatable, Sendable {
        public let iterations: Int
        /// Length of the last step in standard errors of the model, which had to fall below `criterion`.
        public let lastStep: Double
        public let criterion: Double
        /// Whether the correlation came out as one that no members of a cluster can have, below −1/(n − 1) of the largest
        /// cluster or 1 and above: the estimate is then that of independence.
        public let isCorrelationImpossible: Bool
    }

    /// M = Σ DᵀV⁻¹D, whose inverse is the model's covariance.
    let information: SymmetricFactors
    /// Σ over clusters, cluster by cluster: DᵀV⁻¹(y − μ), and DᵀV⁻¹D row by row.
    let scores: [Double]
    let informations: [Double]
    let rows: WorkingRows

    private static let criterion = 1e-10
    private static let mostSteps = 100

    /// - Throws: `dependentColumns`, `separated`, `noEvents`, `noVariation`, `notConverged`; `misshapen` for
    ///   outcomes that the model cannot have, or rows of several members or without times under autoregression.
    public init(
        _ data: ClusteredObservations, _ model: MeanModel, correlation: WorkingCorrelation = .independence,
        denominators: Denominators = .lessCoefficients
    ) throws(ClusterFailure) {
        guard model.allows(data) else { throw .misshapen }
        var sums = EstimatingSums(data, model, correlation, denominators)
        guard sums.isFeasible else { throw .misshapen }
        var beta = try sums.independent()
        sums.evaluate(beta)
        guard sums.varies else { throw .noVariation }
        for iteration in 1...Self.mostSteps {
            let factors = SymmetricFactors(sums.information)
            guard factors.dependent.isEmpty else { throw .dependentColumns }
            let step = factors.solve(sums.score)
            let length = sums.information.form(step).squareRoot()
            for column in beta.indices { beta[column] += step[column] }
            guard beta.allSatisfy(\.isFinite), length.isFinite else { throw .notConverged }
            sums.evaluate(beta)
            guard length < Self.criterion else { continue }
            guard !sums.isSeparated else { throw .separated }
            coefficients = beta
            (self.correlation, dispersion) = (sums.correlation, sums.dispersion)
            convergence = Convergence(
                iterations: iteration, lastStep: length, criterion: Self.criterion,
                isCorrelationImpossible: sums.isCorrelationImpossible)
            (clusters, members) = (data.clusterCount, data.members.reduce(0, +))
            clusterLevelColumns = data.clusterLevelColumns
            information = SymmetricFactors(sums.information)
            (scores, informations, rows) = (sums.scores, sums.informations, sums.workingRows)
            return
        }
        throw .notConverged
    }

    /// The covariance of the coefficients if the working correlation were the true one.
    public var modelCovariance: SymmetricMatrix { information.inverse() }

    var order: Int { coefficients.count }
}
