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
    /// A relative fall of the deviance that no longer matters.
    private static let still = 1e-13

    /// Fits counts, with ln(offset) added to the predictor; `sizes` are the trials of a binomial.
    init(
        _ design: Design, counts: [Double], sizes: [Double]? = nil, logOffset: [Double]? = nil, family: CountFamily,
        start: [Double]? = nil
    ) throws(Failure) {
        let (n, p) = (design.rows, design.columns)
        var beta = start ?? Array(repeating: 0.0, count: p)
        var predictor = Array(repeating: 0.0, count: n)
        var deviance = Double.infinity
        var (fitted, pearson) = (predictor, 0.0)
        for row in 0..<n {
            predictor[row] =
                start.map { design.predictor(row, $0) + (logOffset?[row] ?? 0) }
                ?? family.start(counts[row], size: sizes?[row] ?? 1)
        }
        var converged = false
        for step in 0..<Self.mostSteps {
            var matrix = SymmetricMatrix(order: p)
            var right = Array(repeating: 0.0, count: p)
            for row in 0..<n {
                let (mean, slope, variance) = family.moments(predictor[row], size: sizes?[row] ?? 1)
                let weight = slope * slope / variance
                let working = predictor[row] - (logOffset?[row] ?? 0) + (counts[row] - mean) / slope
                matrix.accumulate(weight, row: design.elements, from: row * p, count: p)
                let scaled = weight * working
                for column in 0..<p { right[column] += scaled * design.elements[row * p + column] }
            }
            matrix.mirror()
            let solved = SymmetricFactors(matrix)
            guard solved.dependent.isEmpty else { throw step < 2 ? .columns(solved.dependent) : .separated }
            var next = solved.solve(right)
            var halvings = 0
            var now = Double.infinity
            while true {
                now = 0
                for row in 0..<n {
                    predictor[row] = design.predictor(row, next) + (logOffset?[row] ?? 0)
                    fitted[row] = family.moments(predictor[row], size: sizes?[row] ?? 1).mean
                    now += family.deviance(counts[row], mean: fitted[row], size: sizes?[row] ?? 1)
                }
                if step == 0 || now <= deviance + 1e-9 * (abs(deviance) + 1) || halvings == 30 { break }
                next = zip(next, beta).map { ($0 + $1) / 2 }
                halvings += 1
            }
            let fall = abs(deviance - now) / (abs(now) + 0.1)
            (beta, deviance) = (next, now)
            if fall < Self.still {
                converged = true
                break
            }
        }
        guard deviance.isFinite, beta.allSatisfy(\.isFinite) else { throw .notConverged }
        guard !Self.isSeparated(design, beta) else { throw .separated }
        guard converged else { throw .notConverged }
        var matrix = SymmetricMatrix(order: p)
        for row in 0..<n {
            let (_, slope, variance) = family.moments(predictor[row], size: sizes?[row] ?? 1)
            let residual = counts[row] - fitted[row]
            pearson += residual * residual / variance
            matrix.accumulate(slope * slope / variance, row: design.elements, from: row * p, count: p)
        }
        matrix.mirror()
        (coefficients, information) = (beta, SymmetricFactors(matrix))
        (self.deviance, self.pearson) = (deviance, pearson)
        (self.fitted, degrees) = (fitted, n - p)
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
