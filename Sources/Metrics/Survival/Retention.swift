/// The share still in treatment a given time after entry, as a page shows it.
public enum Retention {
    /// Below this number still at risk a curve says little about anybody, and much about somebody.
    public static let smallestRiskSet = 10.0

    /// Kaplan–Meier share at `time`, with limits on the ln(−ln S) scale.
    ///
    /// With nobody lost so far there is no such interval; its place takes the exact limit (α/2)^(1/n) of n people of
    /// whom none left, to be read as "at least"; where all n leave at this time, its mirror. Fewer than `smallest` at
    /// risk, or all who had been were gone before others entered: `tooFewAtRisk`; after the last observation:
    /// `notObservedSoLong`. Numerator: left so far; denominator: at risk at that time.
    public static func estimate(
        _ curve: SurvivalCurve, at time: Double, smallest: Double = smallestRiskSet, level: Double = 0.95
    ) -> Estimate {
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        guard let lastTime = curve.table.lastTime else { return .unavailable(.noDenominator) }
        guard time <= lastTime else { return .unavailable(.notObservedSoLong) }
        let atRisk = curve.table.atRisk(at: time)
        guard atRisk > 0, atRisk >= smallest else { return .unavailable(.tooFewAtRisk) }
        let step = curve.step(at: time)
        let survival = step?.survival ?? 1
        if let step, survival == 0, step.time < time { return .unavailable(.tooFewAtRisk) }
        let exact = Double.pow(tail, 1 / atRisk)
        let interval =
            switch survival {
            case 1: Interval(lower: exact, upper: 1, level: level)
            case 0: Interval(lower: 0, upper: 1 - exact, level: level)
            default: SurvivalScale.logLog.interval(of: step, level: level)
            }
        return .checked(
            .init(
                point: survival, interval: interval, method: .kaplanMeier,
                numerator: curve.events(through: time), denominator: atRisk))
    }
}
