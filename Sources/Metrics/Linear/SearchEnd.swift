/// How the search for an estimate ended.
public struct SearchEnd: Equatable, Sendable {
    /// What is left when it ends; the raw string is its name in JSON and the key of its words.
    public enum Measure: String, Sendable {
        /// By how much −2 ln L could still fall.
        case deviance
        /// Length of the last step, in standard errors of the model.
        case lastStep = "last_step"
    }

    public let iterations: Int
    public let remaining: Double
    public let measure: Measure
}
