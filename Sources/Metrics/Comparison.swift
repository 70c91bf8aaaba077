/// How one estimate stands beside another figure.
public enum Comparison {
    /// Distance of a reference from an estimate in half-widths of the estimate's interval on that side: beyond ±1 the
    /// interval excludes the reference. Positive where the estimate is higher; nil without an interval.
    public static func distance(of estimate: Estimate.Value, from reference: Double) -> Double? {
        guard let interval = estimate.interval else { return nil }
        let difference = estimate.point - reference
        if difference == 0 { return 0 }
        let reach = difference > 0 ? estimate.point - interval.lower : interval.upper - estimate.point
        return reach > 0 ? difference / reach : nil
    }
}
