/// The ratios of variances with the largest likelihood: Newton's method with the observed curvature, the expected one
/// where that is not positive, on coordinates that may end at 0 (active set; Nocedal & Wright 2006, ch. 16.7).
struct VarianceSearch {
    private let sums: WeightedSums
    private let subject: EffectCovariance
    private let cluster: EffectCovariance
    private let method: LikelihoodMethod
    private let scaling: Double
    private let restriction: Restriction?
    let coordinates: VarianceCoordinates

    private static let mostIterations = 100
    private static let stillDecrement = 1e-16
    /// Ratios beyond say that nothing is left to the residual.
    private static let largestCoordinate = 1e9

    struct Point {
        let place: [Double]
        let likelihood: MixedLikelihood
        let gradient: [Double]
        let observed: SymmetricMatrix
        let expected: SymmetricMatrix
    }

    init(
        _ statistics: MixedStatistics, _ sums: WeightedSums, _ model: RandomEffects, method: LikelihoodMethod,
        restriction: Restriction? = nil
    ) {
        self.restriction = restriction
        (self.sums, subject, cluster, self.method) = (sums, model.subject, model.cluster, method)
        scaling = statistics.standardisation.logDeterminant(sums.kept)
        coordinates = VarianceCoordinates(subject: model.subject, cluster: model.cluster)
    }

    func evaluate(_ place: [Double]) -> Point? {
        guard
            let likelihood = MixedLikelihood(
                sums, subject: subject, cluster: cluster, ratios: coordinates.ratios(place).values, method: method,
                scaling: scaling, restriction: restriction), likelihood.criterion.isFinite
        else { return nil }
        let slope = likelihood.gradient
        let (_, slopes, bend) = coordinates.ratios(place, weights: slope)
        var observed = coordinates.transformed(likelihood.observed, slopes)
        observed.add(1, times: bend)
        return Point(
            place: place, likelihood: likelihood,
            gradient: (0..<coordinates.count).map { one in zip(slope, slopes).reduce(0) { $0 + $1.0 * $1.1[one] } },
            observed: observed, expected: coordinates.transformed(likelihood.expected, slopes))
    }

    /// The best point and how it was found.
    ///
    /// - Parameter held: coordinates that stay where they begin.
    func search(from start: [Double]? = nil, held: Set<Int> = []) throws(MixedModelFailure) -> (
        point: Point, convergence: Convergence
    ) {
        guard var point = evaluate(start ?? coordinates.start) else {
            throw .noVariation
        }
        if held.isEmpty, let variance = unidentified(point.likelihood) { throw .notIdentified(variance: variance) }
        var steps = 0
        if held.isEmpty, let next = balanced(point) { (point, steps) = (next, 1) }
        var decrement = Double.infinity
        for iteration in 0..<Self.mostIterations {
            let free = coordinates.start.indices.filter { !held.contains($0) && !isHeld($0, point) }
            let step = direction(point, free)
            decrement = -zip(step, point.gradient).reduce(0) { $0 + $1.0 * $1.1 }
            let isStill = decrement <= Self.stillDecrement
            guard !isStill, let next = move(point, step) else {
                point = settled(point)
                let boundary = boundary(point)
                let convergence = Convergence(
                    iterations: steps + iteration, criterion: point.likelihood.criterion, decrement: max(0, decrement),
                    boundary: boundary)
                guard isStill || decrement < 1e-6 else { throw .notConverged(convergence) }
                return (point, convergence)
            }
            if next.place.contains(where: { abs($0) > Self.largestCoordinate }) { throw .noResidualVariance }
            point = next
        }
        throw .notConverged(
            Convergence(
                iterations: Self.mostIterations, criterion: point.likelihood.criterion, decrement: decrement,
                boundary: boundary(point)))
    }

    /// One step of scoring in the variances themselves (Rao 1971; Searle, Casella & McCulloch 1992, ch. 11), which ends
    /// the search where data are balanced: Σ tr(PGₖPGₗ) σₗ = yᵀPGₖPy, the residual variance among them. Nil if that is
    /// no better.
    private func balanced(_ point: Point) -> Point? {
        let count = coordinates.count
        guard (0..<count).allSatisfy(coordinates.isVariance), count > 0 else { return nil }
        let (ratios, det, rss) = (point.place, point.likelihood.determinant, point.likelihood.residual)
        var traces = SymmetricMatrix(order: count + 1)
        var right = ratios.indices.map { -rss[Derivatives.first($0)] }
        var (corner, ofResidual) = (point.likelihood.degrees, rss[0])
        for k in 0..<count {
            var edge = det[Derivatives.first(k)]
            for l in 0..<count {
                traces[k, l] = -det[Derivatives.second(k, l)]
                edge -= ratios[l] * traces[k, l]
            }
            traces[k, count] = edge
            corner -= ratios[k] * (det[Derivatives.first(k)] + edge)
            ofResidual -= ratios[k] * right[k]
        }
        traces[count, count] = corner
        right.append(ofResidual)
        let variances = SymmetricFactors(traces).solve(right)
        guard variances[count] > 0, let next = evaluate(variances.dropLast().map { max(0, $0 / variances[count]) }),
            next.likelihood.criterion < point.likelihood.criterion
        else { return nil }
        return next
    }

    /// At 0, with a criterion that does not fall when it leaves.
    private func isHeld(_ coordinate: Int, _ point: Point) -> Bool {
        guard coordinates.isBounded[coordinate], point.place[coordinate] == 0 else { return false }
        let slope = point.gradient[coordinate]
        // The criterion is even in a factor's diagonal, whose slope at 0 says nothing.
        return slope > 0 || slope == 0 && point.observed[coordinate, coordinate] >= 0
    }

    /// With coordinates that came within a hair of 0 at 0, where that costs nothing.
    private func settled(_ point: Point) -> Point {
        point.place.indices.reduce(point) { point, index in
            guard coordinates.isBounded[index], point.place[index] > 0, point.place[index] < 1e-4 else { return point }
            var place = point.place
            place[index] = 0
            guard let moved = evaluate(place), moved.likelihood.criterion <= point.likelihood.criterion + 1e-10 else {
                return point
            }
            return moved
        }
    }

    private func boundary(_ point: Point) -> [Int] {
        point.place.indices.filter { coordinates.isBounded[$0] && point.place[$0] == 0 }
    }

    private func direction(_ point: Point, _ free: [Int]) -> [Double] {
        var step = Array(repeating: 0.0, count: coordinates.count)
        guard !free.isEmpty else { return step }
        var factors = SymmetricFactors(point.observed.restricted(to: free))
        if !factors.dependent.isEmpty { factors = SymmetricFactors(point.expected.restricted(to: free)) }
        for (place, value) in zip(free, factors.solve(free.map { -point.gradient[$0] })) { step[place] = value }
        return step
    }

    /// The next point along a step, which ends where a coordinate reaches 0; nil if the criterion falls nowhere.
    private func move(_ point: Point, _ step: [Double]) -> Point? {
        var length = 1.0
        let slack = 1e-13 * (1 + abs(point.likelihood.criterion))
        for _ in 0..<25 {
            let place = point.place.indices.map { index in
                let moved = point.place[index] + length * step[index]
                return coordinates.isBounded[index] ? max(0, moved) : moved
            }
            if let next = evaluate(place), next.likelihood.criterion <= point.likelihood.criterion + slack {
                return next
            }
            length /= 2
        }
        return nil
    }

    /// A ratio that moves nothing by itself, or nothing that others do not move.
    private func unidentified(_ likelihood: MixedLikelihood) -> Int? {
        let expected = likelihood.expected
        for k in likelihood.ratios.indices {
            let whole = -likelihood.determinant[Derivatives.second(k, k)]
            let alone = abs(likelihood.moments.logDeterminant[Derivatives.first(k)])
            if expected[k, k] <= 1e-9 * whole || abs(likelihood.determinant[Derivatives.first(k)]) <= 1e-9 * alone {
                return k
            }
        }
        return SymmetricFactors(expected).dependent.first
    }
}
