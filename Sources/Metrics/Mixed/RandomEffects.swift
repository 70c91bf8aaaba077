/// The random effects of a mixed model at its two levels.
public struct RandomEffects: Equatable, Sendable {
    /// A client's effects within its clinic.
    public let subject: EffectCovariance
    public let cluster: EffectCovariance

    public init(subject: EffectCovariance, cluster: EffectCovariance) {
        (self.subject, self.cluster) = (subject, cluster)
    }

    /// A level for each clinic and one for each client.
    public static let nested = Self(subject: .intercept, cluster: .intercept)
    /// A level for each clinic.
    public static let clusterOnly = Self(subject: .none, cluster: .intercept)
    /// A level for each clinic, one for each clinic's visit, and one for each client.
    public static func clusterVisits(_ count: Int) -> Self {
        Self(subject: .intercept, cluster: .independent([0] + Array(repeating: 1, count: count)))
    }
}
