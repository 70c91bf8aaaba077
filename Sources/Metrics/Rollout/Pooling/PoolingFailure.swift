/// Why effects could not be pooled.
public enum PoolingFailure: Error, Equatable, Sendable {
    case noEffects
    /// An effect that is not finite, or a variance that is not positive and finite: of which sites.
    case impossible([Int])
    /// Not more sites than coefficients to estimate.
    case tooFewSites
    /// Moderators that are the same everywhere or depend on others: which, from 0.
    case dependentModerators([Int])
    case notConverged
}
