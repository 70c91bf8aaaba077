extension Mean {
    /// The mean of one value for each person, e.g. each client's own share of positive tests, with its t interval.
    ///
    /// Fewer than two: `tooFewUnits`. Numerator: the sum; denominator: the number of people.
    public static func ofPeople(_ values: [Double], level: Double = 0.95) -> Estimate {
        let sum = values.reduce(0, +)
        let mean = values.isEmpty ? 0 : sum / Double(values.count)
        let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ofPeople(count: Double(values.count), sum: sum, spread: spread, level: level)
    }

    /// The same from sums, as SQL returns them; no value lies outside of the bounds, and so no mean.
    public static func ofPeople(
        count: Double, sum: Double, squares: Double, within bounds: ClosedRange<Double> = -.infinity ... .infinity,
        level: Double = 0.95
    ) -> Estimate {
        let spread = count > 0 ? max(0, squares - sum * sum / count) : 0
        let estimate = ofPeople(count: count, sum: sum, spread: spread, level: level)
        guard let value = estimate.value, let interval = value.interval else { return estimate }
        return .checked(
            .init(
                point: value.point,
                interval: Interval(
                    lower: max(bounds.lowerBound, interval.lower), upper: min(bounds.upperBound, interval.upper),
                    level: level), method: value.method, numerator: value.numerator, denominator: value.denominator))
    }

    /// - Parameter spread: Σ(value − mean)².
    private static func ofPeople(count n: Double, sum: Double, spread: Double, level: Double) -> Estimate {
        guard n > 1 else { return .unavailable(n > 0 ? .tooFewUnits : .noDenominator) }
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        guard let t = StudentT.quantile(tail, degrees: n - 1) else { return .unavailable(.notComputable) }
        let mean = sum / n
        let reach = -t * (spread / (n - 1) / n).squareRoot()
        return .checked(
            .init(
                point: mean, interval: Interval(lower: mean - reach, upper: mean + reach, level: level),
                method: .meanOfPeople, numerator: sum, denominator: n))
    }
}
