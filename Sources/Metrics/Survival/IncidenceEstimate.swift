extension CumulativeIncidence {
    /// The share gone for a reason by a time, as a page shows it; reasons for none as in `Retention.estimate`.
    ///
    /// With nobody gone for the reason, or everybody, the place of the ln(−ln F) limits takes the exact limit of n
    /// people at risk of whom none went, 1 − (α/2)^(1/n), or its mirror. Numerator: gone for the reason so far;
    /// denominator: at risk at that time.
    public func estimate(
        reason: Int, at time: Double, smallest: Double = Retention.smallestRiskSet, level: Double = 0.95
    ) -> Estimate {
        let staying = Retention.estimate(SurvivalCurve(table), at: time, smallest: smallest, level: level)
        guard let tail = Interval.tail(ofLevel: level), let atRisk = staying.value?.denominator else {
            return .unavailable(staying.unavailable ?? .invalidLevel)
        }
        let share = value(reason: reason, at: time).share
        let exact = 1 - .pow(tail, 1 / atRisk)
        let interval =
            switch share {
            case 0: Interval(lower: 0, upper: exact, level: level)
            case 1: Interval(lower: 1 - exact, upper: 1, level: level)
            default: self.interval(reason: reason, at: time, level: level)
            }
        let gone = zip(table.times, table.ended[reason]).lazy.prefix { $0.0 <= time }.reduce(0) { $0 + $1.1 }
        return .checked(
            .init(point: share, interval: interval, method: .aalenJohansen, numerator: gone, denominator: atRisk))
    }
}
