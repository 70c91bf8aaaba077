import Testing

@testable import Metrics

/// Every method of a trial against the case of R that it stands on. Skipped in a clone without ../shared/oracle.
@Suite("A trial's effect by every method against R's trial", .enabled(if: Reference.hasOracle))
struct TrialEffectOracleTests {
    private func agreement(_ id: String) throws -> (JSON, Agreement) {
        let (value, tolerance) = try Reference.oracle("trial_cluster", id)
        return (value, Agreement(with: "trial_cluster.\(id) by a whole trial", within: tolerance))
    }

    @Test("Two stages, with baseline and without; Welch's")
    func twoStages() throws {
        let record = try TrialRecord(oracle: "trial.csv", "score")
        for (id, adjusts, method) in [
            ("cl.ttest.adjusted", true, TrialMethod.twoStage), ("cl.ttest.unadjusted", false, .twoStage),
            ("cl.ttest.welch", false, .welch),
        ] {
            let effect = try TrialAnalysis(record, adjustsForBaseline: adjusts).effect(method).get()
            var (value, agreement) = try agreement(id)
            for (got, name) in [
                (effect.estimate, "diff"), (effect.standardError, "se"), (effect.degrees, "df"), (effect.p, "p"),
                (effect.lower, "lo"), (effect.upper, "hi"),
            ] {
                if let expected = value[name].number { agreement.expect(got, expected, name) }
            }
            #expect(agreement.compared >= 4 && effect.clinics == 6 && effect.participants <= 145)
            agreement.conclude()
        }
    }

    @Test("Randomisation: p of the 20 allocations, with the smallest that there is said; pairs; the interval at 90 %")
    func randomisation() throws {
        let record = try TrialRecord(oracle: "trial.csv", "score")
        let analysis = try TrialAnalysis(record, level: 0.9)
        let effect = try analysis.effect(.permutation).get()
        var (value, all) = try agreement("perm.adjusted9")
        all.expect([effect.estimate, effect.p], [value["observed"].number, value["p_two_sided"].number])
        all.conclude()
        var (limits, ninety) = try agreement("perm.ci90")
        ninety.expect([effect.lower, effect.upper], [limits["lower"].number, limits["upper"].number])
        ninety.conclude()
        let unlimited = try TrialAnalysis(record).effect(.permutation).get()
        #expect(unlimited.lower == nil && unlimited.upper == nil && unlimited.notes == [.unbounded])
        #expect(!unlimited.isClear)

        // The pairs of `perm.matched` are K1 and K2, and so on, odd less even whatever the arms.
        let paired = try TrialRecord(
            clinics: (0..<6).map { TrialRecord.Clinic(isTreated: $0 % 2 == 0, stratum: $0 / 2) },
            visits: record.visits, isBinary: false, participants: record.participants)
        let signs = try TrialAnalysis(paired).effect(.permutation).get()
        var (matched, pairs) = try agreement("perm.matched")
        pairs.expect([signs.estimate, signs.p], [matched["observed"].number, matched["p_two_sided"].number])
        pairs.conclude()
    }

    @Test("The wild bootstrap of all 64 signs")
    func wild() throws {
        let effect = try TrialAnalysis(TrialRecord(oracle: "trial.csv", "score")).effect(.wildBootstrap).get()
        var (value, agreement) = try agreement("wild.enumerated")
        agreement.expect(effect.estimate, value["beta"].number, "estimate")
        agreement.expect(effect.p, value["p_symmetric_ge"].number, "p")
        agreement.expect(effect.standardError.map { effect.estimate / $0 }, value["t"].number, "t")
        agreement.conclude()
    }

    @Test("Mixed models: the contrast at nine months, degrees held at what six clinics allow")
    func mixed() throws {
        let record = try TrialRecord(oracle: "trial.csv", "score")
        let analysis = try TrialAnalysis(record)
        let cases: [(TrialMethod, String, row: Int, error: String, degrees: String, most: Double)] = [
            (.mixedModel, "lmm.ancova.contrasts", 2, "se_kr", "df_kr", 4),
            (.mixedModelBaseline, "lmm.clda.kr", 6, "se_kr", "df", 4),
            (.mixedModelPublished, "lmm.main.contrasts", 4, "se", "df_satt", 12),
        ]
        for (method, id, row, error, degrees, most) in cases {
            let effect = try analysis.effect(method).get()
            let (value, tolerance) = try Reference.oracle("trial_lmm", id)
            var agreement = Agreement(with: "trial_lmm.\(id) by a whole trial", within: tolerance)
            agreement.expect(effect.estimate, value["est"].column[row], "estimate")
            agreement.expect(effect.standardError, value[error].column[row], "error")
            let expected = try #require(value[degrees].column[row])
            agreement.expect(effect.degrees, min(expected, most), "degrees")
            let tail = StudentT.lowerTail(
                -abs(effect.estimate / (effect.standardError ?? 0)), degrees: min(expected, most))
            agreement.expect(effect.p, tail.map { 2 * $0 }, "p")
            agreement.conclude()
            #expect(effect.notes.contains(.degreesHeld) == (expected > most))
            #expect(try #require(effect.search).remaining < 1e-6)
        }
        // Unadjusted: arms at nine months, baseline one visit among others.
        let unadjusted = try analysis.unadjusted(.mixedModel).get()
        let (value, tolerance) = try Reference.oracle("trial_lmm", "lmm.main.contrasts")
        var agreement = Agreement(with: "trial_lmm.lmm.main.contrasts, unadjusted", within: tolerance)
        agreement.expect(
            [unadjusted.estimate, unadjusted.standardError],
            [value["est"].column[3], value["se_kr"].column[3]])
        agreement.conclude()
    }

    @Test("Visits not measured in any clinic, and one arm without clinics")
    func edges() throws {
        let record = try TrialRecord(oracle: "trial.csv", "urine_pos")
        #expect(throws: TrialFailure.noMeasurements) { try TrialAnalysis(record, visit: 5) }
        #expect(throws: TrialFailure.noMeasurements) { try TrialAnalysis(record, visit: 0) }
        #expect(throws: TrialFailure.emptyArm) {
            try TrialRecord(
                clinics: record.clinics.map { _ in .init(isTreated: true) }, visits: record.visits, isBinary: true,
                participants: record.participants)
        }
    }

    @Test("An arm without one positive: clinics' shares tell, the model of odds says that it cannot")
    func separated() throws {
        let record = try TrialRecord(oracle: "trial_separated.csv", "urine_pos")
        let analysis = try TrialAnalysis(record)
        let shares = try analysis.effect(.twoStage).get()
        #expect(shares.isClear && !shares.isMore)
        let ratio = try analysis.effect(.twoStageRatio).get()
        #expect(ratio.notes == [.madeUpEvents(clinics: 3)])
        for method in [TrialMethod.logisticMixedModel, .logisticOddsRatio] {
            #expect(analysis.effect(method).failure == .separated)
        }
        let odds = try OddsPenalty.allCases.map { try analysis.penalisedOddsRatio($0).get() }
        #expect(odds.allSatisfy { $0 > 0 && $0 < 0.1 })
        let scores = try TrialAnalysis(TrialRecord(oracle: "trial_separated.csv", "score"))
        #expect(scores.penalisedOddsRatio(.firth).failure == .otherScale)
    }
}
