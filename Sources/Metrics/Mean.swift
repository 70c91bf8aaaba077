/// A mean of a quantity over units, known only by its totals.
public enum Mean {
    /// Total over units without interval, e.g. mg of methadone per client-day.
    ///
    /// Totals do not tell how the units differ, so no interval can be given. No units: `noDenominator`; a total
    /// without units, or anything negative or non-finite: `impossibleCounts`.
    public static func census(total: Double, units: Double) -> Estimate {
        guard total.isFinite, units.isFinite, total >= 0, units >= 0 else { return .unavailable(.impossibleCounts) }
        guard units > 0 else { return .unavailable(total > 0 ? .impossibleCounts : .noDenominator) }
        return .checked(
            .init(point: total / units, interval: nil, method: .mean, numerator: total, denominator: units))
    }
}
