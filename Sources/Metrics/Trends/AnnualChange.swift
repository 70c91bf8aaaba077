/// By what share a rate, or the odds of a proportion, changes in a year.
public struct AnnualChange: Equatable, Sendable {
    /// Change of the logarithm in a year, its standard error and the degrees of freedom of its t interval.
    public let logChange: Double
    public let standardError: Double
    public let degrees: Double
    /// Pearson's X²/(n − p) as it came out; below 1 it is not used.
    public let dispersion: Double
    /// Correlation of the residuals of neighbouring months.
    public let serialCorrelation: Double
    /// Whether the standard error allows for that correlation (Newey & West 1987).
    public let allowsForCorrelation: Bool
    public let months: Int
    /// The course behind the change, the seasons taken out.
    public let course: TrendCourse

    /// The probability of a change so large if there were none.
    public var p: Double? {
        StudentT.lowerTail(-abs(logChange / standardError), degrees: degrees).map { 2 * $0 }
    }

    /// 100 (e^b − 1): per cent a year, with its t interval.
    public func percent(level: Double = 0.95) -> Estimate {
        guard let tail = Interval.tail(ofLevel: level) else { return .unavailable(.invalidLevel) }
        guard let t = StudentT.quantile(tail, degrees: degrees).map({ -$0 }) else {
            return .unavailable(.notComputable)
        }
        func percent(_ log: Double) -> Double { 100 * .expm1(log) }
        let interval = Interval(
            lower: percent(logChange - t * standardError), upper: percent(logChange + t * standardError), level: level)
        return .checked(
            .init(
                point: percent(logChange), interval: interval, method: .annualChange, numerator: Double(months),
                denominator: 1))
    }
}
