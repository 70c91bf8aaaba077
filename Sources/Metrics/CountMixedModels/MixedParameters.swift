/// Coefficients of the scaled covariates and the standard deviations of random effects on the predictor's scale.
struct MixedParameters: Equatable {
    var coefficients: [Double]
    /// Of clusters whose members differ too; 0 where there is one effect only.
    var clusterDeviation = 0.0
    /// Of members, or of clusters where they are the only effect.
    var memberDeviation = 0.0

    /// Coefficients, then the clusters' deviation, then the members'.
    var flat: [Double] { coefficients + [clusterDeviation, memberDeviation] }

    init(coefficients: [Double], clusterDeviation: Double, memberDeviation: Double) {
        self.coefficients = coefficients
        (self.clusterDeviation, self.memberDeviation) = (clusterDeviation, memberDeviation)
    }

    init(flat: [Double]) {
        coefficients = Array(flat.dropLast(2))
        (clusterDeviation, memberDeviation) = (flat[flat.count - 2], flat[flat.count - 1])
    }
}

/// A criterion to be minimised, with its exact derivatives by `MixedParameters.flat`.
struct MixedDerivatives {
    /// −2 ln L, constants included.
    var value: Double
    var gradient: [Double]
    var hessian: SymmetricMatrix

    var isFinite: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) && hessian.elements.allSatisfy(\.isFinite) }
}

/// A way to integrate random effects out of a likelihood.
protocol MixedCriterion {
    /// Where the effects were when the criterion was last worked out.
    var modes: ConditionalModes { get }
    /// Nil where the arithmetic leaves the range of a double.
    mutating func evaluate(_ parameters: MixedParameters) -> MixedDerivatives?
}
