import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Caplehorn & Bell's two clinics against survival of R", .enabled(if: Reference.hasOracle))
struct AddictsOracleTests {
    @Test("addicts.csv: curves, medians, restricted means and log-rank of Caplehorn & Bell's two clinics agree with R")
    func addicts() throws {
        let rows = try SurvivalData.spells("addicts.csv", time: "survt", event: "status")
        let all = ["all": rows.table(reasons: 1)]
        let clinics = rows.grouped(by: "clinic").mapValues { $0.table(reasons: 1) }
        try SurvivalAgreement.curve("addicts", "addicts.km", clinics)
        try SurvivalAgreement.curve("addicts", "addicts.km.all", all)
        try SurvivalAgreement.quantiles("addicts", "addicts.median", clinics)
        try SurvivalAgreement.quantiles("addicts", "addicts.median.all", all)
        let (means, tolerance) = try Reference.oracle("addicts", "addicts.rmst")
        try SurvivalAgreement.means("addicts.rmst to 365", means["d365"], tolerance, to: 365, clinics)
        try SurvivalAgreement.means("addicts.rmst to 730", means["d730"], tolerance, to: 730, clinics)
        let tables = SurvivalAgreement.tables(rows, by: "clinic")
        try SurvivalAgreement.logRank("addicts", "addicts.logrank", LogRank(strata: [tables]))
        try SurvivalAgreement.logRank("addicts", "addicts.peto", LogRank(strata: [tables], rho: 1))
        let strata = rows.grouped(by: "prison").values.map { rows in
            ["1", "2"].map { clinic in rows.filter { $0.fields["clinic"] == clinic }.table(reasons: 1) }
        }
        try SurvivalAgreement.logRank("addicts", "addicts.logrank.prison", LogRank(strata: strata))
    }
}
