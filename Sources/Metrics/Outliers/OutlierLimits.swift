/// Beyond what a month is called an outlier.
public struct OutlierLimits: Equatable, Sendable {
    /// Standard deviations; the WHO calls 2 moderate and 3 extreme.
    public var standardScore: Double
    /// Iglewicz & Hoaglin (1993) recommend 3.5.
    public var modifiedScore: Double
    /// The factor of DHIS2, there a setting.
    public var minMax: Double
    /// Two-sided p of a count at or below which it is an outlier.
    public var probability: Double

    /// WHO's extreme, and for counts the tails of a control chart, 2 × 0.00135.
    public init(
        standardScore: Double = 3, modifiedScore: Double = 3.5, minMax: Double = 3,
        probability: Double = 0.0027
    ) {
        self.standardScore = standardScore
        self.modifiedScore = modifiedScore
        self.minMax = minMax
        self.probability = probability
    }
}
