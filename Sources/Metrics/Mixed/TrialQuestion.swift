/// What is asked of a trial.
public enum TrialQuestion: Equatable, Sendable {
    /// Between the arms at a visit.
    case difference(visit: Int)
    /// Between the arms' changes from the first visit to another.
    case change(visit: Int)
    /// Between the arms, on average over the visits after the first.
    case averageDifference
    /// Between the arms' changes, on average over the visits after the first.
    case averageChange
}
