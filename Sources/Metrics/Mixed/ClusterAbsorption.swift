/// One clinic at a time taken out of the equations; its arrays are made once for all clinics.
struct ClusterAbsorption<Number: EffectAlgebra> {
    private(set) var absorption = Absorption<Number>()
    private let covariance: Number
    private let slopes: [Number]
    private let (w, q, earlier, parameters): (Int, Int, Int, Int)
    /// WᵀR⁻¹(W, X, y) with derivatives by the clients' ratios, one after the other, row by row.
    private var reduced: [Double]
    private var information: [Number] = []
    /// Of each of a clinic's effects, what its row of WᵀR⁻¹Z is multiplied by, derivative by derivative.
    private var factors: [Double]
    /// What is subtracted from M: row by row, and in a row derivative by derivative.
    private var subtracted: [Double]

    private var inner: Int { Derivatives.count(parameters: earlier) }
    private var count: Int { Derivatives.count(parameters: parameters) }

    init(_ sums: WeightedSums, outer: LevelCovariance, earlier: Int) {
        (w, q, self.earlier) = (sums.clusterOrder, sums.order, earlier)
        parameters = earlier + outer.slopes.count
        covariance = Number(order: outer.order, outer.value)
        slopes = outer.slopes.map { Number(order: outer.order, $0) }
        let count = Derivatives.count(parameters: parameters)
        reduced = Array(repeating: 0, count: Derivatives.count(parameters: earlier) * sums.block)
        factors = Array(repeating: 0, count: count * q)
        subtracted = Array(repeating: 0, count: q * count * q)
    }

    /// Works out WᵀR⁻¹(W, X, y) of a clinic.
    mutating func take(_ cluster: WeightedSums.Cluster, _ sums: WeightedSums, _ weights: PatternWeights) {
        let (block, pairs) = (sums.block, sums.pairs)
        for place in 0..<block { reduced[place] = sums.values[cluster.start + place] }
        for place in block..<max(block, reduced.count) { reduced[place] = 0 }
        var start = cluster.start + block
        for pattern in cluster.patterns {
            let own = weights.weights[pattern]
            for pair in 0..<pairs {
                for derivative in 0..<inner {
                    let weight = own[derivative * pairs + pair]
                    guard weight != 0 else { continue }
                    for place in 0..<block {
                        reduced[derivative * block + place] -= weight * sums.values[start + place]
                    }
                }
                start += block
            }
        }
    }

    /// An effect's row of WᵀR⁻¹(X, y).
    func row(_ effect: Int) -> [Double] {
        let start = effect * (w + q) + w
        return Array(reduced[start..<(start + q)])
    }

    /// False where the ratios make no covariance.
    mutating func absorb() -> Bool {
        information.removeAll(keepingCapacity: true)
        let length = w * (w + q)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: w * w) { square in
            for derivative in 0..<inner {
                for row in 0..<w {
                    for column in 0..<w {
                        square[row * w + column] = reduced[derivative * length + row * (w + q) + column]
                    }
                }
                if let start = square.baseAddress { information.append(Number(order: w, start)) }
            }
        }
        return absorption.absorb(covariance: covariance, slopes: slopes, information: information, earlier: earlier)
    }

    /// Subtracts GᵀTG, G = WᵀR⁻¹Z. Each term G₍ᵢ₎ᵀTG₍ⱼ₎ stands with its transpose, so half of them are left out and the sum is
    /// made symmetric in the end.
    mutating func subtract(weight: Double) {
        for effect in 0..<w {
            for place in factors.indices { factors[place] = 0 }
            for other in 0..<w { addFactors(effect, other) }
            let length = count * q
            let own = effect * (w + q) + w
            for row in 0..<q {
                let factor = weight * reduced[own + row]
                guard factor != 0 else { continue }
                for place in 0..<length { subtracted[row * length + place] += factor * factors[place] }
            }
            for k in 0..<earlier { subtractBoth(effect, k, weight: weight) }
        }
    }

    /// Adds T with its derivatives times the other effect's row, and twice T times the derivatives of that row.
    private mutating func addFactors(_ effect: Int, _ other: Int) {
        for derivative in 0..<count {
            add(absorption.effects[derivative].element(effect, other), other, 0, to: derivative)
        }
        let t = absorption.effects[0].element(effect, other)
        for k in 0..<earlier {
            add(2 * t, other, Derivatives.first(k), to: Derivatives.first(k))
            for l in 0...k { add(2 * t, other, Derivatives.second(k, l), to: Derivatives.second(k, l)) }
            for l in 0..<parameters {
                // The second derivative by one parameter twice has this term twice.
                let tl = (k == l ? 4 : 2) * absorption.effects[Derivatives.first(l)].element(effect, other)
                add(tl, other, Derivatives.first(k), to: Derivatives.second(k, l))
            }
        }
    }

    /// Subtracts 2 GₖᵀTGₗ for l up to k.
    private mutating func subtractBoth(_ effect: Int, _ k: Int, weight: Double) {
        let (row, length) = (w + q, w * (w + q))
        let own = Derivatives.first(k) * length + effect * row + w
        for l in 0...k {
            for other in 0..<w {
                let t = 2 * weight * absorption.effects[0].element(effect, other)
                guard t != 0 else { continue }
                let ofL = Derivatives.first(l) * length + other * row + w
                let target = Derivatives.second(k, l) * q
                for one in 0..<q {
                    let factor = t * reduced[own + one]
                    for column in 0..<q {
                        subtracted[one * count * q + target + column] += factor * reduced[ofL + column]
                    }
                }
            }
        }
    }

    /// Adds a factor times a derivative of an effect's row.
    @inline(__always)
    private mutating func add(_ factor: Double, _ effect: Int, _ derivative: Int, to target: Int) {
        guard factor != 0 else { return }
        let start = derivative * w * (w + q) + effect * (w + q) + w
        for column in 0..<q { factors[target * q + column] += factor * reduced[start + column] }
    }

    /// Adds what was subtracted from M's derivative.
    func add(_ derivative: Int, to matrix: inout SymmetricMatrix) {
        for row in 0..<q {
            for column in 0...row {
                let one = subtracted[row * count * q + derivative * q + column]
                let other = subtracted[column * count * q + derivative * q + row]
                matrix[row, column] -= (one + other) / 2
            }
        }
    }
}
