/// What a trial of so many clinics of such sizes could tell by the t test of clinics' means (Hayes & Moulton 2017, ch. 7,
/// with the noncentral t distribution in the place of the normal one).
public struct TrialPlan: Equatable, Sendable {
    /// Of the difference of arms.
    public let standardError: Double
    public let degrees: Double

    /// How members' outcomes vary.
    public struct Spread: Sendable {
        /// Of members, clinics' differences included: σ.
        public let standardDeviation: Double
        /// ρ. An estimate below 0 plans nothing: it is taken for 0.
        public let correlation: Double

        public init(standardDeviation: Double, correlation: Double) {
            (self.standardDeviation, self.correlation) = (standardDeviation, max(0, correlation))
        }

        /// Of yes with probability p.
        public init(proportion p: Double, correlation: Double) {
            self.init(standardDeviation: (p * (1 - p)).squareRoot(), correlation: correlation)
        }

        /// σ²(ρ + (1 − ρ)/n): of the mean of a clinic of n members.
        func variance(ofMeanOf members: Double) -> Double {
            standardDeviation * standardDeviation * (correlation + (1 - correlation) / members)
        }
    }

    /// Two arms of clinics of these sizes, J − 2 degrees of freedom.
    public init(treated: [Double], control: [Double], _ spread: Spread) throws(ClusterFailure) {
        guard !treated.isEmpty, !control.isEmpty else { throw .emptyArm }
        let variance = [treated, control].reduce(0) { sum, arm in
            sum + arm.reduce(0) { $0 + spread.variance(ofMeanOf: $1) } / Double(arm.count * arm.count)
        }
        try self.init(variance, degrees: Double(treated.count + control.count - 2), sizes: treated + control)
    }

    /// Pairs of clinics of these sizes, one treated in each, as many degrees as pairs less 1.
    ///
    /// - Parameter matching: Correlation of the true means of the two clinics of a pair, 0 for pairs that do not match.
    public init(
        pairs: [(treated: Double, control: Double)], _ spread: Spread, matching: Double
    ) throws(ClusterFailure) {
        guard !pairs.isEmpty else { throw .emptyArm }
        guard abs(matching) <= 1 else { throw .misshapen }
        let shared = spread.standardDeviation * spread.standardDeviation * spread.correlation * matching
        let variance = pairs.reduce(0) { sum, pair in
            sum + spread.variance(ofMeanOf: pair.treated) + spread.variance(ofMeanOf: pair.control) - 2 * shared
        }
        let count = Double(pairs.count)
        try self.init(
            variance / (count * count), degrees: count - 1, sizes: pairs.flatMap { [$0.treated, $0.control] })
    }

    /// Of a difference whose standard error is known beforehand.
    public init(standardError: Double, degrees: Double) throws(ClusterFailure) {
        guard degrees > 0 else { throw .tooFewClusters }
        guard standardError > 0, standardError.isFinite else { throw .noVariation }
        (self.standardError, self.degrees) = (standardError, degrees)
    }

    private init(_ variance: Double, degrees: Double, sizes: [Double]) throws(ClusterFailure) {
        guard sizes.allSatisfy({ $0 > 0 && $0.isFinite }), variance.isFinite else { throw .misshapen }
        guard degrees > 0 else { throw .tooFewClusters }
        guard variance > 0 else { throw .noVariation }
        (standardError, self.degrees) = (variance.squareRoot(), degrees)
    }

    /// The probability that the two-sided test finds an effect of this size.
    public func power(effect: Double, significance: Double = 0.05) throws(ClusterFailure) -> Double {
        guard significance > 0, significance < 1 else { throw .invalidLevel }
        guard let critical = StudentT.quantile(significance / 2, degrees: degrees),
            let below = NoncentralT.lowerTail(critical, degrees: degrees, shift: effect / standardError),
            let above = NoncentralT.lowerTail(critical, degrees: degrees, shift: -effect / standardError)
        else { throw .notComputable }
        return below + above
    }

    /// The effect that the test finds with this probability.
    public func detectableEffect(
        power: Double = 0.8, significance: Double = 0.05
    ) throws(ClusterFailure) -> Double {
        guard power > significance, power < 1, significance > 0 else { throw .invalidLevel }
        let found = Bisection.root(between: 0, and: 1000) { shift in
            (try? self.power(effect: shift * standardError, significance: significance)).map { $0 - power }
        }
        guard let found else { throw .notComputable }
        return found * standardError
    }
}
