import Testing

@testable import Metrics

/// Trials at the edge of what can be told: a reason in the place of a number, and never a NaN.
@Suite("Trials at the edge of what can be told")
struct TrialBoundaryTests {
    private func record(
        _ arms: [Bool], strata: [Int]? = nil, binary: Bool = false, members: Int = 6,
        _ outcome: (_ clinic: Int, _ member: Int, _ visit: Int) -> Double?
    ) throws -> TrialRecord {
        try TrialRecord(
            clinics: arms.enumerated().map { .init(isTreated: $1, stratum: strata?[$0] ?? 0) }, visits: [0, 3],
            isBinary: binary,
            participants: arms.indices.flatMap { clinic in
                (0..<members).map { member in
                    .init(clinic: clinic, outcomes: [outcome(clinic, member, 0), outcome(clinic, member, 1)])
                }
            })
    }

    private let sixArms = [true, false, true, false, true, false]
    /// Digits without a pattern.
    private func noise(_ a: Int, _ b: Int, _ c: Int) -> Double {
        Double((a * 7919 + b * 104_729 + c * 1_299_709) % 97) / 10
    }

    /// Every number that an analysis gives is one.
    private func expectHonest(_ record: TrialRecord) throws -> [TrialMethod: TrialFailure] {
        var failures: [TrialMethod: TrialFailure] = [:]
        for adjusts in [true, false] {
            let analysis = try TrialAnalysis(record, adjustsForBaseline: adjusts)
            for method in TrialMethod.all(binary: record.isBinary) {
                switch analysis.effect(method) {
                case .failure(let reason): if adjusts { failures[method] = reason }
                case .success(let effect):
                    let numbers = [
                        effect.estimate, effect.lower, effect.upper, effect.p, effect.standardError, effect.degrees,
                    ]
                    #expect(numbers.allSatisfy { $0?.isFinite ?? true }, "\(method)")
                    #expect(effect.p.map { (0...1).contains($0) } ?? true, "\(method)")
                    if let low = effect.lower { #expect(low <= effect.estimate, "\(method)") }
                    if let high = effect.upper { #expect(effect.estimate <= high, "\(method)") }
                }
            }
            for change in analysis.clinicChanges() {
                #expect(change.change.isFinite && (change.deviation ?? 0).isFinite)
                #expect(change.interval.map { $0.lower.isFinite && $0.upper.isFinite } ?? true)
            }
            _ = analysis.tippingPoint(.twoStage, most: 10)
        }
        return failures
    }

    @Test("Everybody alike at every visit: nothing varies, and every method says why it has no number")
    func constant() throws {
        let failures = try expectHonest(record(sixArms) { _, _, _ in 30 })
        #expect(failures.count == TrialMethod.all(binary: false).count)
        let arms = try expectHonest(record(sixArms) { clinic, _, visit in visit == 1 && clinic % 2 == 0 ? 35 : 30 })
        #expect(arms[.twoStage] != nil && arms[.mixedModel] != nil)
    }

    @Test("Baseline alike for everybody says nothing and is no covariate")
    func alikeAtBaseline() throws {
        let failures = try expectHonest(
            record(sixArms) { clinic, member, visit in
                visit == 0 ? 30 : noise(clinic, member, visit)
            })
        #expect(failures[.twoStage] == .dependentColumns)
    }

    @Test("One clinic an arm: nobody can tell the arm from the clinic")
    func oneClinicAnArm() throws {
        let failures = try expectHonest(record([true, false], members: 40, noise))
        // Signs and allocations can be counted all the same; they give no p below a half.
        for method in TrialMethod.all(binary: false) where ![.permutation, .wildBootstrap].contains(method) {
            #expect(failures[method] == .tooFewClusters, "\(method): \(String(describing: failures[method]))")
        }
        let answers = try expectHonest(
            record([true, false], binary: true, members: 40) { noise($0, $1, $2) > 5 ? 1 : 0 })
        #expect(answers[.logisticMixedModel] == .tooFewClusters && answers[.twoStage] == .tooFewClusters)
    }

    @Test("One participant a clinic, clinics of one and of many, two visits alike")
    func few() throws {
        _ = try expectHonest(record(sixArms, members: 1, noise))
        let record = try record(sixArms, noise)
        _ = try expectHonest(
            record.with(record.participants.enumerated().filter { $1.clinic != 2 || $0 % 6 == 0 }.map(\.1)))
        _ = try expectHonest(self.record(sixArms) { clinic, member, _ in noise(clinic, member, 0) })
    }

    @Test("Nobody yes, everybody yes, an arm without one: what has no bound is not put in a number")
    func answers() throws {
        for value in [0.0, 1] {
            let failures = try expectHonest(
                record(sixArms, binary: true) { _, member, visit in
                    visit == 1 ? value : Double(member % 2)
                })
            for method in [TrialMethod.twoStage, .twoStageRatio, .permutation, .welch, .logisticMixedModel] {
                #expect(failures[method] == .noEvents, "\(method): \(String(describing: failures[method]))")
            }
        }
        let failures = try expectHonest(
            record(sixArms, binary: true) { clinic, member, visit in
                visit == 0 ? Double(member % 2) : clinic % 2 == 0 ? 0 : noise(clinic, member, visit) > 4 ? 1 : 0
            })
        #expect(failures[.logisticMixedModel] == .separated && failures[.logisticOddsRatio] == .separated)
        #expect(failures[.twoStage] == nil)
    }

    @Test("Nobody measured at the visit, or nobody who was there before")
    func absent() throws {
        let later = try record(sixArms) { clinic, member, visit in visit == 0 ? nil : noise(clinic, member, visit) }
        let analysis = try TrialAnalysis(later)
        for method in TrialMethod.all(binary: false) { #expect(analysis.effect(method).failure == .noMeasurements) }
        #expect(analysis.clinicChanges().isEmpty)
        #expect(try TrialAnalysis(later, adjustsForBaseline: false).effect(.twoStage).get().participants == 36)
        let arm = try record(sixArms) { clinic, member, visit in
            clinic % 2 == 0 && visit == 1 ? nil : noise(clinic, member, visit)
        }
        #expect(try expectHonest(arm)[.twoStage] == .emptyArm)
    }

    @Test("Numbers at the end of the range: no infinity leaves", arguments: [1e-200, 1e17, 1e150, 1e300])
    func range(scale: Double) throws {
        _ = try expectHonest(record(sixArms) { scale * (noise($0, $1, $2) - 5) })
    }

    @Test("Numbers that are none, clinics that do not exist, lengths that do not agree")
    func misshapen() throws {
        let clinics = [TrialRecord.Clinic(isTreated: true), .init(isTreated: false)]
        let whole = TrialRecord.Participant(clinic: 0, outcomes: [1, 2])
        for (other, binary) in [
            (TrialRecord.Participant(clinic: 2, outcomes: [1, 2]), false), (.init(clinic: 0, outcomes: [1]), false),
            (.init(clinic: 0, outcomes: [.nan, 1]), false),
            (.init(clinic: 0, outcomes: [1, 2], covariates: [1]), false),
            (.init(clinic: 1, outcomes: [1, 0]), true),
        ] {
            #expect(throws: TrialFailure.misshapen) {
                try TrialRecord(clinics: clinics, visits: [0, 3], isBinary: binary, participants: [whole, other])
            }
        }
        #expect(throws: TrialFailure.misshapen) {
            try TrialRecord(clinics: clinics, visits: [3, 0], isBinary: false, participants: [whole])
        }
    }

    @Test("Clinics that do not differ: their variance is 0, and it is said")
    func noClinicVariance() throws {
        // Each clinic has the numbers 0 to 7 at each visit, in an order of its own.
        let record = try record(sixArms, members: 8) { clinic, member, visit in
            Double((member * (2 * clinic + 1 + 2 * visit) + clinic) % 8) + (clinic % 2 == 0 && visit == 1 ? 1 : 0)
        }
        let effect = try TrialAnalysis(record).effect(.mixedModel).get()
        #expect(effect.notes.contains(.clinicsAlike) && (effect.degrees ?? 9) <= 4)
    }
}
