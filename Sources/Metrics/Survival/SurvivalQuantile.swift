/// A time by which a share of the people has left.
public struct SurvivalQuantile: Equatable, Sendable {
    /// Nil: not reached, the curve ends above it.
    public let time: Double?
    /// Limits by the same rule on the limits of the curve (Brookmeyer & Crowley 1982); nil: not reached.
    public let lower: Double?
    public let upper: Double?
}

extension SurvivalCurve {
    /// The time by which a share of the people has left; 0.5 for the median.
    public func quantile(_ share: Double, scale: SurvivalScale = .logLog, level: Double = 0.95) -> SurvivalQuantile {
        let limits = steps.map { scale.interval(of: $0, level: level) }
        return SurvivalQuantile(
            time: time(until: 1 - share, of: steps.map(\.survival)),
            lower: time(until: 1 - share, of: limits.map { $0?.lower }),
            upper: time(until: 1 - share, of: limits.map { $0?.upper }))
    }

    /// The first time at which a falling function is at or below a height. Where it runs at that very height for a
    /// while, the middle of that while, as the median of an even number of people is: until the next fall, or until
    /// the last observation.
    private func time(until height: Double, of function: [Double?]) -> Double? {
        // S is a product of quotients: 0.5 may come out a few units of the last place off.
        let tolerance = 1e-8
        guard let first = function.firstIndex(where: { ($0 ?? .infinity) <= height + tolerance }),
            let value = function[first]
        else { return nil }
        guard abs(value - height) < tolerance else { return steps[first].time }
        let below = function[first...].firstIndex { ($0 ?? .infinity) < height - tolerance }
        let end = below.map { steps[$0].time } ?? table.lastTime
        return (steps[first].time + (end ?? steps[first].time)) / 2
    }
}
