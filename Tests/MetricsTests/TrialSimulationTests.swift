import Testing

@testable import Metrics

/// Trials drawn again and again. The sizes of six clinics are those of R (lme4 1.1-31, lmerTest, pbkrtest; 2,000 null sets of
/// 30 clients a clinic, ICC 0.05; docs/operating-characteristics.md).
@Suite("Simulated trials")
struct TrialSimulationTests {
    private static func design(_ clinics: Int = 6, visits: Int = 1, correlation: Double = 0.05) -> SimulatedDesign {
        var design = SimulatedDesign(clinics: clinics, correlation: correlation)
        design.visits = visits
        return design
    }

    private static func found(
        _ design: SimulatedDesign, sets: Int, seed: UInt64 = 20_130_612, tasks: Int = 2
    ) async throws -> [SimulatedMethod: OperatingCharacteristics] {
        let all = try await TrialSimulation(design, sets: sets, seed: seed).characteristics(tasks: tasks)
        return Dictionary(uniqueKeysWithValues: all.map { ($0.method, $0) })
    }

    @Test("Plain methods have the sizes that R found, and the interval says what p says")
    func sizes() async throws {
        let found = try await Self.found(Self.design(), sets: 400)
        let known: [PlainMethod: Double] = [
            .leastSquares: 0.214, .wald: 0.102, .satterthwaite: 0.053, .kenwardRoger: 0.030, .clusterMeans: 0.051,
        ]
        for (method, size) in known {
            let own = try #require(found[.plain(method)])
            let rejected = try #require(own.rejected)
            // Four errors of 400 sets and of R's 2,000.
            let band = 4 * (size * (1 - size) * (1 / 400 + 1 / 2000)).squareRoot()
            #expect(abs(rejected.value - size) < band, "\(method): \(rejected.value)")
            #expect(abs(rejected.value + (own.covered?.value ?? 0) - 1) < 1e-12)
            #expect(own.failed == 0)
        }
        // Of 20 allocations none has a p below 0.1.
        #expect(found[.trial(.permutation)]?.rejected?.value == 0)
        #expect(found[.trial(.mixedModel)] == nil)
    }

    @Test("The same seed gives the same figures on any number of processors, another seed others")
    func reproducible() async throws {
        let design = Self.design(visits: 2)
        let one = try await Self.found(design, sets: 12, tasks: 1)
        #expect(try await Self.found(design, sets: 12, tasks: 1) == one)
        #expect(try await Self.found(design, sets: 12, tasks: 5) == one)
        #expect(try await Self.found(design, sets: 12, tasks: 50) == one)
        #expect(try await Self.found(design, sets: 12, seed: 1, tasks: 1) != one)
    }

    @Test("An effect is found without bias by every method for scores, more often than where there is none")
    func power() async throws {
        var design = Self.design(12, visits: 3)
        (design.isPaired, design.pairCorrelation, design.sizeVariation) = (true, 0.5, 0.4)
        design.effect = 0.6
        let found = try await Self.found(design, sets: 40)
        #expect(found.count == PlainMethod.allCases.count + TrialMethod.all(binary: false).count)
        for (method, own) in found {
            let bias = try #require(own.bias, "\(method)")
            #expect(abs(bias.value) < 4 * bias.error, "\(method): \(bias)")
            #expect(try #require(own.rejected).value > 0.2, "\(method)")
            #expect(try #require(own.covered).value > 0.6, "\(method)")
            #expect(own.sets == 40)
        }
    }

    @Test("Positives are beta-binomial with the correlation asked for, and clinics' sizes vary as asked")
    func binary() throws {
        var design = Self.design(400, correlation: 0.1)
        (design.outcome, design.size, design.sizeVariation) = (.binary(share: 0.25), 50, 0.5)
        design.effect = 0.2
        var draws = SplitMix(seed: 27, set: 0)
        let record = try design.trial(using: &draws)
        for isTreated in [true, false] {
            let mean = isTreated ? 0.45 : 0.25
            let clinics = record.clinics.indices.filter { record.clinics[$0].isTreated == isTreated }
            let own = clinics.map { clinic in
                record.participants.filter { $0.clinic == clinic }.map { $0.outcomes[0] ?? 0 }
            }
            let sizes = own.map { Double($0.count) }
            let total = sizes.reduce(0, +)
            #expect(abs(total / 200 - 50) < 6)
            let variation = sizes.reduce(0) { $0 + ($1 - 50) * ($1 - 50) } / 200
            #expect(abs(variation.squareRoot() / 50 - 0.5) < 0.12)
            #expect(abs(own.joined().reduce(0, +) / total - mean) < 0.04)
            let moments = zip(own, sizes).map { ClusterMoments.count($0.reduce(0, +), of: $1) }
            #expect(abs(try IntraclassCorrelation(moments).value - 0.1) < 0.035)
        }
    }

    @Test("Visits resemble one another as asked")
    func autocorrelation() throws {
        var design = Self.design(2000, visits: 2, correlation: 0.5)
        (design.size, design.clinicAutocorrelation, design.clientAutocorrelation) = (1, 0.9, 0.3)
        var draws = SplitMix(seed: 27, set: 1)
        let record = try design.trial(using: &draws)
        let products = record.participants.map { ($0.outcomes[0] ?? 0) * ($0.outcomes[1] ?? 0) }
        // 0.5 · 0.9 + 0.5 · 0.3, with an error of 0.026.
        #expect(abs(products.reduce(0, +) / 2000 - 0.6) < 0.1)
    }

    @Test("Data sets without an estimate are counted with the reason, not passed over")
    func failures() async throws {
        var design = Self.design()
        (design.outcome, design.size) = (.binary(share: 0.01), 5)
        let found = try await Self.found(design, sets: 50)
        let own = try #require(found[.trial(.twoStage)])
        #expect(own.failures[.noEvents, default: 0] > 20)
        #expect(own.failed < 50)
        #expect(try #require(own.rejected).error > 0 || own.rejected?.value == 0)
    }

    @Test("An odds ratio within a clinic has no true value where shares differ, a ratio of shares has one")
    func truth() throws {
        var design = Self.design()
        design.outcome = .binary(share: 0.2)
        #expect(SimulatedMethod.trial(.logisticOddsRatio).truth(design) == 0)
        design.effect = 0.1
        #expect(SimulatedMethod.trial(.logisticOddsRatio).truth(design) == nil)
        #expect(abs((SimulatedMethod.trial(.twoStageRatio).truth(design) ?? 0) - 0.405465108108164) < 1e-12)
        #expect(SimulatedMethod.trial(.twoStage).truth(design) == 0.1)
    }

    @Test(
        "What cannot be drawn is refused",
        arguments: [
            { $0.clinics = 3 }, { ($0.clinics, $0.isPaired) = (7, true) }, { $0.correlation = 1 },
            { $0.correlation = -0.1 }, { $0.visits = 0 }, { $0.size = 0 }, { $0.sizeVariation = .nan },
            { ($0.outcome, $0.effect) = (.binary(share: 0.9), 0.1) }, { $0.pairCorrelation = 1.5 },
            { $0.effect = .infinity },
        ] as [@Sendable (inout SimulatedDesign) -> Void])
    func impossible(_ change: @Sendable (inout SimulatedDesign) -> Void) {
        var design = Self.design()
        #expect(design.isPossible)
        change(&design)
        #expect(throws: TrialFailure.misshapen) { try TrialSimulation(design, sets: 10, seed: 1) }
    }
}
