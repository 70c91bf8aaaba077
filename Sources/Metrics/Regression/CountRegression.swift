/// Regression of counts on a few columns by maximum likelihood (iteratively reweighted least squares, McCullagh &
/// Nelder 1989, ch. 2).
struct CountRegression: Sendable {
    let coefficients: [Double]
    /// Inverse of the expected information; times the dispersion it is the covariance of the coefficients.
    let information: SymmetricFactors
    let deviance: Double
    /// Pearson's X² = Σ (y − μ)²/V(μ).
    let pearson: Double
    /// Mean counts.
    let fitted: [Double]
    /// Observations less coefficients that could be estimated.
    let degrees: Int

    /// Why there is no fit.
    enum Failure: Error, Equatable {
        /// No row, or columns that depend on one another.
        case columns([Int])
        /// The likelihood rises for ever: a column separates what happened from what did not.
        case separated
        case notConverged
    }

    private static let mostSteps = 60
    /// Square of the last step in standard errors at which the next would change nothing a double can hold.
    private static let still = 1e-18

    /// Fits counts, with `logOffset` added to the predictor; `sizes` are the trials of a binomial.
    init(
        _ design: Design, counts: [Double], sizes: [Double]? = nil, logOffset: [Double]? = nil, family: CountFamily,
        start: [Double]? = nil
    ) throws(Failure) {
        let problem = Problem(design: design, counts: counts, sizes: sizes, logOffset: logOffset, family: family)
        var beta = start ?? Array(repeating: 0.0, count: design.columns)
        var state = State(
            problem,
            predictors: start.map(problem.predictors)
                ?? counts.indices.map { family.start(counts[$0], size: sizes?[$0] ?? 1) })
        var converged = false
        for step in 0..<Self.mostSteps {
            let (matrix, right) = problem.normalEquations(state)
            let solved = SymmetricFactors(matrix)
            guard solved.dependent.isEmpty else { throw step < 2 ? .columns(solved.dependent) : .separated }
            var next = solved.solve(right)
            var ahead = State(problem, predictors: problem.predictors(next))
            // The first step leaves the observations themselves, which no line can beat.
            if step > 0 || start != nil {
                for _ in 0..<30 where !(ahead.kernel >= state.kernel - 1e-9 * (1 + abs(state.kernel))) {
                    next = zip(next, beta).map { ($0 + $1) / 2 }
                    ahead = State(problem, predictors: problem.predictors(next))
                }
            }
            let moved = matrix.form(zip(next, beta).map { $0 - $1 })
            (beta, state) = (next, ahead)
            guard beta.allSatisfy(\.isFinite), state.kernel.isFinite else { throw .notConverged }
            if moved < Self.still {
                converged = true
                break
            }
        }
        guard !Self.isSeparated(design, beta) else { throw .separated }
        guard converged else { throw .notConverged }
        coefficients = beta
        information = SymmetricFactors(problem.normalEquations(state).matrix)
        // Of a perfect fit rounding may leave less than nothing.
        deviance = max(
            0,
            counts.indices.reduce(0) {
                $0 + family.deviance(counts[$1], mean: state.moments[$1].mean, size: sizes?[$1] ?? 1)
            })
        pearson = counts.indices.reduce(0) { sum, row in
            let residual = counts[row] - state.moments[row].mean
            return sum + residual * residual / state.moments[row].variance
        }
        (fitted, degrees) = (state.moments.map(\.mean), design.rows - design.columns)
    }

    /// X²/(n − p): how much more the counts vary than the model says; nil without degrees of freedom.
    var dispersion: Double? { degrees > 0 ? pearson / Double(degrees) : nil }

    /// A coefficient so large that a standard deviation of its column moves the predictor by 15.
    private static func isSeparated(_ design: Design, _ beta: [Double]) -> Bool {
        beta.indices.contains { column in
            let values = (0..<design.rows).map { design[$0, column] }
            let mean = values.reduce(0, +) / Double(values.count)
            let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
            return abs(beta[column]) * spread > 15
        }
    }
}

/// What is regressed on what.
private struct Problem {
    let design: Design
    let counts: [Double]
    let sizes: [Double]?
    let logOffset: [Double]?
    let family: CountFamily

    func predictors(_ coefficients: [Double]) -> [Double] {
        counts.indices.map { design.predictor($0, coefficients) + (logOffset?[$0] ?? 0) }
    }

    /// Xᵀ W X and Xᵀ W z of the working response z = η − offset + (y − μ)/(dμ/dη).
    func normalEquations(_ state: State) -> (matrix: SymmetricMatrix, right: [Double]) {
        let p = design.columns
        var matrix = SymmetricMatrix(order: p)
        var right = Array(repeating: 0.0, count: p)
        for row in counts.indices {
            let moments = state.moments[row]
            let weight = moments.slope * moments.slope / moments.variance
            let working = state.predictors[row] - (logOffset?[row] ?? 0) + (counts[row] - moments.mean) / moments.slope
            matrix.accumulate(weight, row: design.elements, from: row * p, count: p)
            for column in 0..<p { right[column] += weight * working * design.elements[row * p + column] }
        }
        matrix.mirror()
        return (matrix, right)
    }
}

/// Where the search stands.
private struct State {
    let predictors: [Double]
    let moments: [CountFamily.Moments]
    /// The log-likelihood but for a constant.
    let kernel: Double

    init(_ problem: Problem, predictors: [Double]) {
        self.predictors = predictors
        moments = predictors.indices.map { row in
            problem.family.moments(problem.counts[row], at: predictors[row], size: problem.sizes?[row] ?? 1)
        }
        kernel = moments.reduce(0) { $0 + $1.kernel }
    }
}
