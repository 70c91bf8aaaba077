/// How the mean of an outcome follows from its covariates, and its variance from the mean.
public enum MeanModel: Sendable {
    /// Identity link, the same variance for all.
    case linear
    /// ln p/(1 − p), variance p(1 − p).
    case logistic
    /// ln μ, variance μ: of counts, and of risks where ratios of risks are wanted.
    case logLinear

    struct Moments {
        let mean: Double
        /// dμ/dη.
        let slope: Double
        /// V(μ).
        let variance: Double
    }

    @inline(__always)
    func moments(at predictor: Double) -> Moments {
        switch self {
        case .linear:
            return Moments(mean: predictor, slope: 1, variance: 1)
        case .logistic:
            let mean = 1 / (1 + .exp(-max(-30, min(30, predictor))))
            let variance = mean * (1 - mean)
            return Moments(mean: mean, slope: variance, variance: variance)
        case .logLinear:
            let mean = Double.exp(max(-300, min(300, predictor)))
            return Moments(mean: mean, slope: mean, variance: mean)
        }
    }

    /// Whether sums over rows are such as the model can have.
    func allows(_ data: ClusteredObservations) -> Bool {
        switch self {
        case .linear: true
        case .logistic: zip(data.sums, data.sizes).allSatisfy { $0 >= 0 && $0 <= $1 }
        case .logLinear: data.sums.allSatisfy { $0 >= 0 }
        }
    }
}

/// How members of one cluster are taken to resemble each other; a wrong guess costs precision, not validity.
public enum WorkingCorrelation: Sendable {
    case independence
    /// Any two members by the same.
    case exchangeable
    /// Observations of one member by α to the power of the time between them; for rows of one observation with times.
    case autoregressive
}
