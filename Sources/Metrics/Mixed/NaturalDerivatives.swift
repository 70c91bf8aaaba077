/// Derivatives of M = XᵀV⁻¹X and ln |V| by the variances themselves: those by the ratios, and the residual variance's from
/// Euler's theorem, as M is homogeneous of degree −1 in the variances.
struct NaturalDerivatives {
    let order: Int
    /// The residual variance comes last.
    let first: [SquareMatrix]
    /// For k ≥ l.
    let second: [[SquareMatrix]]
    let logDeterminant: SymmetricMatrix

    init(_ likelihood: MixedLikelihood) {
        let (p, e) = (likelihood.covariance.order, likelihood.residualVariance)
        order = p
        func matrix(_ index: Int) -> SquareMatrix {
            let all = likelihood.moments.products[index].restricted(to: Array(0..<p))
            return SquareMatrix(order: p, elements: all.elements)
        }
        let logs = likelihood.moments.logDeterminant
        let (ratios, count) = (likelihood.ratios, likelihood.ratios.count)
        let byRatio = (0..<count).map { matrix(Derivatives.first($0)) }
        let twice = (0..<count).map { k in (0..<count).map { matrix(Derivatives.second(k, $0)) } }
        var first = byRatio.map { $0 * (1 / (e * e)) }
        var second = (0..<count).map { k in (0...k).map { twice[k][$0] * (1 / (e * e * e)) } }
        var logDeterminant = SymmetricMatrix(order: count + 1)
        for k in 0..<count { for l in 0...k { logDeterminant[k, l] = logs[Derivatives.second(k, l)] / (e * e) } }
        // e f_e = −f − Σ σₖ fₖ, and once more.
        var ofResidual = matrix(0) * (-1 / (e * e))
        for k in 0..<count { ofResidual = ofResidual - first[k] * (ratios[k]) }
        first.append(ofResidual)
        var last: [SquareMatrix] = []
        var ofLast = ofResidual * (-2 / e)
        var byLogarithm = Double(likelihood.rows) / e
        for k in 0..<count { byLogarithm -= ratios[k] * logs[Derivatives.first(k)] / e }
        var lastLogarithm = -byLogarithm / e
        for k in 0..<count {
            var mixed = first[k] * (-2 / e)
            var logarithm = -logs[Derivatives.first(k)] / (e * e)
            for l in 0..<count {
                mixed = mixed - second[max(k, l)][min(k, l)] * ratios[l]
                logarithm -= ratios[l] * logDeterminant[k, l]
            }
            last.append(mixed)
            logDeterminant[count, k] = logarithm
            ofLast = ofLast - mixed * ratios[k]
            lastLogarithm -= ratios[k] * logarithm
        }
        logDeterminant[count, count] = lastLogarithm
        second.append(last + [ofLast])
        (self.first, self.second, self.logDeterminant) = (first, second, logDeterminant)
    }
}
