import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle.
@Suite("A trial's ratio of hazards against R", .enabled(if: Reference.hasOracle))
struct TrialHazardsTests {
    private func subjects() throws -> [CoxSubject] {
        let rows = try Reference.table("trial_pairs.csv")
        let clinics = Set(rows.map { $0["clinic"] ?? "" }).sorted()
        let pairs = Set(rows.map { $0["pair"] ?? "" }).sorted()
        return rows.map { row in
            CoxSubject(
                exit: Double(row["time"] ?? "") ?? .nan, hasEvent: row["dropout"] == "1",
                covariates: [row["arm"] == "1" ? 1 : 0], stratum: pairs.firstIndex(of: row["pair"] ?? "") ?? -1,
                cluster: clinics.firstIndex(of: row["clinic"] ?? ""))
        }
    }

    @Test("Cox by pair with errors by clinic, a frailty of clinics, and logarithms of clinics' rates")
    func pairs() throws {
        let hazards = TrialHazards(try subjects())
        #expect(hazards.events == 309 && hazards.subjects.count == 654)
        let cox = try hazards.effect(.pairedCox).get()
        for method in [HazardMethod.pairedCox, .frailty] {
            let search = try #require(try hazards.effect(method).get().search)
            #expect((2...60).contains(search.iterations) && (0..<1e-10).contains(search.remaining), "\(method)")
        }
        #expect(try hazards.effect(.rates).get().search == nil)
        let (value, tolerance) = try Reference.oracle("extra", "pairs.cox")
        var agreement = Agreement(with: "extra.pairs.cox by a whole trial", within: tolerance)
        agreement.expect(
            [cox.estimate, cox.standardError, cox.degrees],
            [value["coef"]["arm"].number, value["robust_se"].number, 9])
        agreement.conclude()
        let (gamma, close) = try Reference.oracle("extra", "pairs.cox.frailty")
        var frailty = Agreement(with: "extra.pairs.cox.frailty by a whole trial", within: close)
        frailty.expect(try hazards.effect(.frailty).get().estimate, gamma["coef"]["arm"].number)
        frailty.conclude()
        let rates = try hazards.effect(.rates).get()
        let (logarithms, exact) = try Reference.oracle("extra", "pairs.lograte.t")
        var t = Agreement(with: "extra.pairs.lograte.t by a whole trial", within: exact)
        t.expect(
            [rates.estimate, rates.standardError, rates.degrees, rates.p, rates.interval.lower, rates.interval.upper],
            ["est", "se", "df", "p", "lo", "hi"].map { logarithms[$0].number })
        t.conclude()
    }

    @Test("Without one clinic of a pair the ratio is that of all other pairs: the other has nobody to be held against")
    func withoutOneOfAPair() throws {
        let subjects = try subjects()
        let without = TrialHazards(subjects).withoutEach(.pairedCox)
        #expect(without.map(\.cluster) == Set(subjects.compactMap(\.cluster)).sorted())
        for one in without {
            let pair = subjects.first { $0.cluster == one.cluster }?.stratum
            let others = try TrialHazards(subjects.filter { $0.stratum != pair }).effect(.pairedCox).get()
            let effect = try one.effect.get()
            #expect(effect.estimate.isNear(others.estimate, within: 1e-9) && effect.degrees == others.degrees)
            #expect(effect.standardError.isNear(others.standardError, within: 1e-9))
        }
    }

    @Test("The level is that of the interval, arms exchanged turn the sign, and one arm alone is no trial")
    func properties() throws {
        let subjects = try subjects()
        let exchanged = TrialHazards(
            subjects.map {
                CoxSubject(
                    exit: $0.exit, hasEvent: $0.hasEvent, covariates: [1 - $0.covariates[0]], stratum: $0.stratum,
                    cluster: $0.cluster)
            }, level: 0.9)
        for method in HazardMethod.allCases {
            let (one, other) = try (TrialHazards(subjects).effect(method).get(), exchanged.effect(method).get())
            #expect(one.estimate.isNear(-other.estimate, within: 1e-6) && other.interval.level == 0.9, "\(method)")
            #expect(other.interval.upper - other.interval.lower < one.interval.upper - one.interval.lower)
            let treated = TrialHazards(subjects.filter { $0.covariates[0] == 1 })
            #expect(treated.effect(method).failure == .emptyArm)
            let quiet = subjects.map {
                CoxSubject(
                    exit: $0.exit, hasEvent: false, covariates: $0.covariates, stratum: $0.stratum, cluster: $0.cluster)
            }
            #expect(TrialHazards(quiet).effect(method).failure == .noEvents, "\(method)")
        }
    }
}

/// Clinics left out in turn, worked out by hand.
@Suite("A trial's ratio of hazards without each clinic")
struct TrialHazardsWithoutTests {
    /// One participant a day of follow-up: so many of each clinic's ten come to an event, all on day 10.
    private func subjects(events: [Int: Int], treated: Set<Int>) -> [CoxSubject] {
        events.sorted { $0.key < $1.key }.flatMap { clinic, events in
            (0..<10).map {
                CoxSubject(
                    exit: 10, hasEvent: $0 < events, covariates: [treated.contains(clinic) ? 1 : 0], cluster: clinic)
            }
        }
    }

    @Test("Logarithms of rates: the mean of the clinics that are left, arm less arm")
    func rates() throws {
        let hazards = TrialHazards(subjects(events: [3: 1, 5: 2, 7: 4, 8: 2, 9: 4, 12: 8], treated: [3, 5, 7]))
        #expect(hazards.clinics == 6 && hazards.events == 21)
        // Of the treated (1 2 4)^⅓ = 2 events a clinic, of the others 4: half.
        #expect(try hazards.effect(.rates).get().estimate.isNear(.log(0.5), within: 1e-12))
        let without = hazards.withoutEach(.rates)
        #expect(without.map(\.cluster) == [3, 5, 7, 8, 9, 12])
        let root = 2.0.squareRoot()
        let ratios = [root / 2, 0.5, root / 4, root / 4, 0.5, root / 2]
        for (one, ratio) in zip(without, ratios) {
            #expect(try one.effect.get().estimate.isNear(.log(ratio), within: 1e-12), "\(one.cluster)")
            #expect(try one.effect.get().degrees == 3)
        }
    }

    @Test("Without the only clinic of an arm there is no trial, and without all events no estimate")
    func gone() {
        let few = TrialHazards(subjects(events: [1: 2, 2: 1, 3: 1], treated: [1])).withoutEach(.pairedCox)
        #expect(few.map(\.effect.failure) == [.emptyArm, .tooFewClusters, .tooFewClusters])
        let quiet = TrialHazards(subjects(events: [1: 0, 2: 3, 3: 0, 4: 0], treated: [1, 2])).withoutEach(.rates)
        #expect(quiet[1].effect.failure == .noEvents)
    }
}
