import Testing

@testable import Metrics

/// What a trial can tell whatever it finds, against what can be counted by hand.
@Suite("What a trial can tell, counted by hand")
struct TrialCapacityTests {
    /// Clinics of so many members with means and a spread of their own: enough for a correlation.
    private func baseline(_ count: Int, members: Double = 30) -> [ClusterMoments] {
        (0..<count).map { place in
            let mean = Double(place % 3) - 1
            return ClusterMoments(members: members, sum: members * mean, squares: members * (mean * mean + 25))
        }
    }

    private func capacity(_ strata: [TrialCapacity.Stratum], members: Double = 30) throws -> TrialCapacity {
        try TrialCapacity(
            strata: strata, baseline: baseline(strata.reduce(0) { $0 + $1.clinics }, members: members), isBinary: false)
    }

    @Test("3 against 3, three pairs, 34 pairs, 2 of 6, two strata of four, a clinic without a mate")
    func allocations() throws {
        typealias Stratum = TrialCapacity.Stratum
        let pair = Stratum(clinics: 2, treated: 1)
        let cases: [([Stratum], allocations: Double, p: Double, degrees: Double)] = [
            ([Stratum(clinics: 6, treated: 3)], 20, 0.1, 4),
            ([pair, pair, pair], 8, 0.25, 2),
            (Array(repeating: pair, count: 34), 17_179_869_184, 1 / 8_589_934_592, 33),
            ([Stratum(clinics: 6, treated: 2)], 15, 1.0 / 15, 4),
            ([Stratum(clinics: 4, treated: 2), Stratum(clinics: 4, treated: 2)], 36, 1.0 / 18, 5),
            ([pair, pair, pair, Stratum(clinics: 1, treated: 1)], 8, 0.25, 2),
        ]
        for (strata, allocations, p, degrees) in cases {
            let found = try capacity(strata)
            #expect(found.allocations == allocations && found.degrees == degrees)
            #expect(found.smallestP.isNear(p, within: 1e-15), "\(strata)")
        }
    }

    @Test("Sizes, correlation and the detectable difference by their formulas")
    func formulas() throws {
        let found = try capacity([.init(clinics: 6, treated: 3)])
        #expect(found.meanSize == 30 && found.sizeVariation == 0)
        // Means −1, 0, 1 twice: MSB = 30·4/5 = 24; MSW = 6·30·25/174.
        let (between, within) = (24.0, 4500.0 / 174)
        let correlation = (between - within) / (between + 29 * within)
        #expect(try #require(found.correlation).isNear(correlation, within: 1e-12))
        #expect(
            try #require(found.designEffect).isNear(1 + 29 * max(0, correlation), within: 1e-12)
                || found.designEffect == 1 + 29 * correlation)
        // Below 0 it plans as 0: σ² = 25 + 2/3, of each mean σ²/30, of the difference twice a third of that.
        let error = ((25 + 2.0 / 3) / 30 * 2 / 3).squareRoot()
        let expected = try TrialPlan(standardError: error, degrees: 4).detectableEffect()
        #expect(try #require(found.detectable).isNear(expected, within: 1e-12))
        let larger = try capacity([.init(clinics: 6, treated: 3)], members: 300)
        #expect(try #require(larger.detectable) < expected)
    }

    @Test("Of yes or no the spread is that of the share; without an arm, or without anybody, it says so")
    func edges() throws {
        let shares = [9.0, 12, 15, 9, 12, 15].map { ClusterMoments(members: 30, sum: $0, squares: $0) }
        let found = try TrialCapacity(strata: [.init(clinics: 6, treated: 3)], baseline: shares, isBinary: true)
        let rho = max(0, try #require(found.correlation))
        let variance = 0.4 * 0.6 * (rho + (1 - rho) / 30) * 2 / 3
        let expected = try TrialPlan(standardError: variance.squareRoot(), degrees: 4).detectableEffect()
        #expect(try #require(found.detectable).isNear(expected, within: 1e-12))
        #expect(throws: TrialFailure.emptyArm) {
            try TrialCapacity(strata: [.init(clinics: 6, treated: 6)], baseline: shares, isBinary: true)
        }
        #expect(throws: TrialFailure.noMeasurements) {
            try TrialCapacity(strata: [.init(clinics: 6, treated: 3)], baseline: [], isBinary: true)
        }
        // Everybody alike: no correlation, and nothing made from it.
        let alike = (0..<6).map { _ in ClusterMoments(members: 30, sum: 0, squares: 0) }
        let nothing = try TrialCapacity(strata: [.init(clinics: 6, treated: 3)], baseline: alike, isBinary: false)
        #expect(nothing.correlation == nil && nothing.detectable == nil && nothing.designEffect == nil)
        let two = try TrialCapacity(
            strata: [.init(clinics: 2, treated: 1)], baseline: Array(shares.prefix(2)), isBinary: true)
        #expect(two.degrees == 0 && two.detectable == nil && two.smallestP == 1)
    }
}
