/// A regression of counts under way: what is regressed on what, and where the search stands. Its arrays are made once
/// and written over at each step, as making them would cost more than the arithmetic.
struct ReweightedLeastSquares {
    private let design: Design
    private let counts: [Double]
    private let sizes: [Double]
    private let logOffset: [Double]
    private let family: CountFamily
    /// η, its offset included.
    private var predictors: [Double]
    /// (dμ/dη)²/V(μ).
    private var weights: [Double]
    /// The weight times η − offset + (y − μ)/(dμ/dη).
    private var responses: [Double]
    /// μ.
    private(set) var means: [Double]
    /// The log-likelihood but for a constant.
    private(set) var kernel = 0.0
    /// Xᵀ W X and Xᵀ W z of the working response z, as they last were worked out.
    private(set) var matrix: SymmetricMatrix
    private(set) var right: [Double]

    /// Begins at coefficients, or where every observation is its own predictor.
    init(
        _ design: Design, counts: [Double], sizes: [Double]?, logOffset: [Double]?, family: CountFamily,
        start: [Double]?
    ) {
        let zeros = Array(repeating: 0.0, count: counts.count)
        (self.design, self.counts, self.family) = (design, counts, family)
        self.sizes = sizes ?? Array(repeating: 1, count: counts.count)
        self.logOffset = logOffset ?? zeros
        (predictors, weights, responses, means) = (zeros, zeros, zeros, zeros)
        matrix = SymmetricMatrix(order: design.columns)
        right = Array(repeating: 0, count: design.columns)
        if let start {
            move(to: start)
        } else {
            for row in counts.indices { predictors[row] = family.start(counts[row], size: self.sizes[row]) }
            evaluate()
        }
    }

    mutating func move(to coefficients: [Double]) {
        design.predict(coefficients, into: &predictors)
        for row in predictors.indices { predictors[row] += logOffset[row] }
        evaluate()
    }

    private mutating func evaluate() {
        kernel = 0
        for row in counts.indices {
            let moments = family.moments(counts[row], at: predictors[row], size: sizes[row])
            weights[row] = moments.weight
            responses[row] =
                moments.weight * (predictors[row] - logOffset[row]) + moments.sharpness * (counts[row] - moments.mean)
            means[row] = moments.mean
            kernel += moments.kernel
        }
    }

    /// Works out the equations whose solution is the next step.
    mutating func formEquations() { design.crossProducts(weights: weights, responses, into: &matrix, &right) }
}
