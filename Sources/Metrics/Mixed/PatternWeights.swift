/// What taking out the clients' effects subtracts from the sums: for each pattern N = UᵀU the weights K = (Δ⁻¹ + N)⁻¹ of
/// the products of clients' sums, with derivatives, and what it adds to ln |V|.
struct PatternWeights {
    let parameters: Int
    let logDeterminant: [Double]
    /// For each pattern, derivative by derivative, K's lower triangle.
    let weights: [[Double]]
    /// K of each pattern.
    let effects: [SquareMatrix]

    /// Nil where the ratios make no covariance.
    init?(_ sums: WeightedSums, _ covariance: EffectCovariance, ratios: [Double]) {
        parameters = ratios.count
        let count = Derivatives.count(parameters: ratios.count)
        let k = covariance.order
        let value = SquareMatrix(order: k, elements: covariance.value(ratios).elements)
        let slopes = covariance.components.map { SquareMatrix(order: k, elements: $0.elements) }
        var absorption = Absorption<SquareMatrix>()
        var (logarithms, weights, effects) = (Array(repeating: 0.0, count: count), [[Double]](), [SquareMatrix]())
        for (pattern, subjects) in zip(sums.patterns, sums.subjects) {
            guard absorption.absorb(covariance: value, slopes: slopes, information: [pattern], earlier: 0) else {
                return nil
            }
            for index in 0..<count { logarithms[index] += subjects * absorption.logDeterminant[index] }
            weights.append(
                absorption.effects.flatMap { effect in (0..<k).flatMap { a in (0...a).map { effect.element(a, $0) } } })
            effects.append(absorption.effects[0])
        }
        (logDeterminant, self.weights, self.effects) = (logarithms, weights, effects)
    }

    /// A derivative of ZᵀR⁻¹Z summed over all rows, R being V without the clinics' effects.
    func total(_ sums: WeightedSums, _ index: Int) -> SymmetricMatrix {
        let q = sums.order
        var elements = index == 0 ? sums.total : Array(repeating: 0, count: q * q)
        for (pattern, own) in weights.enumerated() where sums.subjects[pattern] > 0 {
            for pair in 0..<sums.pairs {
                let weight = own[index * sums.pairs + pair]
                guard weight != 0 else { continue }
                let products = sums.totals[pattern][pair]
                for place in elements.indices { elements[place] -= weight * products[place] }
            }
        }
        return SymmetricMatrix(order: q, elements: elements)
    }
}
