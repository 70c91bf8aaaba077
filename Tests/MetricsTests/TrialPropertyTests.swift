import Testing

@testable import Metrics

/// What must hold of a trial's effect whatever the data.
@Suite("What must hold of a trial's effect by every method")
struct TrialPropertyTests {
    private struct Compared {
        let method: TrialMethod
        let one: TrialEffect
        let other: TrialEffect
    }

    private static func methods(_ record: TrialRecord) -> [TrialMethod] { TrialMethod.all(binary: record.isBinary) }

    /// Both effects by every method; where one has none the other has none either, for the same reason.
    private func compared(_ one: TrialRecord, _ other: TrialRecord) throws -> [Compared] {
        let (first, second) = (try TrialAnalysis(one), try TrialAnalysis(other))
        let pairs = Self.methods(one).compactMap { method -> Compared? in
            switch (first.effect(method), second.effect(method)) {
            case (.success(let one), .success(let other)): return Compared(method: method, one: one, other: other)
            case (.failure(let one), .failure(let other)): #expect(one == other, "\(method)")
            case (let one, let other): Issue.record("\(method): \(one) and \(other)")
            }
            return nil
        }
        #expect(pairs.count >= 6)
        return pairs
    }

    /// - Parameter scale: what the other's differences are multiplied by.
    private func expectAlike(
        _ one: TrialRecord, _ other: TrialRecord, scale: Double = 1, within tolerance: Double = 1e-7
    ) throws {
        for pair in try compared(one, other) {
            let factor = pair.method.isRatio ? 1 : scale
            let values = [
                (pair.one.estimate * factor, pair.other.estimate),
                (pair.one.lower.map { $0 * factor }, pair.other.lower),
                (pair.one.upper.map { $0 * factor }, pair.other.upper), (pair.one.p, pair.other.p),
                (pair.one.degrees, pair.other.degrees),
            ]
            for (expected, got) in values {
                #expect((expected == nil) == (got == nil), "\(pair.method)")
                if let expected, let got {
                    #expect(got.isNear(expected, within: tolerance), "\(pair.method): \(got), not \(expected)")
                }
            }
        }
    }

    static let trials: [(binary: Bool, strata: Int, seed: UInt64)] = [
        (false, 1, 11), (false, 2, 12), (true, 1, 13), (true, 2, 14),
    ]

    private func record(_ trial: (binary: Bool, strata: Int, seed: UInt64)) throws -> TrialRecord {
        var generator = SeededGenerator(seed: trial.seed)
        return try generator.record(clinics: 8, strata: trial.strata, members: 12...25, binary: trial.binary)
    }

    @Test("The order of participants and the numbering of clinics and strata say nothing", arguments: trials)
    func order(trial: (binary: Bool, strata: Int, seed: UInt64)) throws {
        let record = try record(trial)
        var generator = SeededGenerator(seed: trial.seed + 100)
        try expectAlike(record, record.with(record.participants.shuffled(using: &generator)))

        let places = record.clinics.indices.shuffled(using: &generator)
        let relabelled = try TrialRecord(
            clinics: places.map {
                .init(isTreated: record.clinics[$0].isTreated, stratum: 7 - record.clinics[$0].stratum)
            },
            visits: record.visits, isBinary: record.isBinary,
            participants: record.participants.map { who in
                .init(
                    clinic: places.firstIndex(of: who.clinic) ?? 0, outcomes: who.outcomes, covariates: who.covariates)
            })
        try expectAlike(record, relabelled)
    }

    @Test("A shift of every score says nothing, a change of unit changes the effect's unit alone")
    func units() throws {
        for trial in Self.trials where !trial.binary {
            let record = try record(trial)
            try expectAlike(record, record.mapped { $0 + 1000 }, within: 1e-6)
            try expectAlike(record, record.mapped { $0 * 8 }, scale: 8)
            try expectAlike(record, record.mapped { -$0 }, scale: 1, within: .infinity)
            for pair in try compared(record, record.mapped { -$0 }) {
                #expect(pair.other.estimate.isNear(-pair.one.estimate, within: 1e-7), "\(pair.method)")
            }
        }
    }

    @Test("Arms exchanged turn the sign and the interval, and leave p", arguments: trials)
    func exchanged(trial: (binary: Bool, strata: Int, seed: UInt64)) throws {
        let record = try record(trial)
        let exchanged = try TrialRecord(
            clinics: record.clinics.map { .init(isTreated: !$0.isTreated, stratum: $0.stratum) },
            visits: record.visits, isBinary: record.isBinary, participants: record.participants)
        for pair in try compared(record, exchanged) {
            let turned = { (value: Double) in pair.method.isRatio ? 1 / value : -value }
            #expect(pair.other.estimate.isNear(turned(pair.one.estimate), within: 1e-6), "\(pair.method)")
            if let lower = pair.one.lower, let upper = pair.other.upper {
                #expect(upper.isNear(turned(lower), within: 1e-6), "\(pair.method)")
            }
            if let p = pair.one.p, let other = pair.other.p { #expect(p.isNear(other, within: 1e-6), "\(pair.method)") }
            #expect(pair.one.isClear == pair.other.isClear)
        }
    }

    @Test("Whoever lacks the visit and baseline alike changes nothing, and a clinic without data is said")
    func absent() throws {
        let record = try record(Self.trials[0])
        let ghosts = (0..<5).map {
            TrialRecord.Participant(clinic: $0, outcomes: [nil, nil, nil, nil], covariates: [9])
        }
        try expectAlike(record, record.with(record.participants + ghosts))

        let without = record.without(clinic: 3)
        for method in TrialMethod.all(binary: false) {
            let effect = try TrialAnalysis(without).effect(method).get()
            #expect(effect.clinics == 7 && effect.notes.contains(.clinicsWithoutData(1)), "\(method)")
        }
    }

    @Test("An effect that was put in is found, and the level widens the interval", arguments: [false, true])
    func found(binary: Bool) throws {
        var generator = SeededGenerator(seed: 21)
        let record = try generator.record(clinics: 12, members: 40...60, binary: binary, effect: 5)
        for method in TrialMethod.all(binary: binary) {
            let (wide, narrow) = (
                try TrialAnalysis(record, level: 0.99).effect(method).get(),
                try TrialAnalysis(record, level: 0.9).effect(method).get()
            )
            #expect(narrow.isClear && narrow.isMore, "\(method)")
            #expect(wide.estimate == narrow.estimate && wide.level == 0.99)
            if let low = wide.lower, let other = narrow.lower { #expect(low <= other, "\(method)") }
            if let high = wide.upper, let other = narrow.upper { #expect(high >= other, "\(method)") }
        }
    }

    @Test("Draws of a seed are the same each time; of pairs too many for a list they are drawn, and it is said")
    func seeds() throws {
        var generator = SeededGenerator(seed: 22)
        let record = try generator.record(clinics: 68, strata: 34, members: 3...6)
        let (one, again) = (
            try TrialAnalysis(record, seed: 5).effect(.permutation).get(),
            try TrialAnalysis(record, seed: 5).effect(.permutation).get()
        )
        #expect(one == again && one.notes.contains(.sampled))
        let other = try TrialAnalysis(record, seed: 6).effect(.permutation).get()
        #expect(other.estimate == one.estimate && abs((other.p ?? 0) - (one.p ?? 1)) < 0.02)
    }

    @Test("A method for the other kind of outcome says so")
    func kinds() throws {
        let (score, answer) = (try record(Self.trials[0]), try record(Self.trials[2]))
        for method in TrialMethod.allCases {
            for record in [score, answer] where !TrialMethod.all(binary: record.isBinary).contains(method) {
                #expect(try TrialAnalysis(record).effect(method).failure == .otherScale, "\(method)")
            }
        }
    }
}
