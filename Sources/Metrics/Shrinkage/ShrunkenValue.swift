/// A site's rate or proportion after it has been drawn towards all sites as far as its own numbers leave open.
public struct ShrunkenValue: Equatable, Sendable {
    /// Posterior mean and its equal-tailed interval. The spread of sites is taken as known, so that with few sites the
    /// interval is somewhat too narrow.
    public let estimate: Estimate
    /// How much of the value is the site's own, from 0 to 1.
    public let weight: Double
}
