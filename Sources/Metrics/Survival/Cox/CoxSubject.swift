/// One spell of a proportional-hazards regression.
public struct CoxSubject: Equatable, Sendable {
    /// At risk in (entry, exit].
    public let entry: Double
    public let exit: Double
    public let hasEvent: Bool
    public let covariates: [Double]
    /// Subjects of one stratum share a baseline hazard, e.g. those of a clinic.
    public let stratum: Int
    /// Subjects of one cluster are not independent, e.g. the spells of a client.
    public let cluster: Int?

    public init(
        entry: Double = -.infinity, exit: Double, hasEvent: Bool, covariates: [Double], stratum: Int = 0,
        cluster: Int? = nil
    ) {
        (self.entry, self.exit, self.hasEvent) = (entry, exit, hasEvent)
        (self.covariates, self.stratum, self.cluster) = (covariates, stratum, cluster)
    }
}
