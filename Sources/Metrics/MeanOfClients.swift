extension Mean {
    /// The mean of one value for each person, e.g. each client's own share of positive tests, with its t interval.
    ///
    /// No value lies outside of the bounds, and so no mean; one that does: `impossibleCounts`. Fewer than two:
    /// `tooFewUnits`; all alike, which tells nothing about those who would not be: `noVariation`. Numerator: the sum; denominator: the number of people.
    public static func ofPeople(
        _ values: [Double], within bounds: ClosedRange<Double> = -.infinity ... .infinity, level: Double = 0.95
    ) -> Estimate {
        let sum = values.reduce(0, +)
        let mean = values.isEmpty ? 0 : sum / Double(values.count)
        let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return ofPeople((Double(values.count), sum, spread), within: bounds, level: level)
    }

    /// The same from sums, as SQL returns them.
    public static func ofPeople(
        count: Double, sum: Double, squares: Double, within bounds: ClosedRange<Double> = -.infinity ... .infinity,
        level: Double = 0.95
    ) -> Estimate {
        let spread = count > 0 ? squares - sum * sum / count : 0
        // Of equal values rounding may leave a little of the squares.
        return ofPeople((count, sum, spread > 1e-12 * squares ? spread : 0), within: bounds, level: level)
    }

    /// - Parameter people: how many, Σ value and Σ(value − mean)².
    private static func ofPeople(
        _ people: (count: Double, sum: Double, spread: Double), within bounds: ClosedRange<Double>, level: Double
    ) -> Estimate {
        let n = people.count
        guard n > 1 else { return .unavailable(n > 0 ? .tooFewUnits : .noDenominator) }
        let mean = people.sum / n
        guard bounds.contains(mean) else { return .unavailable(.impossibleCounts) }
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        guard people.spread != 0 else { return .unavailable(.noVariation) }
        guard let t = StudentT.quantile(tail, degrees: n - 1) else { return .unavailable(.notComputable) }
        let reach = -t * (people.spread / (n - 1) / n).squareRoot()
        let interval = Interval(
            lower: max(bounds.lowerBound, mean - reach), upper: min(bounds.upperBound, mean + reach), level: level)
        return .checked(
            .init(point: mean, interval: interval, method: .meanOfPeople, numerator: people.sum, denominator: n))
    }
}
