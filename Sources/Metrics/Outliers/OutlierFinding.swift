/// What one method says of one month.
public struct OutlierFinding: Equatable, Sendable {
    public enum Statistic: Equatable, Sendable {
        /// Distance from the middle in units of spread, negative below it.
        case score(Double)
        /// Two-sided p: twice the smaller tail, at most 1.
        case probability(Double)

        var number: Double {
            switch self {
            case .score(let number), .probability(let number): number
            }
        }
    }

    public let statistic: Statistic
    /// On which side the month is an outlier; nil if it is none.
    public let side: SpecialCause.Side?
    /// In the unit of the series, as `range` is: a proportion, events per unit of exposure, or the value itself.
    public let expected: Double
    /// The values that would have been no outlier; its level is 1 − `falseAlarm`.
    public let range: Interval
    /// The chance that a month in which nothing happened is called: for scores if values are normal, for counts by the
    /// spread between the other months, or where these are too few by chance alone.
    public let falseAlarm: Double

    public var isOutlier: Bool { side != nil }

    /// The two-sided p, nil for a score.
    public var probability: Double? {
        if case .probability(let p) = statistic { p } else { nil }
    }

    /// A finding from a score and its unit of spread.
    static func score(
        _ score: Double, limit: Double, middle: Double, unit: Double, falseAlarm: Double?
    ) -> Result<OutlierFinding, Unavailable> {
        guard let falseAlarm else { return .failure(.notComputable) }
        return OutlierFinding(
            statistic: .score(score), side: abs(score) > limit ? .of(score, around: 0) : nil, expected: middle,
            range: Interval(lower: middle - limit * unit, upper: middle + limit * unit, level: 1 - falseAlarm),
            falseAlarm: falseAlarm
        ).checked()
    }

    /// The only way out: a finding whose arithmetic overflowed becomes `notComputable`.
    func checked() -> Result<OutlierFinding, Unavailable> {
        let numbers = [statistic.number, expected, range.lower, range.upper, falseAlarm]
        return numbers.allSatisfy(\.isFinite) ? .success(self) : .failure(.notComputable)
    }

    /// The same with a range that does not leave the values that can occur.
    func clipped(floor: Double, ceiling: Double) -> OutlierFinding {
        OutlierFinding(
            statistic: statistic, side: side, expected: expected,
            range: Interval(
                lower: max(floor, range.lower), upper: min(ceiling, range.upper), level: range.level),
            falseAlarm: falseAlarm)
    }
}
