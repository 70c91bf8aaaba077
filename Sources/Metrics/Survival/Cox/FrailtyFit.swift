/// A proportional-hazards regression in which each cluster has a log frailty u of its own, held near 0 by the penalty
/// ν Σ(u − eᵘ) of a gamma law of mean 1 and variance 1/ν (Therneau, Grambsch & Pankratz 2003).
struct FrailtyFit {
    private let sums: FrailtySums
    let order: Int
    /// Events in each cluster.
    let events: [Double]
    /// β, then u of each cluster.
    private(set) var coefficients: [Double]
    private(set) var steps = 0
    /// By how much −2 ln L, with its penalty, could still fall before the last step.
    private(set) var remaining = Double.infinity

    /// - Parameter subjects: Each with its cluster, from 0, in the place of its name.
    init(_ subjects: [CoxSubject], clusters: Int, start: [Double]) {
        sums = FrailtySums(subjects, clusters: clusters)
        order = start.count
        events = (0..<clusters).map { cluster in
            Double(subjects.count { $0.cluster == cluster && $0.hasEvent })
        }
        coefficients = start + Array(repeating: 0, count: clusters)
    }

    var frailties: ArraySlice<Double> { coefficients[order...] }

    /// Newton's steps to the maximum at a given ν, halved where they go too far.
    ///
    /// - Returns: The penalised information there, or nil where they do not come to rest.
    mutating func maximise(nu: Double) -> SymmetricFactors? {
        var now = penalised(coefficients, nu)
        for _ in 0..<50 {
            steps += 1
            let factors = SymmetricFactors(now.information)
            let step = factors.solve(now.score)
            var scale = 1.0
            var moved = coefficients
            var next = now
            while scale > 1e-6 {
                moved = zip(coefficients, step).map { $0 + scale * $1 }
                next = penalised(moved, nu)
                if next.logLikelihood >= now.logLikelihood - 1e-11 * abs(now.logLikelihood) { break }
                scale /= 2
            }
            remaining = now.information.form(step)
            (coefficients, now) = (moved, next)
            guard coefficients.allSatisfy(\.isFinite) else { return nil }
            // Newton's steps square their errors.
            if remaining < 1e-14 { return SymmetricFactors(now.information) }
        }
        return nil
    }

    private func penalised(_ coefficients: [Double], _ nu: Double) -> CoxRegression.Derivatives {
        var derivatives = sums.derivatives(coefficients)
        for index in order..<coefficients.count {
            let u = coefficients[index]
            // ν(1 + u − eᵘ), 0 where the frailty is 1.
            derivatives.logLikelihood += nu * (u - .expm1(u))
            derivatives.score[index] -= nu * .expm1(u)
            derivatives.information[index, index] += nu * .exp(u)
        }
        return derivatives
    }

    /// d/dν of the marginal log-likelihood, by the envelope theorem that of the penalty and of the gamma integrals alone.
    func slope(nu: Double) -> Double {
        zip(frailties, events).reduce(0) { sum, pair in
            let (u, d) = pair
            let digammas = (GammaFunctions.digamma(nu + d) ?? .nan) - (GammaFunctions.digamma(nu) ?? .nan)
            return sum + u - .expm1(u) - .log1p(d / nu) + digammas
        }
    }
}
