/// What a method does over many trials of one design (Morris, White & Crowther 2019).
public struct OperatingCharacteristics: Equatable, Sendable {
    /// A mean over data sets and its Monte Carlo standard error.
    public struct Figure: Equatable, Sendable {
        public let value: Double
        public let error: Double

        /// - Returns: nil where there is nothing to take the mean of.
        init?(_ values: [Double]) {
            let count = Double(values.count)
            guard count > 1 else { return nil }
            let mean = values.reduce(0, +) / count
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            (value, error) = (mean, (squares / (count - 1) / count).squareRoot())
        }

        init?(_ values: [Bool]) {
            let count = Double(values.count)
            guard count > 0 else { return nil }
            value = Double(values.count { $0 }) / count
            error = (value * (1 - value) / count).squareRoot()
        }
    }

    public let method: SimulatedMethod
    /// Data sets, with an estimate or without.
    public let sets: Int
    /// Share of the data sets with an estimate in which p is at most 0.05: the type I error where there is no effect,
    /// the power where there is one.
    public let rejected: Figure?
    /// Share of their 95 % intervals that hold the true effect; nil where the method's scale has none.
    public let covered: Figure?
    /// Mean estimate less the true effect; of ratios, in logarithms.
    public let bias: Figure?
    /// Data sets without an estimate, by reason.
    public let failures: [TrialFailure: Int]

    init(_ method: SimulatedMethod, _ answers: [Result<SimulatedAnswer, TrialFailure>]) {
        self.method = method
        sets = answers.count
        let found = answers.compactMap { try? $0.get() }
        rejected = Figure(found.map(\.isRejected))
        covered = Figure(found.compactMap(\.isCovered))
        bias = Figure(found.compactMap(\.error))
        failures = answers.reduce(into: [:]) { counts, answer in
            if case .failure(let reason) = answer { counts[reason, default: 0] += 1 }
        }
    }

    public var failed: Int { failures.values.reduce(0, +) }
}
