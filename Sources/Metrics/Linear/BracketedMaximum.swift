/// The top of a smooth function of one number between two points, by Newton's method held within the bracket.
struct BracketedMaximum {
    let point: Double
    let iterations: Int
    /// The function's slope where the search ended; at a top between the ends it is rounding.
    let slope: Double

    /// Newton's steps where they stay between the ends, halving where not.
    ///
    /// - Parameter derivatives: first and second derivative at a point; the slope is to be positive at the lower end
    ///   and negative at the upper one, else the search runs to an end.
    init(
        from lower: Double, to upper: Double, startingAt start: Double,
        _ derivatives: (Double) -> (slope: Double, curvature: Double)
    ) {
        var (low, high, now) = (lower, upper, start)
        var slope = 0.0
        var iterations = 0
        let width = upper - lower
        while iterations < 200 {
            iterations += 1
            let (first, second) = derivatives(now)
            slope = first
            if slope == 0 { break }
            if slope > 0 { low = now } else { high = now }
            let newton = now - first / second
            let next = second < 0 && newton > low && newton < high ? newton : low + (high - low) / 2
            let step = abs(next - now)
            now = next
            if step <= 1e-15 * abs(now) || step <= 1e-17 * width || high - low <= 1e-15 * abs(now) { break }
        }
        (point, self.iterations, self.slope) = (now, iterations, slope)
    }
}
