import Metrics
import Testing

@Suite("Count and mean of a census")
struct CensusTests {
    @Test("A full count carries itself and no interval")
    func count() throws {
        let caseload = try #require(Count.census(412).value)
        #expect(caseload.point == 412)
        #expect(caseload.interval == nil)
        #expect(caseload.method == .census)
        #expect(caseload.numerator == 412)
        #expect(caseload.denominator == 1)
        #expect(Count.census(0).value?.point == 0)
        #expect(Count.census(-1) == .unavailable(.impossibleCounts))
        #expect(Count.census(.infinity) == .unavailable(.impossibleCounts))
    }

    @Test("A mean of totals is total/units without interval")
    func mean() throws {
        let dose = try #require(Mean.census(total: 186_000, units: 3000).value)
        #expect(dose.point == 62)
        #expect(dose.interval == nil)
        #expect(dose.method == .mean)
        #expect(Mean.census(total: 0, units: 0) == .unavailable(.noDenominator))
        #expect(Mean.census(total: 5, units: 0) == .unavailable(.impossibleCounts))
        #expect(Mean.census(total: .nan, units: 1) == .unavailable(.impossibleCounts))
    }

    @Test("Reasons and methods keep their names, which are keys of the language catalogues")
    func names() {
        let reasons = [
            "no_denominator", "not_reported", "hidden", "too_few_points", "too_few_units", "too_few_at_risk",
            "not_observed_so_long", "no_variation", "separated", "alike", "impossible_counts",
            "events_without_exposure", "invalid_level", "not_computable",
        ]
        let methods = [
            "wilson", "byar", "garwood", "kaplan_meier", "restricted_mean", "aalen_johansen", "exact_rate_ratio",
            "standardised_ratio", "clustered_rate", "clopper_pearson", "jeffreys", "newcombe", "clustered_proportion",
            "mean_of_people", "annual_change", "gamma_poisson", "beta_binomial", "census", "mean",
        ]
        #expect(Unavailable.allCases.map(\.rawValue) == reasons)
        #expect(Method.allCases.map(\.rawValue) == methods)
    }
}
