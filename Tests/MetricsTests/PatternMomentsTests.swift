import Testing

@testable import Metrics

/// What a database tells of participants, sums of products by clinic and visits, is all that the methods of a score need.
@Suite("Stand-ins with the same sums give the same effects as the participants")
struct PatternMomentsTests {
    /// The sums that the database makes of a record, and the stand-ins of these.
    private func standIns(_ record: TrialRecord) throws -> TrialRecord {
        struct Pattern: Hashable {
            let clinic: Int
            let visits: [Int]
        }
        let groups = Dictionary(grouping: record.participants) { who in
            Pattern(clinic: who.clinic, visits: who.outcomes.indices.filter { who.outcomes[$0] != nil })
        }
        let ordered = groups.sorted {
            ($0.key.clinic, $0.key.visits.count, "\($0.key.visits)")
                < ($1.key.clinic, $1.key.visits.count, "\($1.key.visits)")
        }
        return try record.with(
            ordered.flatMap { pattern, own in
                let numbers = own.map { [1] + $0.covariates + $0.outcomes.compactMap(\.self) }
                let width = numbers[0].count
                let products = (0..<width * width).map { place in
                    numbers.reduce(0) { $0 + $1[place / width] * $1[place % width] }
                }
                let moments = PatternMoments(
                    clinic: pattern.clinic, visits: pattern.visits, covariates: own[0].covariates.count,
                    products: products)
                return try #require(moments.standIns(visitCount: record.visits.count))
            })
    }

    private func expectAlike(_ record: TrialRecord, within tolerance: Double = 1e-9) throws {
        let others = try standIns(record)
        #expect(others.participants.count == record.participants.count)
        for adjusts in [true, false] {
            let (real, made) = (
                try TrialAnalysis(record, adjustsForBaseline: adjusts),
                try TrialAnalysis(others, adjustsForBaseline: adjusts)
            )
            for method in TrialMethod.all(binary: false) {
                switch (real.effect(method), made.effect(method)) {
                case (.success(let one), .success(let other)):
                    let pairs = [
                        (one.estimate, other.estimate), (one.standardError, other.standardError),
                        (one.degrees, other.degrees), (one.p, other.p), (one.lower, other.lower),
                        (one.upper, other.upper),
                    ]
                    for (got, expected) in pairs {
                        #expect((got == nil) == (expected == nil), "\(method)")
                        if let got, let expected { #expect(got.isNear(expected, within: tolerance), "\(method)") }
                    }
                    #expect(one.clinics == other.clinics && one.participants == other.participants)
                    #expect(one.notes == other.notes, "\(method)")
                case (.failure(let one), .failure(let other)): #expect(one == other, "\(method)")
                default: Issue.record("\(method): \(real.effect(method)) and \(made.effect(method))")
                }
            }
        }
    }

    @Test("Whatever the pattern: clinics of many, of few and of one or two", arguments: 0..<6)
    func patterns(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let members = [8...20, 2...5, 1...2, 12...30, 3...3, 1...9][Int(seed)]
        try expectAlike(
            generator.record(
                clinics: seed % 2 == 0 ? 6 : 8, strata: seed % 2 == 0 ? 1 : 2, members: members,
                covariates: Int(seed % 3)))
    }

    @Test("Visits that say the same, and a covariate that is all alike in a clinic")
    func collinear() throws {
        var generator = SeededGenerator(seed: 7)
        let record = try generator.record()
        let changed = try record.with(
            record.participants.map { who in
                var outcomes = who.outcomes
                outcomes[2] = outcomes[1]
                return TrialRecord.Participant(
                    clinic: who.clinic, outcomes: outcomes, covariates: [who.clinic == 0 ? 3 : who.covariates[0]])
            })
        try expectAlike(changed)
    }

    @Test("Everybody of a clinic alike")
    func alike() throws {
        var generator = SeededGenerator(seed: 8)
        let record = try generator.record()
        let changed = try record.with(
            record.participants.map { who in
                who.clinic == 2
                    ? TrialRecord.Participant(clinic: 2, outcomes: [30.1, 31.7, 30.3, 29.9], covariates: [0.1]) : who
            })
        try expectAlike(changed)
    }

    @Test("The sums come back, digit for digit nearly, and impossible ones have no participants")
    func sums() throws {
        let products: [Double] = [3, 6, 9, 6, 14, 19, 9, 19, 35]
        let people = try #require(
            PatternMoments(clinic: 4, visits: [1, 2], covariates: 0, products: products).standIns(visitCount: 3))
        #expect(people.count == 3 && people.allSatisfy { $0.clinic == 4 && $0.outcomes[0] == nil })
        let numbers = people.map { [1] + $0.outcomes.compactMap(\.self) }
        for place in products.indices {
            let sum = numbers.reduce(0) { $0 + $1[place / 3] * $1[place % 3] }
            #expect(sum.isNear(products[place], within: 1e-12))
        }
        #expect(
            PatternMoments(clinic: 0, visits: [0], covariates: 0, products: [0, 0, 0, 0]).standIns(visitCount: 1) == nil
        )
        #expect(
            PatternMoments(clinic: 0, visits: [2], covariates: 0, products: [1, 2, 2, 4]).standIns(visitCount: 2) == nil
        )
        #expect(PatternMoments(clinic: 0, visits: [0], covariates: 0, products: [1, 2]).standIns(visitCount: 1) == nil)
    }
}
