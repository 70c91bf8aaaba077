/// How two groups' curves differ at one time fixed beforehand.
public struct SurvivalDifference: Equatable, Sendable {
    /// The second group's share less the first's, with its normal interval; `noVariation` where a curve is at 0 or 1,
    /// whose error says nothing, otherwise reasons as in `Retention.estimate`.
    public let difference: Estimate
    /// Probability of a difference so large if there were none, on the scale of ln(−ln S), where it is nearest to what
    /// it says (Klein, Logan, Harhoff & Andersen 2007); nil where a curve is at 0 or 1.
    public let p: Double?
    public let statistic: Double?

    public init(_ first: SurvivalCurve, _ second: SurvivalCurve, at time: Double, level: Double = 0.95) {
        let (a, b) = (first.survival(at: time), second.survival(at: time))
        let (errorA, errorB) = (first.standardError(at: time), second.standardError(at: time))
        statistic = Self.statistic(a, errorA, b, errorB)
        p = statistic.flatMap { ChiSquared.upperTail($0, degrees: 1) }
        let reasons = [first, second].map { Retention.estimate($0, at: time, smallest: 0, level: level).unavailable }
        if let reason = reasons.lazy.compactMap(\.self).first {
            difference = .unavailable(reason)
            return
        }
        guard errorA > 0, errorB > 0, let z = Normal.quantile((1 - level) / 2).map({ -$0 }) else {
            difference = .unavailable(.noVariation)
            return
        }
        let reach = z * (errorA * errorA + errorB * errorB).squareRoot()
        difference = .checked(
            .init(
                point: b - a, interval: Interval(lower: b - a - reach, upper: b - a + reach, level: level),
                method: .kaplanMeier, numerator: second.events(through: time),
                denominator: second.table.atRisk(at: time)))
    }

    private static func statistic(_ a: Double, _ errorA: Double, _ b: Double, _ errorB: Double) -> Double? {
        guard a > 0, a < 1, b > 0, b < 1 else { return nil }
        func error(_ s: Double, _ e: Double) -> Double { e / s / .log(s) }
        let distance = Double.log(-.log(a)) - .log(-.log(b))
        let variance = error(a, errorA) * error(a, errorA) + error(b, errorB) * error(b, errorB)
        return variance > 0 ? distance * distance / variance : nil
    }
}
