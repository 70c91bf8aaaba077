/// On which scale a confidence interval of a survival curve is symmetric.
public enum SurvivalScale: String, CaseIterable, Sendable {
    /// ln(−ln S), which keeps the limits inside 0 and 1 (Kalbfleisch & Prentice 2002; Borgan & Liestøl 1990).
    case logLog
    case log
    /// S itself, cut at 0 and 1; never the default.
    case plain

    /// Limits of one survival; nil where this scale has none: at 1 and at 0 on ln(−ln S), at 0 on the others.
    public func interval(of step: SurvivalCurve.Step?, level: Double = 0.95) -> Interval? {
        guard let tail = Interval.tail(ofLevel: level), let z = Normal.quantile(tail).map({ -$0 }) else { return nil }
        let (survival, spread) = (step?.survival ?? 1, z * (step?.logVariance ?? 0).squareRoot())
        guard survival > 0 else { return nil }
        switch self {
        case .logLog:
            let log = Double.log(survival)
            guard log < 0 else { return nil }
            return Interval(
                lower: .pow(survival, .exp(-spread / log)), upper: .pow(survival, .exp(spread / log)), level: level)
        case .log:
            return Interval(
                lower: survival * Double.exp(-spread),
                upper: min(1, survival * Double.exp(spread)), level: level)
        case .plain:
            return Interval(
                lower: max(0, survival * (1 - spread)), upper: min(1, survival * (1 + spread)), level: level)
        }
    }
}
