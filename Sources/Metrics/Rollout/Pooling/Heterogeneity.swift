/// How much the sites' true effects differ.
public struct Heterogeneity: Equatable, Sendable {
    /// Variance τ² between the true effects, and the standard error of its estimate (nil where it is taken as known).
    public let betweenVariance: Double
    public let betweenVarianceError: Double?
    /// Cochran's Q = Σ (y − ŷ)²/v with the weights of a fixed effect, on so many degrees of freedom.
    public let q: Double
    public let degrees: Int
    /// Variance of a typical site's error (Higgins & Thompson 2002, eq. 9); nil for one site.
    let typicalVariance: Double?
    let isFixed: Bool

    /// The probability of so large a Q if all sites had one true effect; nil for one site.
    public var p: Double? { degrees > 0 ? ChiSquared.upperTail(q, degrees: Double(degrees)) : nil }

    /// I²: the percentage of the effects' variance that is not chance.
    public var percentBeyondChance: Double? { share(of: betweenVariance) }

    /// H² = 1/(1 − I²): how many times as much as by chance the effects vary.
    public var excess: Double? {
        guard let typicalVariance else { return nil }
        if isFixed { return q / Double(degrees) }
        return betweenVariance / typicalVariance + 1
    }

    func share(of betweenVariance: Double) -> Double? {
        guard let typicalVariance else { return nil }
        if isFixed { return q > 0 ? max(0, 100 * (q - Double(degrees)) / q) : 0 }
        return 100 * betweenVariance / (typicalVariance + betweenVariance)
    }
}
