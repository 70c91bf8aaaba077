/// The models of a trial with clinics allocated to arms and participants seen at several visits.
public struct TrialModel: Equatable, Sendable {
    public enum Means: String, CaseIterable, Sendable {
        /// Arm, visit and arm by visit, the first visit among the outcomes: as such trials are published.
        case armByVisit = "arm_by_visit"
        /// Visits after the first, adjusted for the outcome at the first; who lacks it is left out.
        case adjustedForBaseline = "adjusted_for_baseline"
        /// The first visit among the outcomes with one mean for both arms, as randomisation makes it (Liang & Zeger 2000).
        case commonBaseline = "common_baseline"
        /// Arm, time and arm by time in a straight line.
        case line
    }

    public enum Variation: String, CaseIterable, Sendable {
        /// Clinics and participants have levels of their own.
        case levels
        /// Clinics moreover drift, each visit in its own way: what a claim about change needs.
        case clusterVisits = "cluster_visits"
        /// Participants have slopes of their own too.
        case slopes
        /// Any covariance of a participant's visits, and levels of clinics.
        case visits
    }

    public let means: Means
    public let variation: Variation

    public init(_ means: Means, _ variation: Variation = .levels) { (self.means, self.variation) = (means, variation) }
}
