/// The log-likelihood of a regression with autoregressive errors at one ρ, everything else at its best.
struct AutoregressiveProfile {
    /// (Xᵀ R⁻¹ X)⁻¹.
    let inverse: SymmetricMatrix
    /// What the coefficients gain on the response that the moments are of.
    let coefficients: [Double]
    /// eᵀ R⁻¹ e, with its first and second derivative by ρ.
    let squares: (value: Double, slope: Double, curvature: Double)
    /// −½ of what the likelihood has beside the squares: ln |R|, and ln |Xᵀ R⁻¹ X| if restricted.
    private let determinant: (value: Double, slope: Double, curvature: Double)
    /// Slope of the inverse by ρ: −inverse · M′ · inverse.
    let inverseSlope: SymmetricMatrix
    /// n, or n − p if restricted.
    private let degrees: Double

    init(_ moments: AutoregressiveMoments, at rho: Double, observations: Int, restricted: Bool) {
        let values = moments.values(rho)
        let p = values.matrix.order - 1
        let own = Array(0..<p)
        let factors = SymmetricFactors(values.matrix.restricted(to: own))
        let step = factors.solve(own.map { values.matrix[$0, p] })
        let inverse = factors.inverse()
        let errors = step.map { -$0 } + [1]
        let turned = Array(values.slope.times(errors).prefix(p))
        squares = (
            values.matrix.form(errors), values.slope.form(errors),
            values.curvature.form(errors) - 2 * inverse.form(turned)
        )
        let (first, second) = (values.slope.restricted(to: own), values.curvature.restricted(to: own))
        let log = values.logDeterminant
        determinant =
            restricted
            ? (
                log.value + factors.logDeterminant, log.slope + inverse.trace(times: first),
                log.curvature + inverse.trace(times: second) - inverse.trace(times: first, again: first)
            ) : log
        var inverseSlope = inverse.sandwich(first)
        inverseSlope.scale(by: -1)
        (self.inverse, self.inverseSlope, coefficients) = (inverse, inverseSlope, step)
        degrees = Double(restricted ? observations - p : observations)
    }

    /// The log-likelihood with the variance at its best, squares/degrees.
    var logLikelihood: Double { Self.logLikelihood(squares.value, degrees, determinant.value) }

    private static func logLikelihood(_ squares: Double, _ degrees: Double, _ determinant: Double) -> Double {
        -(degrees * (1 + .log(2 * .pi * squares / degrees)) + determinant) / 2
    }

    /// The log-likelihood alone, for a grid.
    static func height(
        _ moments: AutoregressiveMoments, at rho: Double, observations: Int, restricted: Bool
    ) -> Double {
        let (matrix, logDeterminant) = moments.matrix(rho)
        let p = matrix.order - 1
        let factors = SymmetricFactors(matrix.restricted(to: Array(0..<p)))
        let errors = factors.solve((0..<p).map { -matrix[$0, p] }) + [1]
        return logLikelihood(
            matrix.form(errors), Double(restricted ? observations - p : observations),
            logDeterminant + (restricted ? factors.logDeterminant : 0))
    }

    var derivatives: (slope: Double, curvature: Double) {
        let relative = squares.slope / squares.value
        return (
            -(degrees * relative + determinant.slope) / 2,
            -(degrees * (squares.curvature / squares.value - relative * relative) + determinant.curvature) / 2
        )
    }

    /// Covariance of the estimates of ρ and of the errors' variance, from the curvature of the likelihood; nil where it
    /// is no top.
    func covarianceOfParameters(variance: Double) -> SymmetricMatrix? {
        var information = SymmetricMatrix(order: 2)
        information[0, 0] = (squares.curvature / variance + determinant.curvature) / 2
        information[1, 0] = -squares.slope / (2 * variance * variance)
        information[1, 1] =
            squares.value / (variance * variance * variance) - degrees / (2 * variance * variance)
        let factors = SymmetricFactors(information)
        guard factors.rank == 2 else { return nil }
        return factors.inverse()
    }
}
