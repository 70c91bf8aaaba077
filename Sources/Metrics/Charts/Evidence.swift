extension ControlChart {
    /// How strongly the signals of a month speak, in standard deviations; nil without a signal or a measure of it.
    ///
    /// A point beyond the limits by its distance from the centre; a run by the sum of its distances over the root of
    /// their number (Stouffer 1949). For ordering what to look at first: on small counts z is a rough measure.
    public func evidence(at index: Int) -> Double? {
        guard let point = points[index], let z = point.z else { return nil }
        return point.signals.map { signal in
            switch signal.rule {
            case .beyondLimits, .weightedAverage, .cumulativeSum: return abs(z)
            case .run:
                let run = points[signal.since...index].compactMap { $0?.z }
                return abs(run.reduce(0, +)) / Double(run.count).squareRoot()
            }
        }.max()
    }
}

extension SpecialCause {
    /// Share of months of a stable clinic that carry a signal by chance: beyond three standard deviations on either
    /// side (2 × 0.00135), or the last of `usualRunLength` in a row on one side, 2 · (1/2)⁸.
    /// An approximation: the rules overlap a little, and limits from 24 months are themselves uncertain.
    public static let falseSignalsPerMonth = 2 * 0.00135 + 2 / 256.0
}
