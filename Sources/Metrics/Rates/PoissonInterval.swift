/// Confidence limits of the mean of a Poisson count, in events.
enum PoissonInterval {
    /// Exact limits: χ²(α/2; 2x)/2 and χ²(1 − α/2; 2x + 2)/2, the lower 0 for no events (Garwood 1936).
    static func garwood(events: Double, level: Double) -> Interval? {
        guard let tail = Interval.tail(ofLevel: level),
            let lower = events > 0 ? GammaFunctions.inverseP(shape: events, tail) : 0,
            let upper = GammaFunctions.inverseQ(shape: events + 1, tail)
        else { return nil }
        return Interval(lower: lower, upper: upper, level: level)
    }

    /// Byar's approximation: x(1 − 1/9x − z/3√x)³ and the same with + at x + 1 (Breslow & Day 1987, eq. 2.13).
    ///
    /// Not the variant with x + ½ at both ends (`epitools::pois.byar`).
    static func byar(events: Double, level: Double) -> Interval? {
        guard let tail = Interval.tail(ofLevel: level), let z = Normal.quantile(tail).map({ -$0 }) else { return nil }
        let lower = events > 0 ? cubic(events, -z) : 0
        return Interval(lower: max(0, lower), upper: cubic(events + 1, z), level: level)
    }

    /// x(1 − 1/9x + z/3√x)³, the Wilson–Hilferty cube; negative where the interval would leave 0.
    private static func cubic(_ x: Double, _ z: Double) -> Double {
        let root = 1 - 1 / (9 * x) + z / (3 * x.squareRoot())
        return x * root * root * root
    }
}
