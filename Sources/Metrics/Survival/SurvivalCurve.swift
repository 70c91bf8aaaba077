/// The share still in treatment by time, as a step function (Kaplan & Meier 1958), with delayed entry.
public struct SurvivalCurve: Equatable, Sendable {
    /// One fall of the curve.
    public struct Step: Equatable, Sendable {
        public let time: Double
        public let atRisk: Double
        public let events: Double
        /// The share still in treatment after this time, S = ∏ (1 − d/n).
        public let survival: Double
        /// Greenwood's variance of ln S, Σ d/(n(n − d)); infinite once the curve has come down to 0.
        public let logVariance: Double
        /// Cumulative hazard Σ d/n (Nelson 1969; Aalen 1978) and its variance Σ d/n².
        public let hazard: Double
        public let hazardVariance: Double
    }

    /// The falls, by time; a time at which people were only lost from sight is none.
    public let steps: [Step]
    public let table: RiskTable

    /// The curve of leaving for one of these reasons, other reasons being censored; of leaving at all if nil.
    public init(_ table: RiskTable, reasons: [Int]? = nil) {
        self.table = table
        let events = table.events(of: reasons ?? Array(0..<table.reasons))
        var (survival, logVariance, hazard, hazardVariance) = (1.0, 0.0, 0.0, 0.0)
        var steps: [Step] = []
        steps.reserveCapacity(events.count)
        for (index, d) in events.enumerated() where d > 0 {
            let n = table.atRisk[index]
            survival *= (n - d) / n
            logVariance += d < n ? d / (n * (n - d)) : .infinity
            hazard += d / n
            hazardVariance += d / (n * n)
            steps.append(
                Step(
                    time: table.times[index], atRisk: n, events: d, survival: survival, logVariance: logVariance,
                    hazard: hazard, hazardVariance: hazardVariance))
        }
        self.steps = steps
    }

    /// The last fall at or before a time, nil before the first.
    public func step(at time: Double) -> Step? {
        let after = steps.partitioningIndex { $0.time > time }
        return after > 0 ? steps[after - 1] : nil
    }

    /// The share still in treatment at a time; carried on after the last observation, where `retention` has none.
    public func survival(at time: Double) -> Double { step(at: time)?.survival ?? 1 }

    /// Greenwood's standard error of the survival at a time, S √Σ d/(n(n − d)); 0 where the curve is at 1 or 0.
    public func standardError(at time: Double) -> Double {
        guard let step = step(at: time), step.survival > 0 else { return 0 }
        return step.survival * step.logVariance.squareRoot()
    }

    /// Events of the curve at or before a time.
    public func events(through time: Double) -> Double {
        steps.lazy.prefix { $0.time <= time }.reduce(0) { $0 + $1.events }
    }

    /// Whether everybody then at risk had left while more were still to enter: delayed entry has emptied the risk
    /// set, and the curve stays at 0 whatever they do.
    public var isEmptiedEarly: Bool {
        guard let end = steps.first(where: { $0.survival == 0 }) else { return false }
        return (table.lastTime ?? end.time) > end.time
    }
}
