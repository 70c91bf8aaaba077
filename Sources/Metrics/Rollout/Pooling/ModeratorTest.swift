extension PooledEffects {
    /// Whether all moderators together say anything of the effects (Knapp & Hartung 2003).
    public struct ModeratorTest: Equatable, Sendable {
        public let f: Double
        public let numerator: Int
        public let denominator: Int
        /// The probability of so large an F if none of them did.
        public let p: Double
        /// By how many per cent they make τ² smaller; nil where it is 0 without them.
        public let percentExplained: Double?
    }

    /// Nil without moderators, and where all sites lie upon the line.
    ///
    /// - Parameter without: the model of the same sites without moderators.
    public func moderatorTest(without: PooledEffects) -> ModeratorTest? {
        let tested = Array(1..<max(1, coefficients.count))
        guard !tested.isEmpty, let factor = hartungKnappFactor, factor > 0 else { return nil }
        let inverse = SymmetricFactors(covariance.restricted(to: tested)).inverse()
        let f = inverse.form(tested.map { coefficients[$0] }) / factor / Double(tested.count)
        let degrees = (Double(tested.count), Double(sample.degrees))
        guard let p = FisherF.upperTail(f, degrees: (degrees.0, degrees.1)) else { return nil }
        let before = without.heterogeneity.betweenVariance
        let explained = before > 0 ? max(0, 100 * (before - heterogeneity.betweenVariance) / before) : nil
        return ModeratorTest(
            f: f, numerator: tested.count, denominator: sample.degrees, p: p, percentExplained: explained)
    }
}
