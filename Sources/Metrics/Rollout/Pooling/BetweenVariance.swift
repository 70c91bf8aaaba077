/// τ² by each of the estimators, with its standard error and how it was found.
struct BetweenVariance {
    let value: Double
    let standardError: Double?
    let record: SearchRecord

    init(_ sample: EffectSample, by estimator: HeterogeneityEstimator) throws(PoolingFailure) {
        guard sample.degrees > 0, estimator != .none else {
            (value, standardError, record) = (0, nil, .formula(isAtBoundary: false))
            return
        }
        switch estimator {
        case .none, .derSimonianLaird: self = Self.moments(sample, divisor: \.trace) { Double($0.degrees) }
        case .hunterSchmidt: self = Self.moments(sample, divisor: \.totalWeight) { Double($0.weights.count) }
        case .sidikJonkman: self = Self.sidikJonkman(sample)
        case .pauleMandel: self = try Self.pauleMandel(sample)
        case .restrictedLikelihood: self = Self.likelihood(sample, restricted: true)
        case .likelihood: self = Self.likelihood(sample, restricted: false)
        }
        guard value.isFinite, standardError?.isFinite ?? true else { throw .notConverged }
    }

    /// A value from elsewhere.
    init(known value: Double, standardError: Double? = nil) {
        self.init(value, standardError, .formula(isAtBoundary: value == 0))
    }

    private init(_ value: Double, _ standardError: Double?, _ record: SearchRecord) {
        (self.value, self.standardError, self.record) = (value, standardError, record)
    }

    /// (Q − expected)/divisor with the weights of a fixed effect.
    private static func moments(
        _ sample: EffectSample, divisor: (WeightedEffects) -> Double, expected: (WeightedEffects) -> Double
    ) -> BetweenVariance {
        let fit = sample.weighted(0)
        let divisor = divisor(fit)
        let raw = (fit.squares - expected(fit)) / divisor
        let value = max(0, raw)
        let variance =
            2 * Double(fit.degrees) + 4 * value * fit.trace + 2 * value * value * fit.traceOfSquare
        return BetweenVariance(value, variance.squareRoot() / divisor, .formula(isAtBoundary: raw <= 0))
    }

    /// τ₀² Q(τ₀²)/(k − p) from the variance τ₀² of the effects as they are.
    private static func sidikJonkman(_ sample: EffectSample) -> BetweenVariance {
        let start = sample.spread
        let fit = sample.weighted(start)
        let factor = start / Double(fit.degrees)
        let value = factor * fit.squares
        let variance =
            2 * fit.traceOfSquareWithVariances + 4 * value * fit.traceWithVariances
            + 2 * value * value * fit.traceOfSquare
        return BetweenVariance(value, factor * variance.squareRoot(), .formula(isAtBoundary: value <= 0))
    }

    private static func pauleMandel(_ sample: EffectSample) throws(PoolingFailure) -> BetweenVariance {
        let degrees = Double(sample.degrees)
        guard let (value, iterations) = sample.betweenVariance(atSquares: degrees) else { throw .notConverged }
        let fit = sample.weighted(value)
        let k = Double(fit.weights.count)
        let record = SearchRecord(
            iterations: iterations, slope: fit.squares - degrees, criterion: nil, isAtBoundary: value == 0)
        return BetweenVariance(value, (2 * k * k / degrees).squareRoot() / fit.totalWeight, record)
    }

    /// The highest of a grid of values first, as the likelihood may have more than one top; then Newton's method.
    private static func likelihood(_ sample: EffectSample, restricted: Bool) -> BetweenVariance {
        let grid = [0] + (-16...4).map { sample.spread * .pow(4, Double($0)) }
        let heights = grid.map { sample.weighted($0).logLikelihood(restricted: restricted) }
        let best = heights.indices.max { heights[$0] < heights[$1] } ?? 0
        let slope = { sample.weighted($0).derivatives(restricted: restricted) }
        if best == 0, slope(0).slope <= 0 {
            return likelihood(sample.weighted(0), restricted, iterations: 1, slope: slope(0).slope)
        }
        let found = BracketedMaximum(
            from: grid[max(0, best - 1)], to: grid[min(grid.count - 1, best + 1)], startingAt: grid[best], slope)
        let fit = sample.weighted(found.point)
        return likelihood(fit, restricted, iterations: found.iterations, slope: found.slope)
    }

    private static func likelihood(
        _ fit: WeightedEffects, _ restricted: Bool, iterations: Int, slope: Double
    ) -> BetweenVariance {
        let information = restricted ? fit.traceOfSquare : fit.weights.reduce(0) { $0 + $1 * $1 }
        let record = SearchRecord(
            iterations: iterations, slope: slope, criterion: fit.logLikelihood(restricted: restricted),
            isAtBoundary: fit.betweenVariance == 0)
        return BetweenVariance(fit.betweenVariance, (2 / information).squareRoot(), record)
    }
}
