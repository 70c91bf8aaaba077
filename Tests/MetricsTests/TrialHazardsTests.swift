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
