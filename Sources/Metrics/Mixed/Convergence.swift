/// How a search for variances ended.
public struct Convergence: Equatable, Sendable {
    public let iterations: Int
    /// −2 times the (restricted) log-likelihood.
    public let criterion: Double
    /// How far the next step would lower the criterion, in the search's quadratic picture of it: gᵀH⁻¹g.
    public let decrement: Double
    /// The variances estimated as 0, by their place in the list of variances: a result, not an error.
    public let boundary: [Int]
}
