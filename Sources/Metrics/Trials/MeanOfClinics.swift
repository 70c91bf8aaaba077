/// The mean of clinics' means with its t interval: each clinic counts once, whatever its size.
public struct MeanOfClinics: Equatable, Sendable {
    public let mean: Double
    /// nil of one clinic.
    public let lower, upper: Double?

    /// - Returns: nil without clinics.
    public init?(_ means: [Double], level: Double = 0.95) {
        guard !means.isEmpty, means.allSatisfy(\.isFinite) else { return nil }
        let n = Double(means.count)
        let mean = means.reduce(0, +) / n
        self.mean = mean
        let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)
        let reach =
            n > 1 ? StudentT.quantile((1 + level) / 2, degrees: n - 1).map { $0 * (variance / n).squareRoot() } : nil
        (lower, upper) = (reach.map { mean - $0 }, reach.map { mean + $0 })
    }
}
