/// What a regression with errors of an autoregression of order 1 asks of its data, as sums over pairs of neighbours.
///
/// With a = ρ^gap the inverse of the correlation matrix is x₁x₁ᵀ + Σ (x₂ − a x₁)(x₂ − a x₁)ᵀ/(1 − a²) over pairs, so that
/// for each gap three matrices of cross-products hold all there is to know: a value of ρ costs no pass over the data.
struct AutoregressiveMoments {
    /// M(ρ) = [X e]ᵀ R⁻¹ [X e] and ln |R|, with their first and second derivatives by ρ.
    struct Values {
        var matrix: SymmetricMatrix
        var slope: SymmetricMatrix
        var curvature: SymmetricMatrix
        var logDeterminant = (value: 0.0, slope: 0.0, curvature: 0.0)
    }

    private struct Pairs {
        var count = 0.0
        /// x₁x₁ᵀ + x₂x₂ᵀ.
        var both: SymmetricMatrix
        /// x₂x₁ᵀ + x₁x₂ᵀ.
        var across: SymmetricMatrix
        /// x₁x₁ᵀ.
        var earlier: SymmetricMatrix

        /// In `across` (x₁ + x₂)(x₁ + x₂)ᵀ for now, which is symmetric.
        mutating func add(_ before: [Double], _ now: [Double]) {
            count += 1
            both.add(1, outerProductOf: now)
            both.add(1, outerProductOf: before)
            earlier.add(1, outerProductOf: before)
            across.add(1, outerProductOf: zip(before, now).map { $0 + $1 })
        }

        func finished() -> Pairs {
            var finished = self
            finished.across.add(-1, times: both)
            return finished
        }
    }

    /// What no ρ changes: x₁x₁ᵀ of the first row less that of every row another follows.
    private let base: SymmetricMatrix
    private let byGap: [(gap: Int, pairs: Pairs)]

    /// - Parameters:
    ///   - columns: the design's columns, and the response last.
    ///   - times: ascending whole numbers, one a row.
    init(_ columns: [[Double]], times: [Int]) {
        let order = columns.count
        let empty = SymmetricMatrix(order: order)
        var byGap: [Int: Pairs] = [:]
        var now = columns.map { $0[0] }
        var first = empty
        first.add(1, outerProductOf: now)
        for row in times.indices.dropFirst() {
            let before = now
            now = columns.map { $0[row] }
            let new = Pairs(both: empty, across: empty, earlier: empty)
            byGap[times[row] - times[row - 1], default: new].add(before, now)
        }
        self.byGap = byGap.sorted { $0.key < $1.key }.map { ($0.key, $0.value.finished()) }
        // a²/(1 − a²) is 1/(1 − a²) − 1.
        for (_, pairs) in self.byGap { first.add(-1, times: pairs.earlier) }
        base = first
    }

    /// Σ e(t) e(t−1) / Σ e(t−1)² over neighbours, of the errors that a combination of the columns makes; nil without
    /// neighbours.
    func neighbourSlope(_ combination: [Double]) -> Double? {
        guard let pairs = byGap.first(where: { $0.gap == 1 })?.pairs else { return nil }
        return (pairs.across.form(combination) / 2 / pairs.earlier.form(combination)).finite
    }

    /// M(ρ) and ln |R| alone.
    func matrix(_ rho: Double) -> (matrix: SymmetricMatrix, logDeterminant: Double) {
        var (matrix, logDeterminant) = (base, 0.0)
        for (gap, pairs) in byGap {
            let power = Double.pow(rho, Double(gap))
            let rest = 1 - power * power
            matrix.add(1 / rest, times: pairs.both)
            matrix.add(-power / rest, times: pairs.across)
            logDeterminant += pairs.count * .log1p(-power * power)
        }
        return (matrix, logDeterminant)
    }

    func values(_ rho: Double) -> Values {
        let empty = SymmetricMatrix(order: base.order)
        var values = Values(matrix: base, slope: empty, curvature: empty)
        for (gap, pairs) in byGap {
            let power = Power(of: rho, gap)
            values.matrix.add(power.own.value, times: pairs.both)
            values.slope.add(power.own.slope, times: pairs.both)
            values.curvature.add(power.own.curvature, times: pairs.both)
            values.matrix.add(-power.across.value, times: pairs.across)
            values.slope.add(-power.across.slope, times: pairs.across)
            values.curvature.add(-power.across.curvature, times: pairs.across)
            values.logDeterminant.value += pairs.count * power.logarithm.value
            values.logDeterminant.slope += pairs.count * power.logarithm.slope
            values.logDeterminant.curvature += pairs.count * power.logarithm.curvature
        }
        return values
    }
}

/// Functions of a = ρ^gap with their first two derivatives by ρ.
private struct Power {
    typealias Derivatives = (value: Double, slope: Double, curvature: Double)
    /// 1/(1 − a²), a/(1 − a²) and ln(1 − a²).
    let own: Derivatives
    let across: Derivatives
    let logarithm: Derivatives

    init(of rho: Double, _ gap: Int) {
        func power(_ exponent: Int) -> Double { exponent >= 0 ? Double.pow(rho, Double(exponent)) : 0 }
        let g = Double(gap)
        let (a, slope, curvature) = (power(gap), g * power(gap - 1), g * (g - 1) * power(gap - 2))
        let rest = 1 - a * a
        /// f(a(ρ)) by the chain rule.
        func chain(_ value: Double, _ first: Double, _ second: Double) -> Derivatives {
            (value, first * slope, second * slope * slope + first * curvature)
        }
        own = chain(1 / rest, 2 * a / (rest * rest), (2 + 6 * a * a) / (rest * rest * rest))
        across = chain(
            a / rest, (1 + a * a) / (rest * rest), 2 * a * (3 + a * a) / (rest * rest * rest))
        logarithm = chain(.log1p(-a * a), -2 * a / rest, -2 * (1 + a * a) / (rest * rest))
    }
}
