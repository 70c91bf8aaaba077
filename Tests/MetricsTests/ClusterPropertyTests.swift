import Testing

@testable import Metrics

/// What must hold of comparisons clinic by clinic, whatever the data.
@Suite("Arms compared clinic by clinic: what must hold")
struct ClusterPropertyTests {
    private static func clusters(_ generator: inout SeededGenerator, strata: Int = 1) -> [TrialCluster] {
        (0..<strata).flatMap { stratum in
            let count = Int.random(in: 4...8, using: &generator)
            return (0..<count).map { place in
                TrialCluster(
                    value: Double.random(in: -3...3, using: &generator), isTreated: place % 2 == 0 || place == 1,
                    stratum: stratum, covariates: [Double.random(in: 0...1, using: &generator)])
            }
        }
    }

    private static func changed(
        _ clusters: [TrialCluster], _ change: (TrialCluster) -> Double
    ) -> [TrialCluster] {
        clusters.map {
            TrialCluster(
                value: change($0), isTreated: $0.isTreated, stratum: $0.stratum, covariates: $0.covariates)
        }
    }

    private static func permutation(_ clusters: [TrialCluster], seed: UInt64 = 1) throws -> PermutationTest {
        var generator = SeededGenerator(seed: seed)
        return try PermutationTest(
            clusters.map(\.value),
            Randomisation(isTreated: clusters.map(\.isTreated), strata: clusters.map(\.stratum)), using: &generator)
    }

    @Test("Order, shift and scale change only what they should", arguments: 1...20)
    func invariances(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let clusters = Self.clusters(&generator, strata: seed % 3 + 1)
        let (test, drawn) = (try ClusterComparison.difference(clusters), try Self.permutation(clusters))
        let shuffled = clusters.shuffled(using: &generator)
        let again = try ClusterComparison.difference(shuffled)
        #expect(again.estimate.isNear(test.estimate) && again.p.isNear(test.p, within: 1e-9))
        #expect(try Self.permutation(shuffled).p == drawn.p)

        let moved = Self.changed(clusters) { 7 * $0.value + 40 }
        let seven = try ClusterComparison.difference(moved)
        #expect(seven.estimate.isNear(7 * test.estimate) && seven.p.isNear(test.p, within: 1e-9))
        #expect(seven.interval.lower.isNear(7 * test.interval.lower, within: 1e-9))
        #expect(try Self.permutation(moved).p == drawn.p)

        // Taking an effect from the treated clinics takes it from the effect.
        let lowered = Self.changed(clusters) { $0.value - ($0.isTreated ? 1.5 : 0) }
        #expect(try ClusterComparison.difference(lowered).estimate.isNear(test.estimate - 1.5))
        #expect(try Self.permutation(lowered).difference.isNear(drawn.difference - 1.5))
    }

    @Test("Arms exchanged: the same test with the other sign", arguments: 1...10)
    func mirrored(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(100 + seed))
        let clusters = Self.clusters(&generator, strata: 2)
        let other = clusters.map {
            TrialCluster(value: $0.value, isTreated: !$0.isTreated, stratum: $0.stratum, covariates: $0.covariates)
        }
        let (one, two) = (try Self.permutation(clusters), try Self.permutation(other))
        #expect(one.difference.isNear(-two.difference) && one.p == two.p && one.upperP == two.lowerP)
        #expect(try RankSum(clusters).p == RankSum(other).p)
        let tests = try [clusters, other].map { try ClusterComparison.welch($0) }
        #expect(tests[0].estimate.isNear(-tests[1].estimate) && tests[0].p.isNear(tests[1].p))
    }

    @Test("Clinics counted without covariates and strata give the textbook's t, paired ones the paired t")
    func textbook() throws {
        let values: [Double] = [4, 6, 5, 1, 3, 2]
        let clusters = values.enumerated().map { TrialCluster(value: $1, isTreated: $0 < 3) }
        let test = try ClusterComparison.difference(clusters)
        #expect(test.estimate == 3 && test.degrees == 4)
        #expect(test.standardError.isNear((2.0 / 3).squareRoot()))
        // Pairs differ by 3, 2 and 3.
        let matched: [Double] = [4, 6, 5, 1, 4, 2]
        let paired = try ClusterComparison.difference(
            matched.enumerated().map { TrialCluster(value: $1, isTreated: $0 < 3, stratum: $0 % 3) })
        #expect(paired.estimate.isNear(8.0 / 3) && paired.standardError.isNear(1.0 / 3) && paired.degrees == 2)
    }

    /// Limits by searching along effects for those that a test of shifted values does not reject.
    private static func searched(_ clusters: [TrialCluster], _ test: PermutationTest, level: Double) throws -> Bool {
        let limits = try test.limits(level: level)
        func p(at effect: Double) throws -> Double {
            try permutation(changed(clusters) { $0.value - ($0.isTreated ? effect : 0) }).p
        }
        func isRejected(_ effect: Double) throws -> Bool { try p(at: effect) <= 1 - level + 1e-9 }
        if let upper = limits.upper {
            guard try !isRejected(upper - 1e-6), try isRejected(upper + 1e-6) else { return false }
        } else {
            guard try !isRejected(1e6) else { return false }
        }
        if let lower = limits.lower {
            guard try !isRejected(lower + 1e-6), try isRejected(lower - 1e-6) else { return false }
        } else {
            guard try !isRejected(-1e6) else { return false }
        }
        return true
    }

    @Test("The limits are where the test of shifted values changes its mind", arguments: 1...15)
    func inversion(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(200 + seed))
        let clusters = Self.clusters(&generator, strata: seed % 2 + 1)
        let test = try Self.permutation(clusters)
        for level in [0.5, 0.8, 0.95] { #expect(try Self.searched(clusters, test, level: level)) }
    }

    @Test("Beyond a million allocations a seeded sample stands in, and says so")
    func sampled() throws {
        var generator = SeededGenerator(seed: 9)
        let clusters = (0..<30).map {
            TrialCluster(value: Double.random(in: 0...1, using: &generator) + ($0 < 15 ? 0.2 : 0), isTreated: $0 < 15)
        }
        let (one, two) = (try Self.permutation(clusters, seed: 3), try Self.permutation(clusters, seed: 3))
        #expect(!one.isExact && one == two && one.differences.count == 100_000)
        #expect(one.p >= one.smallestP)
        let exact = try ClusterComparison.difference(clusters)
        #expect(abs(one.p - exact.p) < 0.02, "\(one.p) against the t test's \(exact.p)")
        let limits = try one.limits(level: 0.95)
        #expect(abs(try #require(limits.lower) - exact.interval.lower) < 0.03)
    }

    @Test("A constrained randomisation is tested within its list")
    func constrained() throws {
        let actual = [true, true, false, false]
        let list = [actual, [false, false, true, true], [true, false, true, false]]
        let randomisation = try Randomisation(isTreated: actual, acceptable: list)
        var generator = SeededGenerator(seed: 1)
        let test = try PermutationTest([5, 4, 1, 0], randomisation, using: &generator)
        #expect(test.p == 2.0 / 3 && test.smallestP == 2.0 / 3 && test.differences.count == 3)
        #expect(throws: ClusterFailure.notAllowed) {
            try Randomisation(isTreated: actual, acceptable: Array(list.dropFirst()))
        }
    }

    @Test("Ranks with ties: the exact law over all allocations")
    func tiedRanks() throws {
        let clusters = zip([1.0, 2, 2, 2, 3, 5, 5], [false, true, false, true, false, true, true]).map {
            TrialCluster(value: $0, isTreated: $1)
        }
        let test = try RankSum(clusters)
        // By hand over C(7, 4): midranks 1, 3, 3, 3, 5, 6.5, 6.5.
        let ranks: [Double] = [1, 3, 3, 3, 5, 6.5, 6.5]
        let sums = (0..<128).filter { $0.nonzeroBitCount == 4 }.map { mask in
            ranks.indices.reduce(0) { $0 + (mask >> $1 & 1 == 1 ? ranks[$1] : 0) }
        }
        let own = 3 + 3 + 6.5 + 6.5
        #expect(test.statistic == own - 10)
        let tails = [sums.count { $0 >= own }, sums.count { $0 <= own }].map { Double($0) / Double(sums.count) }
        #expect(test.p.isNear(min(1, 2 * (tails.min() ?? 1))))
    }

    @Test("What cannot be estimated says why")
    func failures() throws {
        let value: [TrialCluster] = [.init(value: 1, isTreated: true), .init(value: 2, isTreated: false)]
        #expect(throws: ClusterFailure.tooFewClusters) { try ClusterComparison.difference(value) }
        #expect(throws: ClusterFailure.tooFewClusters) { try ClusterComparison.difference([]) }
        #expect(throws: ClusterFailure.tooFewClusters) { try ClusterComparison.welch(value) }
        let oneArm = (0..<4).map { TrialCluster(value: Double($0), isTreated: true) }
        #expect(throws: ClusterFailure.emptyArm) { try ClusterComparison.difference(oneArm) }
        #expect(throws: ClusterFailure.emptyArm) { try RankSum(oneArm) }
        #expect(throws: ClusterFailure.emptyArm) { try Randomisation(isTreated: [true, true]) }
        let same = (0..<6).map { TrialCluster(value: 0.1 + 0.2, isTreated: $0 < 3) }
        #expect(throws: ClusterFailure.noVariation) { try ClusterComparison.difference(same) }
        #expect(throws: ClusterFailure.noVariation) { try ClusterComparison.welch(same) }
        #expect(throws: ClusterFailure.noVariation) { try Self.permutation(same) }
        let odd = (0..<6).map { TrialCluster(value: $0 == 2 ? .nan : 1, isTreated: $0 < 3) }
        #expect(throws: ClusterFailure.misshapen) { try ClusterComparison.difference(odd) }
        let twice = (0..<6).map {
            TrialCluster(value: Double($0 * $0), isTreated: $0 < 3, covariates: [$0 < 3 ? 1 : 0])
        }
        #expect(throws: ClusterFailure.dependentColumns) { try ClusterComparison.difference(twice) }
        #expect(throws: ClusterFailure.invalidLevel) {
            try ClusterComparison.difference((0..<6).map { .init(value: Double($0), isTreated: $0 < 3) }, level: 1)
        }
    }

    @Test("Huge and tiny values end in a number or a reason, never in no number")
    func hostile() throws {
        for scale in [1e-300, 1e-200, 1e-30, 1e30, 1e150, 1e200, 1e307] {
            let clusters = [3.0, 1, 4, 1, 5, 9, 2].enumerated().map {
                TrialCluster(value: $1 * scale, isTreated: $0 % 2 == 0)
            }
            var generator = SeededGenerator(seed: 2)
            let tests = [
                Result { try ClusterComparison.difference(clusters) }, Result { try ClusterComparison.welch(clusters) },
            ]
            for case .success(let test) in tests {
                let numbers = [test.estimate, test.standardError, test.p, test.interval.lower, test.interval.upper]
                #expect(numbers.allSatisfy(\.isFinite) && (0...1).contains(test.p), "\(scale)")
            }
            if let drawn = try? Self.permutation(clusters) {
                #expect(drawn.differences.allSatisfy(\.isFinite) && drawn.p > 0 && drawn.p <= 1, "\(scale)")
            }
            if let bootstrap = try? ClusterBootstrap(clusters, using: &generator) {
                #expect(bootstrap.standardDeviation.isFinite && bootstrap.mean.isFinite, "\(scale)")
            }
        }
    }
}
