/// A logistic or Poisson regression whose clusters, and their members if they are named, differ by normal random
/// intercepts; by maximum likelihood.
///
/// With few clusters a coefficient's z test is too bold: ask for the t test with clusters less cluster-level
/// coefficients as degrees of freedom (Thompson et al. 2022). Laplace's approximation draws a variance towards 0 where
/// members have few observations each.
public struct CountMixedModel: Sendable {
    /// How random effects are integrated out of the likelihood.
    public enum Integration: Equatable, Sendable {
        case laplace
        /// Adaptive Gauss–Hermite quadrature (Pinheiro & Bates 1995) with so many points; of clusters and members
        /// so many for each. 25 do for one effect, 15 for two.
        case quadrature(points: Int)

        /// One point is Laplace's approximation. Nodes of two effects are held while the search runs, so that a few
        /// more are asked for, lest it leaves them behind.
        func isPossible(nested: Bool) -> Bool {
            switch self {
            case .laplace: true
            case .quadrature(let points): points == 1 || ((nested ? 7 : 1)...200).contains(points)
            }
        }
    }

    /// Which effects of a model.
    public enum Level: Equatable, Sendable {
        case cluster
        case member
    }

    /// How the search for the maximum ended.
    public struct Convergence: Equatable, Sendable {
        public let iterations: Int
        /// By how much −2 ln L may still lie above its minimum.
        public let remaining: Double
        /// −2 ln L at the minimum, constants included.
        public let criterion: Double
        /// Effects whose variance is estimated as 0.
        public let variancesAtZero: [Level]
    }

    /// Why there is no fit.
    public enum Failure: Error, Equatable, Sendable {
        /// Columns of different lengths, numbers that are not finite, more happening than could.
        case impossibleCounts
        /// Points of quadrature below 1, from 2 to 6 for two effects, or above 200.
        case impossiblePoints
        /// Fewer than two clusters, or members.
        case tooFewClusters
        /// Nothing happened, or everything.
        case noVariation
        /// These columns follow from earlier ones.
        case dependentColumns([Int])
        /// A column tells what happened from what did not, so that its coefficient has no bound: ask `FirthLogistic`.
        case separated
        /// Clusters or members are each all of one kind: the spread between them has no bound.
        case unboundedSpread
        /// The information at the end is singular: the data do not tell the parameters apart.
        case notIdentified
        case notConverged
    }

    public let family: MixedFamily
    public let integration: Integration
    /// Of the columns, on the scale of the predictor.
    public let coefficients: [Double]
    /// Standard deviation between clusters.
    public let clusterDeviation: Double
    /// Standard deviation between members of a cluster; nil where members were not named.
    public let memberDeviation: Double?
    /// Inverse observed information of coefficients, then `clusterDeviation`, then `memberDeviation`; 0 for a deviation
    /// at 0.
    public let covariance: SymmetricMatrix
    /// −2 ln L, constants included.
    public let deviance: Double
    public let convergence: Convergence
    public let rows: Int
    public let clusters: Int
    public let members: Int?
    /// Effects of clusters, in the order in which they first appear.
    public let clusterEffects: [RandomEffect]
    /// Effects of members beyond their cluster's, in the order in which they first appear; empty of one effect.
    public let memberEffects: [RandomEffect]

    /// Standard errors of the coefficients.
    public var standardErrors: [Double] {
        coefficients.indices.map { max(0, covariance[$0, $0]).squareRoot() }
    }

    /// The variance of all random effects of an observation together.
    var totalVariance: Double {
        clusterDeviation * clusterDeviation + (memberDeviation ?? 0) * (memberDeviation ?? 0)
    }

    /// Fits by the integration asked for.
    public static func fit(
        _ data: ClusteredCounts, family: MixedFamily, integration: Integration = .laplace
    ) -> Result<CountMixedModel, Failure> {
        do throws(Failure) {
            guard integration.isPossible(nested: data.members != nil) else { throw .impossiblePoints }
            let problem = try MixedProblem(data, family)
            guard case .quadrature(let points) = integration, points > 1 || !problem.tree.hasClusterEffect else {
                return .success(try problem.solve(LaplaceCriterion(problem.tree), integration))
            }
            if problem.tree.hasClusterEffect { return .success(try problem.solveNested(points: points)) }
            return .success(try problem.solve(QuadratureCriterion(problem.tree, points: points), integration))
        } catch {
            return .failure(error)
        }
    }
}
