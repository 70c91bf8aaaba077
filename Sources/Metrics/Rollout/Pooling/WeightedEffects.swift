/// Effects regressed on moderators with weights w = 1/(v + τ²), and what the estimators of τ² ask of it. With
/// P = W − W X (XᵀWX)⁻¹ XᵀW, of which no n × n matrix is made: P y = W r for the residuals r.
struct WeightedEffects {
    let coefficients: [Double]
    /// (XᵀWX)⁻¹.
    let covariance: SymmetricMatrix
    let residuals: [Double]
    let weights: [Double]
    /// τ².
    let betweenVariance: Double
    private let sample: EffectSample
    private let information: SymmetricFactors

    init(_ sample: EffectSample, betweenVariance: Double) {
        let weights = sample.variances.map { 1 / ($0 + betweenVariance) }
        var matrix = SymmetricMatrix(order: sample.design.columns)
        var right = Array(repeating: 0.0, count: sample.design.columns)
        let weighted = zip(weights, sample.effects).map { $0 * $1 }
        sample.design.crossProducts(weights: weights, weighted, into: &matrix, &right)
        let information = SymmetricFactors(matrix)
        let beta = information.solve(right)
        var predicted = Array(repeating: 0.0, count: sample.effects.count)
        sample.design.predict(beta, into: &predicted)
        residuals = zip(sample.effects, predicted).map { $0 - $1 }
        (coefficients, covariance, self.weights) = (beta, information.inverse(), weights)
        (self.sample, self.information, self.betweenVariance) = (sample, information, betweenVariance)
    }

    /// Degrees of freedom, k − p.
    var degrees: Int { sample.degrees }
    /// Q = yᵀPy = Σ w r².
    var squares: Double { sum { weights[$0] * residuals[$0] * residuals[$0] } }
    /// yᵀPPy = Σ w² r², which is −dQ/dτ².
    var squaresSlope: Double { sum { weights[$0] * weights[$0] * residuals[$0] * residuals[$0] } }
    var totalWeight: Double { sum { weights[$0] } }

    /// yᵀPPPy = Σ w³r² − hᵀ(XᵀWX)⁻¹h, h = XᵀW²r.
    private var squaresCurvature: Double {
        let turned = weights.indices.map { weights[$0] * weights[$0] * residuals[$0] }
        return sum { turned[$0] * weights[$0] * residuals[$0] } - covariance.form(sample.design.transposedTimes(turned))
    }

    /// tr(PUPV) of two diagonal matrices.
    private func trace(_ u: (Int) -> Double, _ v: (Int) -> Double) -> Double {
        let (ofU, ofV) = (
            products { weights[$0] * weights[$0] * u($0) }, products { weights[$0] * weights[$0] * v($0) }
        )
        let both = products { weights[$0] * weights[$0] * weights[$0] * u($0) * v($0) }
        return sum { weights[$0] * weights[$0] * u($0) * v($0) } - 2 * covariance.trace(times: both)
            + covariance.trace(times: ofU, again: ofV)
    }

    /// tr(P), tr(PP), tr(PVP) and tr(PVPV) for the sites' own variances V.
    var trace: Double { totalWeight - covariance.trace(times: products { weights[$0] * weights[$0] }) }
    var traceOfSquare: Double { trace({ _ in 1 }, { _ in 1 }) }
    var traceWithVariances: Double { trace({ _ in 1 }, { sample.variances[$0] }) }
    var traceOfSquareWithVariances: Double {
        trace({ sample.variances[$0] }, { sample.variances[$0] })
    }

    /// The log-likelihood; restricted, that of the residuals, with ½ ln |XᵀX| in it as R's metafor has it.
    func logLikelihood(restricted: Bool) -> Double {
        let ofErrors = sum { .log(weights[$0]) } - squares
        guard restricted else { return (ofErrors - Double(weights.count) * .log(2 * .pi)) / 2 }
        let ofDesign = sample.designLogDeterminant - information.logDeterminant
        return (ofErrors + ofDesign - Double(degrees) * .log(2 * .pi)) / 2
    }

    /// First and second derivative of the log-likelihood by τ².
    func derivatives(restricted: Bool) -> (slope: Double, curvature: Double) {
        let (first, second) =
            restricted ? (trace, traceOfSquare) : (totalWeight, sum { weights[$0] * weights[$0] })
        return ((squaresSlope - first) / 2, second / 2 - squaresCurvature)
    }

    private func sum(_ term: (Int) -> Double) -> Double { weights.indices.reduce(0) { $0 + term($1) } }

    /// XᵀDX of a diagonal D.
    private func products(_ diagonal: (Int) -> Double) -> SymmetricMatrix {
        sample.design.crossProducts(weights: weights.indices.map(diagonal))
    }
}
