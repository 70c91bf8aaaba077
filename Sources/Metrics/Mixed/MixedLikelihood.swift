/// How a mixed model's variances are estimated.
public enum LikelihoodMethod: String, Equatable, Sendable {
    /// Restricted maximum likelihood (Patterson & Thompson 1971): the default.
    case restricted
    /// Maximum likelihood, to compare models with different columns.
    case maximum
}

/// −2 times the log-likelihood at given ratios of variances, coefficients and residual variance profiled out, with its
/// gradient and its observed and expected curvature (Bates et al. 2015, eq. 41; Lindstrom & Bates 1988).
struct MixedLikelihood: Sendable {
    let ratios: [Double]
    let method: LikelihoodMethod
    let moments: WeightedCrossProducts
    /// C = (XᵀV⁻¹X)⁻¹ in units of the residual variance.
    let covariance: SymmetricMatrix
    let coefficients: [Double]
    /// (y − Xβ)ᵀV⁻¹(y − Xβ), and its derivatives with β following the ratios.
    private(set) var residual: [Double]
    /// ln |V| and, restricted, ln |XᵀV⁻¹X|, and their derivatives.
    private(set) var determinant: [Double]
    /// N, or restricted N − p.
    let degrees: Double
    /// Observations.
    let rows: Int
    /// ln |A| of the columns' own scaling.
    private let scaling: Double

    var residualVariance: Double { residual[0] / degrees }

    /// −2 ln L with its constants, as lme4 tells it.
    var criterion: Double {
        determinant[0] - (method == .restricted ? 2 * scaling : 0)
            + degrees * (1 + .log(2 * .pi * residualVariance))
    }

    /// Nil where the ratios make no covariance or the columns no regression.
    init?(
        _ sums: WeightedSums, subject: EffectCovariance, cluster: EffectCovariance, ratios: [Double],
        method: LikelihoodMethod, scaling: Double = 0,
        restriction: Restriction? = nil
    ) {
        guard var moments = WeightedCrossProducts(sums, subject: subject, cluster: cluster, ratios: ratios) else {
            return nil
        }
        if let restriction { moments.products = moments.products.map { restriction.applied(to: $0) } }
        let p = moments.products[0].order - 1
        let factors = SymmetricFactors(moments.products[0].restricted(to: Array(0..<p)))
        guard factors.dependent.isEmpty else { return nil }
        let inverse = factors.inverse()
        let right = (0..<p).map { moments.products[0][$0, p] }
        coefficients = factors.solve(right)
        (self.ratios, self.method, self.moments, self.scaling, covariance) = (ratios, method, moments, scaling, inverse)
        rows = sums.rows
        degrees = Double(method == .restricted ? sums.rows - p : sums.rows)
        let remainder = moments.products[0].form(coefficients.map { -$0 } + [1])
        guard remainder > 0, remainder.isFinite else { return nil }
        residual = [remainder]
        determinant = moments.logDeterminant
        if method == .restricted { determinant[0] += factors.logDeterminant }
        differentiate()
    }

    private mutating func differentiate() {
        let (p, count) = (covariance.order, moments.products.count)
        let v = coefficients.map { -$0 } + [1]
        residual += Array(repeating: 0, count: count - 1)
        // MₖC for the columns of X, and Mₖ v.
        let products = (0..<ratios.count).map { moments.products[Derivatives.first($0)] }
        let slopes = products.map { $0.times(v) }
        let times = products.map { product in
            SquareMatrix(order: p, elements: product.restricted(to: Array(0..<p)).elements)
                * SquareMatrix(order: p, elements: covariance.elements)
        }
        for k in ratios.indices {
            let first = Derivatives.first(k)
            residual[first] = zip(v, slopes[k]).reduce(0) { $0 + $1.0 * $1.1 }
            if method == .restricted { determinant[first] += times[k].trace }
            let ofK = covariance.times(Array(slopes[k].prefix(p)))
            for l in 0...k {
                let second = Derivatives.second(k, l)
                residual[second] =
                    moments.products[second].form(v) - 2 * zip(ofK, slopes[l]).reduce(0) { $0 + $1.0 * $1.1 }
                guard method == .restricted else { continue }
                let ownTrace = Self.trace(moments.products[second], covariance)
                determinant[second] += ownTrace - (times[k] * times[l]).trace
            }
        }
    }

    /// tr(AB) over the order of B.
    private static func trace(_ a: SymmetricMatrix, _ b: SymmetricMatrix) -> Double {
        (0..<b.order).reduce(0) { sum, row in (0..<b.order).reduce(sum) { $0 + a[row, $1] * b[row, $1] } }
    }

    /// The criterion's derivative by each ratio.
    var gradient: [Double] {
        ratios.indices.map { k in
            let first = Derivatives.first(k)
            return determinant[first] + degrees * residual[first] / residual[0]
        }
    }

    /// Its second derivatives.
    var observed: SymmetricMatrix {
        matrix { k, l, second in
            let product = residual[Derivatives.first(k)] * residual[Derivatives.first(l)] / residual[0]
            return determinant[second] + degrees * (residual[second] - product) / residual[0]
        }
    }

    /// Their expectation, tr(PGₖPGₗ) − tr(PGₖ)tr(PGₗ)/ν.
    var expected: SymmetricMatrix {
        matrix { k, l, second in
            -determinant[second] - determinant[Derivatives.first(k)] * determinant[Derivatives.first(l)] / degrees
        }
    }

    private func matrix(_ element: (Int, Int, Int) -> Double) -> SymmetricMatrix {
        var matrix = SymmetricMatrix(order: ratios.count)
        for k in ratios.indices { for l in 0...k { matrix[k, l] = element(k, l, Derivatives.second(k, l)) } }
        return matrix
    }
}
