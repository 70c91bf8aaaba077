/// What taking out the clients' effects subtracts from the sums: for each pattern N = UᵀU the weights K = (Δ⁻¹ + N)⁻¹ of
/// the products of clients' sums, with derivatives, and what it adds to ln |V|.
struct PatternWeights {
    let parameters: Int
    private(set) var logDeterminant: [Double]
    /// For each pattern, derivative by derivative, K's lower triangle.
    private(set) var weights: [[Double]] = []

    /// Nil where the ratios make no covariance.
    init?(_ sums: WeightedSums, _ covariance: EffectCovariance, ratios: [Double]) {
        parameters = ratios.count
        logDeterminant = Array(repeating: 0, count: Derivatives.count(parameters: ratios.count))
        let own = LevelCovariance(covariance, ratios: ratios)
        let isPossible =
            covariance.order == 1 ? weigh(sums, own, as: Double.self) : weigh(sums, own, as: SquareMatrix.self)
        guard isPossible else { return nil }
    }

    private mutating func weigh<Number: EffectAlgebra>(
        _ sums: WeightedSums, _ covariance: LevelCovariance, as number: Number.Type
    ) -> Bool {
        let k = covariance.order
        let value = Number(order: k, covariance.value)
        let slopes = covariance.slopes.map { Number(order: k, $0) }
        var absorption = Absorption<Number>()
        for (pattern, subjects) in zip(sums.patterns, sums.subjects) {
            guard
                absorption.absorb(
                    covariance: value, slopes: slopes, information: [Number(order: k, pattern.elements)], earlier: 0)
            else { return false }
            var own: [Double] = []
            own.reserveCapacity(logDeterminant.count * sums.pairs)
            for index in logDeterminant.indices {
                logDeterminant[index] += subjects * absorption.logDeterminant[index]
                for a in 0..<k { for b in 0...a { own.append(absorption.effects[index].element(a, b)) } }
            }
            weights.append(own)
        }
        return true
    }

    /// K of a pattern.
    func effects(_ pattern: Int, order: Int) -> SquareMatrix {
        let elements = (0..<order).flatMap { row in
            (0..<order).map { column in
                let (a, b) = (max(row, column), min(row, column))
                return weights[pattern][a * (a + 1) / 2 + b]
            }
        }
        return SquareMatrix(order: order, elements: elements)
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
