/// Regression of counts on a few columns by maximum likelihood (iteratively reweighted least squares, McCullagh &
/// Nelder 1989, ch. 2).
struct CountRegression: Sendable {
    let coefficients: [Double]
    /// Inverse of the expected information; times the dispersion it is the covariance of the coefficients.
    let information: SymmetricFactors
    /// Pearson's X² = Σ (y − μ)²/V(μ).
    let pearson: Double
    /// Mean counts.
    let fitted: [Double]
    /// Observations less coefficients that could be estimated.
    let degrees: Int
    private let counts: [Double]
    private let sizes: [Double]?
    private let family: CountFamily

    /// Why there is no fit.
    enum Failure: Error, Equatable {
        /// No row, or columns that depend on one another.
        case columns([Int])
        /// The likelihood rises for ever: a column separates what happened from what did not.
        case separated
        case notConverged
    }

    private static let mostSteps = 60

    /// Fits counts, with `logOffset` added to the predictor; `sizes` are the trials of a binomial.
    init(
        _ design: Design, counts: [Double], sizes: [Double]? = nil, logOffset: [Double]? = nil, family: CountFamily,
        start: [Double]? = nil
    ) throws(Failure) {
        var search = ReweightedLeastSquares(
            design, counts: counts, sizes: sizes, logOffset: logOffset, family: family, start: start)
        let (beta, converged) = try Self.search(&search, family, start)
        guard !Self.isSeparated(design, beta) else { throw .separated }
        guard converged else { throw .notConverged }
        coefficients = beta
        search.formEquations()
        information = SymmetricFactors(search.matrix)
        (fitted, degrees) = (search.means, design.rows - design.columns)
        (self.counts, self.sizes, self.family) = (counts, sizes, family)
        var pearson = 0.0
        for row in counts.indices {
            let (mean, size) = (fitted[row], sizes?[row] ?? 1)
            let residual = counts[row] - mean
            pearson += residual * residual / family.variance(ofMean: mean, size: size)
        }
        self.pearson = pearson
    }

    /// Twice how far the log-likelihood lies below that of the observations themselves; worked out when it is asked for.
    var deviance: Double {
        let sum = counts.indices.reduce(0.0) { sum, row in
            sum + family.deviance(counts[row], mean: fitted[row], size: sizes?[row] ?? 1)
        }
        return max(0, sum)  // of a perfect fit rounding may leave less than nothing
    }

    /// Newton's steps uphill, halved where they go too far; the coefficients, and whether they stand still.
    private static func search(
        _ search: inout ReweightedLeastSquares, _ family: CountFamily, _ start: [Double]?
    ) throws(Failure) -> (coefficients: [Double], converged: Bool) {
        var beta = start ?? []
        for step in 0..<mostSteps {
            search.formEquations()
            let solved = SymmetricFactors(search.matrix)
            guard solved.dependent.isEmpty else { throw step < 2 ? .columns(solved.dependent) : .separated }
            let before = search.kernel
            var next = solved.solve(search.right)
            search.move(to: next)
            // The first step leaves the observations themselves, which no line can beat.
            let isOnLine = !beta.isEmpty
            for _ in 0..<30 where isOnLine && !(search.kernel >= before - 1e-9 * (1 + abs(before))) {
                next = zip(next, beta).map { ($0 + $1) / 2 }
                search.move(to: next)
            }
            guard next.allSatisfy(\.isFinite), search.kernel.isFinite else { throw .notConverged }
            if isOnLine, search.matrix.distance(next, beta) < family.still { return (next, true) }
            beta = next
        }
        return (beta, false)
    }

    /// X²/(n − p): how much more the counts vary than the model says; nil without degrees of freedom.
    var dispersion: Double? { degrees > 0 ? pearson / Double(degrees) : nil }

    /// A coefficient so large that a standard deviation of its column moves the predictor by 15.
    private static func isSeparated(_ design: Design, _ beta: [Double]) -> Bool {
        beta.indices.contains { column in
            var (sum, squares) = (0.0, 0.0)
            for row in 0..<design.rows { sum += design[row, column] }
            let mean = sum / Double(design.rows)
            for row in 0..<design.rows {
                squares += (design[row, column] - mean) * (design[row, column] - mean)
            }
            let spread = (squares / Double(design.rows)).squareRoot()
            return abs(beta[column]) * spread > 15
        }
    }
}
