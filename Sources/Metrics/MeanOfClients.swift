extension Mean {
    /// The mean of one value for each person, e.g. each client's own share of positive tests, with its t interval.
    ///
    /// Fewer than two: `tooFewPoints`. Numerator: the sum; denominator: the number of people.
    public static func ofPeople(_ values: [Double], level: Double = 0.95) -> Estimate {
        guard values.count > 1 else { return .unavailable(values.isEmpty ? .noDenominator : .tooFewPoints) }
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        let (n, sum) = (Double(values.count), values.reduce(0, +))
        let mean = sum / n
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard let t = StudentT.quantile(tail, degrees: n - 1) else { return .unavailable(.notComputable) }
        let reach = -t * (squares / (n - 1) / n).squareRoot()
        return .checked(
            .init(
                point: mean, interval: Interval(lower: mean - reach, upper: mean + reach, level: level),
                method: .meanOfPeople, numerator: sum, denominator: n))
    }
}
