/// Tabular cumulative sums of a chart's standardised months (Page 1954): the quickest to see a shift of twice `slack`
/// standard deviations.
public struct CumulativeSumChart: Equatable, Sendable {
    public struct Point: Equatable, Sendable {
        /// Evidence of a rise and of a fall, each at least 0.
        public let rise: Double
        public let fall: Double
        public let signals: Set<SpecialCause.Side>
    }

    /// One for each month; nil where the month has no value. A gap starts both sums anew.
    public let points: [Point?]

    /// - Parameters:
    ///   - z: standardised months, nil for a gap.
    ///   - slack: k, what is let pass in a month; half the shift looked for.
    ///   - limit: h; with k 0.5 a limit of 5 gives one false signal in 465 months, 4 one in 168.
    ///   - restarting: whether a signal starts its sum anew, so that each stands for evidence of its own.
    public init(_ z: [Double?], slack: Double = 0.5, limit: Double = 5, restarting: Bool = true) {
        var (rise, fall) = (0.0, 0.0)
        points = z.map { z in
            guard let z else {
                (rise, fall) = (0, 0)
                return nil
            }
            rise = max(0, rise + z - slack)
            fall = max(0, fall - z - slack)
            var signals: Set<SpecialCause.Side> = []
            if rise > limit { signals.insert(.above) }
            if fall > limit { signals.insert(.below) }
            let point = Point(rise: rise, fall: fall, signals: signals)
            if restarting, rise > limit { rise = 0 }
            if restarting, fall > limit { fall = 0 }
            return point
        }
    }

    /// Log-likelihood ratio of a rate `ratio` times the expected against the expected, summed and never below 0
    /// (Steiner et al. 2000): Wₜ = O ln ratio − E (ratio − 1). Nil for a gap, which starts the sum anew.
    public static func logLikelihoodRatio(
        observed: [Double?], expected: [Double?], ratio: Double
    ) -> [Double?] {
        var sum = 0.0
        return zip(observed, expected).map { observed, expected in
            guard let observed, let expected else {
                sum = 0
                return nil
            }
            sum = max(0, sum + observed * .log(ratio) - expected * (ratio - 1))
            return sum
        }
    }
}
