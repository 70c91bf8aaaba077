import Testing

@testable import Metrics

/// How often tests of six clinics find an effect that is not there, at a nominal 5 %; 30 clients a clinic, a quarter of
/// them positive, correlation 0.05. The bands are those of 1,000 trials about the rates of oracle/sim_size.md.
@Suite("Six clinics without an effect")
struct FewClustersSizeTests {
    /// Positives of a clinic, drawn from Pólya's urn: beta-binomial.
    private static func positives(_ generator: inout SeededGenerator) -> Double {
        let (mean, others, members) = (0.25, 1 / 0.05 - 1, 30.0)
        var positive = 0.0
        for seen in 0..<Int(members) {
            let p = (mean * others + positive) / (others + Double(seen))
            positive += Double.random(in: 0..<1, using: &generator) < p ? 1 : 0
        }
        return positive
    }

    private enum Way: String, CaseIterable {
        case means, fayGraubard, kauermannCarroll, liangZegerNormal, wild, permutation
    }

    private static func p(_ way: Way, _ positives: [Double], _ generator: inout SeededGenerator) throws -> Double {
        let treated = [true, true, true, false, false, false]
        let clusters = zip(positives, treated).map { TrialCluster(value: $0 / 30, isTreated: $1) }
        // A row a clinic: all that the equations need where covariates do not vary within clinics.
        let data = try ClusteredObservations(
            clusters: Array(0..<6), covariates: [treated.map { $0 ? 1 : 0 }],
            outcomes: .counts(positives, of: Array(repeating: 30, count: 6)))
        switch way {
        case .means: return try ClusterComparison.difference(clusters).p
        case .fayGraubard: return try EstimatingEquations(data, .logistic).effect(of: 1).p
        case .kauermannCarroll: return try EstimatingEquations(data, .logistic).effect(of: 1, .kauermannCarroll).p
        case .liangZegerNormal:
            let test = try EstimatingEquations(data, .logistic).effect(of: 1, .liangZeger)
            return 2 * (Normal.lowerTail(-abs(test.statistic)) ?? .nan)
        case .wild: return try WildBootstrap(data, using: &generator).p
        case .permutation:
            return try PermutationTest(
                positives, Randomisation(isTreated: treated), using: &generator
            ).p
        }
    }

    @Test("Tests that are right for six clinics hold their level, the sandwich with a normal law does not")
    func levels() throws {
        var generator = SeededGenerator(seed: 20_130_612)
        var found: [Way: Double] = [:]
        var atTheFloor = 0.0
        for _ in 0..<1000 {
            let positives = (0..<6).map { _ in Self.positives(&generator) }
            for way in Way.allCases {
                let p = try Self.p(way, positives, &generator)
                found[way, default: 0] += p <= 0.05 ? 0.001 : 0
                if way == .permutation, p <= 0.1 + 1e-12 { atTheFloor += 0.001 }
            }
        }
        let rates = found.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
        print("Six clinics, no effect: \(rates), randomisation at 0.10: \(atTheFloor)")
        #expect(0.03...0.07 ~= found[.means] ?? 1)
        #expect(0.015...0.06 ~= found[.fayGraubard] ?? 1)
        #expect(0.03...0.075 ~= found[.kauermannCarroll] ?? 1)
        #expect(0.03...0.075 ~= found[.wild] ?? 1)
        #expect(0.14...0.24 ~= found[.liangZegerNormal] ?? 0)
        // Of 20 allocations none can have a p below 0.10, which it has in at most a tenth of trials.
        #expect(found[.permutation] == 0)
        #expect(0.07...0.13 ~= atTheFloor)
    }
}
