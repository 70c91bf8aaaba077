/// What changed at a site when it started: of the logarithm of a rate, or of the value itself.
public struct SegmentedFit: Sendable {
    public let method: SegmentedRegression.Method
    /// Months before the start, and from full work on.
    public let before: Int
    public let after: Int
    /// Pearson's X²/(n − p) of counts as it came out; nil without counts.
    public let dispersion: Double?
    /// ρ of an autoregression, else the correlation of neighbouring residuals; nil where all residuals are 0.
    public let serialCorrelation: Double?
    public let record: SearchRecord
    /// What was fitted, month by month.
    public let line: SegmentedLine
    /// Changes of level and of slope a month.
    let changes: [Double]
    /// Their covariances: the error of a combination is the largest that one of them gives it.
    let covariances: [SymmetricMatrix]
    /// Degrees of freedom of a combination of the two.
    let degrees: @Sendable ([Double]) -> Double

    /// The change of level in the first month of full work.
    public var level: RolloutEffect { effect(of: [1, 0]) }
    /// The change of slope, a month.
    public var slope: RolloutEffect { effect(of: [0, 1]) }

    /// The distance from where the old line would have led, so many months after full work began.
    public func effect(after months: Double) -> RolloutEffect { effect(of: [1, months]) }

    private func effect(of combination: [Double]) -> RolloutEffect {
        let variance = covariances.map { $0.form(combination) }.max() ?? 0
        return RolloutEffect(
            estimate: zip(changes, combination).reduce(0) { $0 + $1.0 * $1.1 },
            standardError: max(0, variance).squareRoot(), degrees: degrees(combination))
    }
}
