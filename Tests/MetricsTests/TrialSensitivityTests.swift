import Testing

@testable import Metrics

/// What the effect would be if something were otherwise.
@Suite("A trial's effect if something were otherwise")
struct TrialSensitivityTests {
    private func record(_ seed: UInt64, binary: Bool = false, effect: Double = 4) throws -> TrialRecord {
        var generator = SeededGenerator(seed: seed)
        return try generator.record(clinics: 10, members: 20...30, binary: binary, effect: effect)
    }

    @Test("The missing counted as yes, against the record filled by hand")
    func missingAsYes() throws {
        let record = try record(31, binary: true)
        let filled = try record.with(
            record.participants.map { who in
                var outcomes = who.outcomes
                if outcomes[0] != nil, outcomes[3] == nil { outcomes[3] = 1 }
                return .init(clinic: who.clinic, outcomes: outcomes, covariates: who.covariates)
            })
        let analysis = try TrialAnalysis(record)
        for method in TrialMethod.all(binary: true) {
            #expect(try analysis.effect(method, missing: .countsAsYes) == TrialAnalysis(filled).effect(method))
        }
        let effects = try (analysis.effect(.twoStage).get(), analysis.effect(.twoStage, missing: .countsAsYes).get())
        #expect(effects.1.participants > effects.0.participants)
        #expect(try analysis.effect(.twoStage, missing: .leftOut).get() == effects.0)
        // Who was not there at baseline is not counted in.
        #expect(effects.1.participants == record.participants.count { $0.outcomes[0] != nil })
    }

    @Test("A shift of the missing, against the record filled by hand")
    func shifted() throws {
        let record = try record(32)
        func mean(_ isTreated: Bool) -> Double {
            let own = record.participants.filter { record.clinics[$0.clinic].isTreated == isTreated }
                .compactMap { $0.outcomes[3] }
            return own.reduce(0, +) / Double(own.count)
        }
        let means = [true: mean(true) - 2.5, false: mean(false)]
        let filled = try record.with(
            record.participants.map { who in
                var outcomes = who.outcomes
                if outcomes[0] != nil, outcomes[3] == nil {
                    outcomes[3] = means[record.clinics[who.clinic].isTreated]
                }
                return .init(clinic: who.clinic, outcomes: outcomes, covariates: who.covariates)
            })
        let (one, other) = try (
            TrialAnalysis(record).effect(.twoStage, missing: .shifted(-2.5)).get(),
            TrialAnalysis(filled).effect(.twoStage).get()
        )
        #expect(one.estimate.isNear(other.estimate, within: 1e-12) && one.participants == other.participants)
    }

    @Test(
        "The tipping point tips: the interval holds no effect there, and just before it does not", arguments: [4.0, -4])
    func tipping(effect: Double) throws {
        let analysis = try TrialAnalysis(record(33, effect: effect))
        for method in [TrialMethod.twoStage, .mixedModel, .estimatingEquations] {
            guard case .shift(let shift) = analysis.tippingPoint(method, most: 200) else {
                Issue.record("\(method): \(analysis.tippingPoint(method, most: 200))")
                continue
            }
            #expect(effect > 0 ? shift < 0 : shift > 0)
            #expect(try !analysis.effect(method, missing: .shifted(shift)).get().isClear)
            #expect(
                try analysis.effect(method, missing: .shifted(shift * (1 - 1e-3) + (effect > 0 ? 0.03 : -0.03))).get()
                    .isClear)
        }
        #expect(analysis.tippingPoint(.twoStage, most: 1e-3) == .none)
    }

    @Test("Where nothing can tip, the reason is told")
    func noTipping() throws {
        let unclear = try TrialAnalysis(record(34, effect: 0))
        #expect(unclear.tippingPoint(.twoStage, most: 100) == .unclear)
        let clear = try record(33)
        let whole = try clear.with(clear.participants.filter { $0.outcomes[0] == nil || $0.outcomes[3] != nil })
        #expect(try TrialAnalysis(whole).tippingPoint(.twoStage, most: 100) == .nobodyMissing)
        #expect(try TrialAnalysis(clear).tippingPoint(.twoStageRatio, most: 100) == .notEstimable(.otherScale))
    }

    @Test("Of shares only such as there can be: the missing cannot fare worse than all or none")
    func shares() throws {
        let analysis = try TrialAnalysis(record(35, binary: true, effect: -4))
        let planned = try analysis.effect(.twoStage).get()
        #expect(planned.isClear && !planned.isMore)
        guard case .shift(let shift) = analysis.tippingPoint(.twoStage, most: 100) else {
            let all = try analysis.effect(.twoStage, missing: .shifted(1)).get()
            #expect(all.isClear && analysis.tippingPoint(.twoStage, most: 100) == .none)
            return
        }
        #expect(shift > 0 && shift < 1)
        for method in [TrialMethod.logisticMixedModel, .logisticOddsRatio, .twoStageRatio] {
            guard case .success(let effect) = analysis.effect(method), effect.isClear else { continue }
            #expect(analysis.tippingPoint(method, most: 1) == .notEstimable(.otherScale))
        }
    }

    @Test("Without each clinic, against the record without it; of pairs its mate tells nothing more")
    func leaveOneOut() throws {
        let record = try record(36)
        let without = try TrialAnalysis(record).withoutEach(.twoStage)
        #expect(without.count == 10)
        for (place, result) in without.enumerated() {
            let others = record.clinics.indices.filter { $0 != place }
            let smaller = try TrialRecord(
                clinics: others.map { record.clinics[$0] }, visits: record.visits, isBinary: false,
                participants: record.participants.compactMap { who in
                    others.firstIndex(of: who.clinic).map {
                        .init(clinic: $0, outcomes: who.outcomes, covariates: who.covariates)
                    }
                })
            let (one, other) = try (result.get(), TrialAnalysis(smaller).effect(.twoStage).get())
            #expect(one.estimate.isNear(other.estimate) && one.degrees == 7 && one.clinics == 9)
        }
        var generator = SeededGenerator(seed: 37)
        let paired = try generator.record(clinics: 10, strata: 5, members: 20...30)
        let analysis = try TrialAnalysis(paired)
        for method in [TrialMethod.twoStage, .permutation] {
            let broken = try analysis.withoutEach(method).map { try $0.get() }
            for effect in broken { #expect(effect.degrees ?? 3 == 3) }
            if method == .permutation { #expect(broken.allSatisfy { effect in effect.p.map { $0 >= 0.125 } ?? false }) }
        }
    }
}
