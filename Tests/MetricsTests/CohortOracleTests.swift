import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Cohorts and person-time against R", .enabled(if: Reference.hasOracle))
struct CohortOracleTests {
    @Test("What became of a cohort agrees with prop.test, and how many were retained of each year's")
    func cohort() throws {
        let incident = try SurvivalData.incident()
        let cut = try #require(Day("2022-12-31"))
        let admitted = try incident.filter { row in
            cut.number - (try #require(Day(row.fields["start"] ?? ""))).number + 1 > 365
        }
        let cohort = CohortRetention(admitted.map(\.spell), day: 365, unplanned: Set(SurvivalData.unplanned))
        let (shares, exact) = try Reference.oracle("survival", "cohort.retention365")
        var ofCohort = Agreement(with: "survival.cohort", within: exact)
        ofCohort.expect(
            [cohort.admitted, cohort.leftUnplanned, cohort.leftAsPlanned, cohort.lost, cohort.retained],
            ["n_all", "unplanned", "transfer_or_completed", "censored_early", "retained_past_365"].map {
                shares[$0].number
            })
        for (estimate, name) in [(cohort.estimate(), "strict"), (cohort.estimateWithoutPlanned(), "excl")] {
            ofCohort.expect(estimate.value?.point, shares["p_\(name)"].number, name)
            ofCohort.expect(
                [estimate.value?.interval?.lower, estimate.value?.interval?.upper], shares["ci_\(name)"].column, name)
        }
        let years = try Reference.oracle("survival", "cohort.retention.by_year").value
        for (index, year) in years["year"].items.enumerated() {
            let own = admitted.filter { $0.fields["start"]?.hasPrefix(year.text ?? "-") == true }
            let retained = CohortRetention(own.map(\.spell), day: 365, unplanned: [])
            ofCohort.expect(
                [retained.admitted, retained.retained], [years["n"].column[index], years["retained"].column[index]])
        }
        ofCohort.conclude()
    }

    @Test("On the scale of the calendar those at risk add up to R's person-days of each year, and exits to its exits")
    func personTime() throws {
        let table = try SurvivalData.episodes().compactMap { row -> Spell? in
            // Day k of an episode falls on the date start + k − 1.
            let before = (try #require(Day(row.fields["start"] ?? ""))).number - 1
            return Spell(
                entry: Double(before) + row.spell.entry, exit: Double(before) + row.spell.exit,
                reason: row.spell.reason)
        }
        let calendar = RiskTable(table, reasons: SurvivalData.reasons.count)
        let exits = calendar.events(of: 0..<calendar.reasons)
        let (value, tolerance) = try Reference.oracle("survival", "persontime.year")
        var agreement = Agreement(with: "survival.persontime.year", within: tolerance)
        for (index, year) in value["year"].numbers.enumerated() {
            let first = (try #require(Day("\(Int(year))-01-01"))).number
            let next = (try #require(Day("\(Int(year) + 1)-01-01"))).number
            let days = (first..<next).reduce(0) { $0 + calendar.atRisk(at: Double($1)) }
            let left = calendar.times.indices.reduce(0) { sum, row in
                (first..<next).contains(Int(calendar.times[row])) ? sum + exits[row] : sum
            }
            agreement.expect(days, value["person_days"].column[index], "person-days of \(year)")
            agreement.expect(left, value["any_exits"].column[index], "exits of \(year)")
        }
        agreement.conclude()
    }
}
