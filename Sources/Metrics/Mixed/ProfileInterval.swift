/// Intervals of a mixed model by profile likelihood: values that lose no more than χ²'s quantile against the best
/// (Venzon & Moolgavkar 1988; Bates et al. 2015, section 5.1). By maximum likelihood whatever the model was fitted by.
extension LinearMixedModel {
    /// Of a weighted sum of coefficients.
    public func profileInterval(_ weights: [Double], level: Double = 0.95) throws(MixedModelFailure) -> Interval? {
        guard let own = standardised(weights), let threshold = Self.threshold(level) else { return nil }
        let best = try VarianceSearch(statistics, sums, effects, method: .maximum).search(from: point.place)
        let origin = statistics.standardisation.origin(weights)
        let centre = origin + zip(own, best.point.likelihood.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        let error = (best.point.likelihood.residualVariance * best.point.likelihood.covariance.form(own)).squareRoot()
        guard error > 0 else { return nil }
        func loss(_ value: Double) -> Double? {
            guard let restriction = Restriction([own], values: [value - origin]) else { return nil }
            let search = VarianceSearch(statistics, sums, effects, method: .maximum, restriction: restriction)
            guard let found = try? search.search(from: best.point.place) else { return nil }
            return found.convergence.criterion - best.convergence.criterion - threshold
        }
        guard let lower = Self.end(from: centre, step: -error, limit: nil, loss),
            let upper = Self.end(from: centre, step: error, limit: nil, loss)
        else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }

    /// Of a standard deviation: of an effect by its variance's place in the list (clients' first), of the residual past them
    /// all. Its lower end is 0 where the data cannot tell it from 0; nil for unstructured covariances.
    public func profileDeviationInterval(_ variance: Int, level: Double = 0.95) throws(MixedModelFailure) -> Interval? {
        let count = coordinates.count
        guard (0..<count).allSatisfy(coordinates.isVariance), (0...count).contains(variance),
            let threshold = Self.threshold(level)
        else { return nil }
        let search = VarianceSearch(statistics, sums, effects, method: .maximum)
        let best = try search.search(from: point.place)
        let residual = best.point.likelihood.residualVariance
        let variances = best.point.place.map { $0 * residual } + [residual]
        let centre = variances[variance].squareRoot()
        var latest = variances
        func loss(_ deviation: Double) -> Double? {
            var start = latest
            start[variance] = deviation * deviation
            guard let found = VarianceProfile(search).criterion(start, held: variance) else { return nil }
            latest = found.variances
            return found.criterion - best.convergence.criterion - threshold
        }
        let step = max(centre / 4, residual.squareRoot() / 100)
        guard let lower = Self.end(from: centre, step: -step, limit: variance == count ? nil : 0, loss) else {
            return nil
        }
        latest = variances
        guard let upper = Self.end(from: centre, step: step, limit: nil, loss) else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }

    private static func threshold(_ level: Double) -> Double? {
        guard let tail = Interval.tail(ofLevel: level), let z = Normal.quantile(1 - tail) else { return nil }
        return z * z
    }

    /// Where a loss, negative at the centre, crosses 0; the limit if it does not before.
    private static func end(from centre: Double, step: Double, limit: Double?, _ loss: (Double) -> Double?) -> Double? {
        var (inside, outside, stride) = (centre, centre + step, step)
        for _ in 0..<60 {
            if let limit, outside <= limit {
                guard let atLimit = loss(limit) else { return nil }
                if atLimit <= 0 { return limit }
                outside = limit
                break
            }
            guard let value = loss(outside) else { return nil }
            if value > 0 { break }
            (inside, stride) = (outside, stride * 1.6)
            outside += stride
        }
        return crossing(inside, outside, loss)
    }

    /// By secants kept inside a bracket (Illinois; Dowell & Jarratt 1971).
    private static func crossing(_ inside: Double, _ outside: Double, _ loss: (Double) -> Double?) -> Double? {
        guard var low = loss(inside), var high = loss(outside), low <= 0, high >= 0 else { return nil }
        var (a, b) = (inside, outside)
        for _ in 0..<60 where abs(b - a) > 1e-9 * (abs(a) + abs(b)) {
            let middle = high == low ? (a + b) / 2 : b - high * (b - a) / (high - low)
            guard let value = loss(middle) else { return nil }
            if abs(value) < 1e-9 { return middle }
            if value > 0 {
                if high > 0, b != outside { low /= 2 }
                (b, high) = (middle, value)
            } else {
                if a != inside { high /= 2 }
                (a, low) = (middle, value)
            }
        }
        return (a + b) / 2
    }
}
