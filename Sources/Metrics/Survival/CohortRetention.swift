/// What became, by a day after admission, of everybody admitted long enough ago: a plain share of a cohort, under its own
/// name. It is not the curve, which uses everybody as long as they were seen, nor the share of a year's pool.
public struct CohortRetention: Equatable, Sendable {
    /// Admitted so long ago that the day has come for all.
    public let admitted: Double
    public let retained: Double
    /// Left before the day, by choice or against it.
    public let leftUnplanned: Double
    /// Left for another site or at the planned end.
    public let leftAsPlanned: Double
    /// Last seen before the day without an end: nobody knows, and they are not counted either way.
    public let lost: Double

    /// Spells from admission, of those admitted at least `day` before the data end.
    public init(_ spells: [Spell], day: Double, unplanned: Set<Int>) {
        admitted = Double(spells.count)
        retained = Double(spells.count { $0.exit > day })
        let before = spells.filter { $0.exit <= day }
        lost = Double(before.count { $0.reason == nil })
        leftUnplanned = Double(before.count { $0.reason.map(unplanned.contains) ?? false })
        leftAsPlanned = admitted - retained - lost - leftUnplanned
    }

    /// Retained among all whose end is known, planned ends counting as not retained.
    public func estimate(level: Double = 0.95) -> Estimate {
        Proportion.wilson(successes: retained, trials: admitted - lost, level: level)
    }

    /// Retained among those who had the choice: planned ends left out.
    public func estimateWithoutPlanned(level: Double = 0.95) -> Estimate {
        Proportion.wilson(successes: retained, trials: admitted - lost - leftAsPlanned, level: level)
    }
}
