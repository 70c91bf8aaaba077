/// What a trial can tell at all, whatever it finds: from its design, its clinics' sizes, and how alike their participants were
/// before the intervention.
public struct TrialCapacity: Equatable, Sendable {
    /// Allocations that could have been drawn.
    public let allocations: Double
    /// The smallest p of a randomisation test.
    public let smallestP: Double
    /// Degrees of freedom of the t test of clinics' means.
    public let degrees: Double
    /// Correlation within clinics at baseline, below 0 where it came out so; nil where it cannot be told.
    public let correlation: Double?
    public let correlationInterval: Interval?
    /// Participants of a clinic, on average, and their coefficient of variation.
    public let meanSize: Double
    public let sizeVariation: Double
    public let designEffect: Double?
    /// The difference that the t test would find in 8 of 10 such trials, in the outcome's unit (of yes or no a difference of
    /// shares).
    public let detectable: Double?

    /// How many clinics were treated in each stratum, or pair, of so many.
    public struct Stratum: Equatable, Sendable {
        public let clinics: Int
        public let treated: Int

        public init(clinics: Int, treated: Int) { (self.clinics, self.treated) = (clinics, treated) }
    }

    /// - Parameters:
    ///   - strata: Those within which clinics were drawn; one of all where there were none.
    ///   - baseline: Of each clinic before the intervention. Arms are not asked for: baseline is before them. That pairs are
    ///     alike is not counted on: they may find smaller differences than `detectable`.
    public init(
        strata: [Stratum], baseline: [ClusterMoments], isBinary: Bool, level: Double = 0.95
    ) throws(TrialFailure) {
        let clinics = strata.reduce(0) { $0 + $1.clinics }
        let (treated, control) = strata.reduce((0, 0)) { ($0.0 + $1.treated, $0.1 + $1.clinics - $1.treated) }
        guard treated > 0, control > 0 else { throw .emptyArm }
        allocations = strata.reduce(1) { $0 * Randomisation.combinations($1.clinics, $1.treated) }
        let isMirrored = strata.allSatisfy { [0, $0.clinics].contains($0.treated) || 2 * $0.treated == $0.clinics }
        smallestP = min(1, (isMirrored ? 2 : 1) / allocations)
        degrees = Double(clinics - strata.count - 1)
        let sizes = baseline.map(\.members)
        guard let effect = try? DesignEffect(sizes: sizes, correlation: 0) else { throw .noMeasurements }
        (meanSize, sizeVariation) = (effect.meanSize, effect.sizeVariation)
        let correlation = try? IntraclassCorrelation(baseline, level: level)
        self.correlation = correlation?.value
        correlationInterval = correlation?.interval
        designEffect = correlation.flatMap { try? DesignEffect(sizes: sizes, correlation: $0.value).value }
        detectable = Self.detectable(baseline, isBinary: isBinary, correlation?.value, (treated, control), degrees)
    }

    private static func detectable(
        _ baseline: [ClusterMoments], isBinary: Bool, _ correlation: Double?, _ arms: (treated: Int, control: Int),
        _ degrees: Double
    ) -> Double? {
        guard let correlation else { return nil }
        let people = baseline.reduce(0) { $0 + $1.members }
        let mean = baseline.reduce(0) { $0 + $1.sum } / people
        let variance = baseline.reduce(0) { $0 + $1.squares } / people - mean * mean
        let spread =
            isBinary
            ? TrialPlan.Spread(proportion: mean, correlation: correlation)
            : TrialPlan.Spread(standardDeviation: max(0, variance).squareRoot(), correlation: correlation)
        // Which clinics are in which arm is not asked: each arm is as many clinics as there are, of the average precision.
        let precision = baseline.reduce(0) { $0 + spread.variance(ofMeanOf: $1.members) } / Double(baseline.count)
        let error = (precision * (1 / Double(arms.treated) + 1 / Double(arms.control))).squareRoot()
        return try? TrialPlan(standardError: error, degrees: degrees).detectableEffect()
    }
}
