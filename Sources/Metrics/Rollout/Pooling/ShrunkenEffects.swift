/// A site's effect drawn towards the pooled one as far as its own numbers leave open.
public struct ShrunkenEffect: Equatable, Sendable {
    /// Best linear unbiased prediction; its error includes that of the pooled effect, not that of τ².
    public let effect: RolloutEffect
    /// How much of it is the site's own, from 0 to 1.
    public let weight: Double
}

extension PooledEffects {
    /// A value for each site, λy + (1 − λ)ŷ with λ = τ²/(τ² + v), and error variance λv + (1 − λ)² Var(ŷ) (Raudenbush &
    /// Bryk 1985).
    public func shrunken() -> [ShrunkenEffect] {
        let between = heterogeneity.betweenVariance
        return sample.effects.indices.map { site in
            let variance = sample.variances[site]
            let own = between / (between + variance)
            let row = (0..<sample.design.columns).map { sample.design[site, $0] }
            let predicted = zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
            let error = own * variance + (1 - own) * (1 - own) * covariance.form(row)
            let effect = RolloutEffect(
                estimate: own * sample.effects[site] + (1 - own) * predicted, standardError: error.squareRoot(),
                degrees: nil)
            return ShrunkenEffect(effect: effect, weight: own)
        }
    }
}
