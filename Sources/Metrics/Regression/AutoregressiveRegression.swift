/// A regression whose errors resemble those before them, Corr(e(s), e(t)) = ρ^|s − t| (generalised least squares with
/// an exact autoregression of order 1; gaps in time count as what they are).
struct AutoregressiveRegression {
    let coefficients: [Double]
    /// Of the coefficients, ρ taken as known: s² (Xᵀ R⁻¹ X)⁻¹ with s² on n − p.
    let covariance: SymmetricMatrix
    let rho: Double
    /// Standard deviation of an error: on n − p by restricted likelihood, on n by likelihood.
    let deviation: Double
    /// The log-likelihood; nil by Prais and Winsten's way.
    let logLikelihood: Double?
    let record: SearchRecord
    let degrees: Int
    /// How the covariance changes with ρ and with the variance, and how well these are known.
    private let uncertainty: (byRho: SymmetricMatrix, variance: Double, ofParameters: SymmetricMatrix)?

    enum Estimator: Sendable {
        case restrictedLikelihood
        case likelihood
        /// ρ from the residuals in turn until it stands still, the first observation kept (Prais & Winsten 1954).
        case praisWinsten
    }

    enum Failure: Error, Equatable {
        case columns([Int])
        /// The columns leave nothing of the response.
        case noVariation
        case notConverged
    }

    /// Beyond it a series says no more of ρ than that it is large.
    static let largestRho = 0.9999

    /// - Parameter times: ascending whole numbers, one a row.
    init(_ design: Design, _ response: [Double], times: [Int], by estimator: Estimator) throws(Failure) {
        let start: LeastSquares
        do { start = try LeastSquares(design, response) } catch {
            guard case .columns(let dependent) = error else { throw .notConverged }
            throw .columns(dependent)
        }
        guard start.degrees > 1 else { throw .columns([]) }
        let size = response.reduce(0) { max($0, abs($1)) }
        guard start.residualSquares > 1e-24 * size * size * Double(design.rows) else { throw .noVariation }
        let columns = (0..<design.columns).map { column in (0..<design.rows).map { design[$0, column] } }
        let moments = AutoregressiveMoments(columns + [start.residuals], times: times)
        let restricted = estimator != .likelihood
        func profile(_ rho: Double) -> AutoregressiveProfile {
            AutoregressiveProfile(moments, at: rho, observations: design.rows, restricted: restricted)
        }
        func height(_ rho: Double) -> Double {
            AutoregressiveProfile.height(moments, at: rho, observations: design.rows, restricted: restricted)
        }
        let (found, record) =
            try estimator == .praisWinsten ? Self.praisWinsten(moments, profile) : Self.highest(height, profile)
        let best = profile(found)
        let variance = best.squares.value / Double(start.degrees)
        var covariance = best.inverse
        covariance.scale(by: variance)
        var byRho = best.inverseSlope
        byRho.scale(by: variance)
        uncertainty = best.covarianceOfParameters(variance: variance).map { (byRho, variance, $0) }
        coefficients = zip(start.coefficients, best.coefficients).map { $0 + $1 }
        (self.covariance, rho, self.record, degrees) = (covariance, found, record, start.degrees)
        deviation = (restricted ? variance : best.squares.value / Double(design.rows)).squareRoot()
        logLikelihood = estimator == .praisWinsten ? nil : best.logLikelihood
        guard coefficients.allSatisfy(\.isFinite), variance > 0, variance.isFinite else { throw .notConverged }
    }

    /// The highest of a grid first, as the likelihood may have two tops; then Newton's method.
    private static func highest(
        _ height: (Double) -> Double, _ profile: (Double) -> AutoregressiveProfile
    ) throws(Failure) -> (rho: Double, record: SearchRecord) {
        let half = (1...6).map { 0.15 * Double($0) } + [0.99, largestRho]
        let grid = half.reversed().map { -$0 } + [0] + half
        let heights = grid.map(height)
        guard let best = heights.indices.filter({ heights[$0].isFinite }).max(by: { heights[$0] < heights[$1] }) else {
            throw .notConverged
        }
        let found = BracketedMaximum(
            from: grid[max(0, best - 1)], to: grid[min(grid.count - 1, best + 1)], startingAt: grid[best]
        ) { profile($0).derivatives }
        let record = SearchRecord(
            iterations: found.iterations, slope: found.slope, criterion: profile(found.point).logLikelihood,
            isAtBoundary: abs(found.point) > 0.9999 * largestRho)
        return (found.point, record)
    }

    private static func praisWinsten(
        _ moments: AutoregressiveMoments, _ profile: (Double) -> AutoregressiveProfile
    ) throws(Failure) -> (rho: Double, record: SearchRecord) {
        var rho = 0.0
        for iteration in 1...1000 {
            guard let next = moments.neighbourSlope(profile(rho).coefficients.map { -$0 } + [1]) else {
                return (0, .formula(isAtBoundary: false))  // no neighbours, nothing to be alike
            }
            guard abs(next) < largestRho else { throw .notConverged }
            let step = next - rho
            rho = next
            if abs(step) < 1e-14 {
                return (rho, SearchRecord(iterations: iteration, slope: step, criterion: nil, isAtBoundary: false))
            }
        }
        throw .notConverged
    }

    /// Degrees of freedom of a combination's t interval (Satterthwaite; Fai & Cornelius 1996), at most n − p; n − p − 1
    /// where the likelihood has no curvature to tell.
    func degrees(of combination: [Double]) -> Double {
        guard let uncertainty, !record.isAtBoundary else { return Double(degrees - 1) }
        let value = covariance.form(combination)
        let slopes = [uncertainty.byRho.form(combination), value / uncertainty.variance]
        let spread = uncertainty.ofParameters.form(slopes)
        guard spread > 0, value > 0 else { return Double(degrees - 1) }
        return min(Double(degrees), 2 * value * value / spread)
    }
}
