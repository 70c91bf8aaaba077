/// Exponentially weighted moving average of a chart's standardised months (Roberts 1959): it sees small lasting shifts
/// that no single month shows.
public struct WeightedAverageChart: Equatable, Sendable {
    public struct Point: Equatable, Sendable {
        public let average: Double
        /// ± this, exact from the first month: L √(λ/(2 − λ) (1 − (1 − λ)^2i)).
        public let limit: Double
        public var isSignal: Bool { abs(average) > limit }
    }

    /// One for each month; nil where the month has no value. After a gap the average begins anew.
    public let points: [Point?]

    /// - Parameters:
    ///   - z: standardised months, nil for a gap.
    ///   - weight: λ of the newest month; 0.2 finds shifts of about one standard deviation.
    ///   - width: L; with λ 0.2 a width of 3 gives one false signal in 560 months, 2.7 one in 238.
    public init(_ z: [Double?], weight: Double = 0.2, width: Double = 3) {
        var (average, months) = (0.0, 0.0)
        points = z.map { z in
            guard let z else {
                (average, months) = (0, 0)
                return nil
            }
            average = weight * z + (1 - weight) * average
            months += 1
            let spread = weight / (2 - weight) * (1 - Double.pow(1 - weight, 2 * months))
            return Point(average: average, limit: width * spread.squareRoot())
        }
    }
}
