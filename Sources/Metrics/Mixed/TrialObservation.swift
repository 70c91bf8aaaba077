/// One participant's outcome at one visit of a trial.
public struct TrialObservation: Equatable, Sendable {
    /// Numbered from 0.
    public let cluster: Int
    /// Numbered from 0 over all clinics.
    public let subject: Int
    public let isIntervention: Bool
    /// The visit's place in the plan, 0 for the one before the intervention begins.
    public let visit: Int
    /// Nil if it was missed.
    public let outcome: Double?
    /// Of the participant, in an order that is the same for all.
    public let covariates: [Double]

    public init(
        cluster: Int, subject: Int, isIntervention: Bool, visit: Int, outcome: Double?, covariates: [Double] = []
    ) {
        (self.cluster, self.subject, self.isIntervention) = (cluster, subject, isIntervention)
        (self.visit, self.outcome, self.covariates) = (visit, outcome, covariates)
    }
}
