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
        var later: SymmetricMatrix
        /// x₂x₁ᵀ + x₁x₂ᵀ.
        var across: SymmetricMatrix
        var earlier: SymmetricMatrix

        /// In `across` (x₁ + x₂)(x₁ + x₂)ᵀ for now, which is symmetric.
        mutating func add(_ before: [Double], _ now: [Double], _ both: [Double]) {
            count += 1
            later.add(1, outerProductOf: now)
            earlier.add(1, outerProductOf: before)
            across.add(1, outerProductOf: both)
        }

        func finished() -> Pairs {
            var finished = self
            finished.across.add(-1, times: later)
            finished.across.add(-1, times: earlier)
            return finished
        }
    }

    private let first: SymmetricMatrix
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
            let both = zip(before, now).map { $0 + $1 }
            let new = Pairs(later: empty, across: empty, earlier: empty)
            byGap[times[row] - times[row - 1], default: new].add(before, now, both)
        }
        self.first = first
        self.byGap = byGap.sorted { $0.key < $1.key }.map { ($0.key, $0.value.finished()) }
    }

    /// Σ e(t) e(t−1) / Σ e(t−1)² over neighbours, of the errors that a combination of the columns makes; nil without
    /// neighbours.
    func neighbourSlope(_ combination: [Double]) -> Double? {
        guard let pairs = byGap.first(where: { $0.gap == 1 })?.pairs else { return nil }
        return (pairs.across.form(combination) / 2 / pairs.earlier.form(combination)).finite
    }

    func values(_ rho: Double) -> Values {
        let empty = SymmetricMatrix(order: first.order)
        var values = Values(matrix: first, slope: empty, curvature: empty)
        for (gap, pairs) in byGap {
            let power = Power(of: rho, gap)
            values.matrix.add(power.later.value, times: pairs.later)
            values.slope.add(power.later.slope, times: pairs.later)
            values.curvature.add(power.later.curvature, times: pairs.later)
            values.matrix.add(-power.across.value, times: pairs.across)
            values.slope.add(-power.across.slope, times: pairs.across)
            values.curvature.add(-power.across.curvature, times: pairs.across)
            // a²/(1 − a²) is 1/(1 − a²) − 1.
            values.matrix.add(power.later.value - 1, times: pairs.earlier)
            values.slope.add(power.later.slope, times: pairs.earlier)
            values.curvature.add(power.later.curvature, times: pairs.earlier)
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
    let later: Derivatives
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
        later = chain(1 / rest, 2 * a / (rest * rest), (2 + 6 * a * a) / (rest * rest * rest))
        across = chain(
            a / rest, (1 + a * a) / (rest * rest), 2 * a * (3 + a * a) / (rest * rest * rest))
        logarithm = chain(.log1p(-a * a), -2 * a / rest, -2 * (1 + a * a) / (rest * rest))
    }
}
