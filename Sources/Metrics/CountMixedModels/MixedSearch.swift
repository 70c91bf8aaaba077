/// The minimum of a criterion over coefficients and deviations that cannot be negative: Newton's method with exact
/// second derivatives, shortened where the criterion is not yet curved as at a minimum (Levenberg 1944; Marquardt
/// 1963).
struct MixedSearch<Criterion: MixedCriterion> {
    private(set) var criterion: Criterion
    private(set) var point: [Double]
    private(set) var derivatives: MixedDerivatives
    var iterations = 0
    /// gᵀ H⁻¹ g at the last step: twice how far the criterion may still lie above its minimum.
    private(set) var decrement = Double.infinity
    /// Places of the deviations that are parameters.
    private let deviations: [Int]
    private let fixed: [Int]
    private var damping = 0.0
    /// Whether the second derivatives leave a direction in which nothing changes.
    private var isFlat = false

    private static var mostSteps: Int { 200 }
    /// Where the decrement is smaller, another step changes no digit that means anything.
    private static var still: Double { 1e-11 }
    /// A deviation beyond it on the scale of logits or logarithms is growing without bound.
    static var largestDeviation: Double { 50 }

    /// Nil where the criterion has no value at the start.
    init?(_ criterion: Criterion, start: MixedParameters, hasClusterEffect: Bool) {
        var own = criterion
        guard let found = own.evaluate(start) else { return nil }
        (self.criterion, point, derivatives) = (own, start.flat, found)
        let p = start.coefficients.count
        deviations = hasClusterEffect ? [p, p + 1] : [p + 1]
        fixed = hasClusterEffect ? [] : [p]
    }

    var parameters: MixedParameters { MixedParameters(flat: point) }

    /// Deviations that stand at 0, where the criterion rises with them. It is even in a deviation, so that its second
    /// derivative there is twice the first by the variance.
    var atZero: [Int] { deviations.filter { point[$0] == 0 && derivatives.hessian[$0, $0] >= 0 } }

    var isUnbounded: Bool { deviations.contains { point[$0] > Self.largestDeviation } }

    /// A standard deviation of a column that moves the predictor so far, or nobody knows how far, tells apart what
    /// happened from what did not.
    var isSeparated: Bool {
        point.dropLast(2).contains { abs($0) > Self.largestDeviation || (isFlat && abs($0) > 8) }
    }

    /// The inverse of the observed information of −ln L, 0 for what is fixed or stands at 0; nil where it is singular.
    var covariance: SymmetricMatrix? {
        let kept = point.indices.filter { !fixed.contains($0) && !atZero.contains($0) }
        let factors = SymmetricFactors(derivatives.hessian.restricted(to: kept))
        guard factors.dependent.isEmpty else { return nil }
        let inverse = factors.inverse()
        var covariance = SymmetricMatrix(order: point.count)
        for (row, r) in kept.enumerated() {
            for (column, c) in kept.enumerated() { covariance[r, c] = 2 * inverse[row, column] }
        }
        return covariance
    }

    /// Whether the minimum was found.
    mutating func run() -> Bool {
        while iterations < Self.mostSteps {
            iterations += 1
            leaveZero()
            let kept = point.indices.filter { !fixed.contains($0) && !atZero.contains($0) }
            let step = direction(kept)
            let slope = kept.enumerated().reduce(0) { $0 + derivatives.gradient[$1.element] * step[$1.offset] }
            decrement = max(0, -slope)
            let isLast = decrement < Self.still && (damping == 0 || isFlat)
            guard move(kept, step) || isLast else {
                if damping > 1e12 { return decrement < 1e-6 }
                continue
            }
            if isLast || isUnbounded || isSeparated { return isLast && !isUnbounded && !isSeparated }
        }
        return false
    }

    /// A deviation at 0 where the criterion falls with the variance is moved off it.
    private mutating func leaveZero() {
        for place in deviations where point[place] == 0 && derivatives.hessian[place, place] < 0 {
            var next = point
            var deviation = 0.5
            while deviation > 1e-6 {
                next[place] = deviation
                if let found = criterion.evaluate(MixedParameters(flat: next)), found.value < derivatives.value {
                    (point, derivatives) = (next, found)
                    break
                }
                deviation /= 2
            }
        }
    }

    /// −(H + λ diag |H|)⁻¹ g, with λ raised until that is downhill.
    private mutating func direction(_ kept: [Int]) -> [Double] {
        let gradient = kept.map { derivatives.gradient[$0] }
        isFlat = !SymmetricFactors(derivatives.hessian.restricted(to: kept)).dependent.isEmpty
        while true {
            var matrix = derivatives.hessian.restricted(to: kept)
            for index in kept.indices { matrix[index, index] += damping * max(abs(matrix[index, index]), 1e-8) }
            let factors = SymmetricFactors(matrix)
            if factors.dependent.isEmpty || damping > 1e6 { return factors.solve(gradient).map { -$0 } }
            damping = max(1e-3, 10 * damping)
        }
    }

    /// How far the criterion is from exact: it is a difference of sums as large as what no parameter changes in it.
    private var rounding: Double {
        1e-12 * (1 + abs(derivatives.value)) + 1e-14 * abs(criterion.modes.tree.constant)
    }

    /// Takes the step, if it does not go uphill.
    private mutating func move(_ kept: [Int], _ step: [Double]) -> Bool {
        var next = point
        // A column's standard deviation moves the predictor by its coefficient: more than 5 at once is no small step.
        let longest = step.reduce(0) { max($0, abs($1)) }
        let scale = min(1, 5 / max(longest, 1e-300))
        for (index, place) in kept.enumerated() {
            next[place] += scale * step[index]
            // The way to 0 is without end by steps that shrink with the distance left.
            if deviations.contains(place), next[place] < 0.1 * point[place] { next[place] = 0 }
        }
        if let found = criterion.evaluate(MixedParameters(flat: next)),
            found.value <= derivatives.value + rounding
        {
            (point, derivatives) = (next, found)
            damping = damping < 1e-3 ? 0 : damping / 10
            return true
        }
        damping = max(1e-3, 10 * damping)
        return false
    }
}
