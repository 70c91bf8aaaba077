/// A site's own effect, e.g. the logarithm of a rate ratio, and the variance of its error.
public struct SiteEffect: Equatable, Sendable {
    public let effect: Double
    public let variance: Double

    public init(effect: Double, variance: Double) { (self.effect, self.variance) = (effect, variance) }

    public init(_ effect: RolloutEffect) {
        self.init(effect: effect.estimate, variance: effect.standardError * effect.standardError)
    }

    var isPossible: Bool { effect.isFinite && variance.isFinite && variance > 0 && (1 / variance).isFinite }
}
