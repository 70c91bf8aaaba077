import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Effects of sites by a mixed model against lme4", .enabled(if: Reference.hasOracle))
struct MixedSiteTests {
    /// Sums of each site over its last months.
    private func sites() throws -> [[String: Double]] {
        let columns = ["caseload", "exits", "tests", "positives"]
        let rows = try Reference.table("series.csv").filter { row in
            (Double(row["month"] ?? "") ?? 0) >= 48 && columns.allSatisfy { row[$0] != "" }
        }
        let bySite = Dictionary(grouping: rows) { $0["site"] ?? "" }.sorted { $0.key < $1.key }
        return bySite.map { _, months in
            var sums: [String: Double] = [:]
            for column in columns {
                for month in months { sums[column, default: 0] += Double(month[column] ?? "") ?? 0 }
            }
            return sums
        }
    }

    private func compare(_ fit: CountMixedModel, _ id: String) throws {
        let (value, tolerance) = try Reference.oracle("shrinkage", id)
        var agreement = Agreement(with: "shrinkage.\(id)", within: tolerance)
        agreement.expect(fit.coefficients[0], value["intercept"].number, "intercept")
        agreement.expect(fit.clusterDeviation, value["sd"].number, "deviation")
        if let error = value["se_intercept"].number { agreement.expect(fit.standardErrors[0], error, "error") }
        agreement.expect(fit.clusterEffects.map(\.mode), value["mode"].column, "modes")
        agreement.expect(fit.clusterEffects.map(\.conditionalDeviation), value["cond_sd"].column, "deviations")
        agreement.conclude()
        #expect(fit.clusterEffects.allSatisfy { $0.predictionDeviation >= $0.conditionalDeviation })
    }

    @Test("Exits at caseloads that reach from one clinic's to a programme's")
    func exits() throws {
        let sites = try sites()
        var data = ClusteredCounts(
            columns: [sites.map { _ in 1 }], counts: sites.map { $0["exits"] ?? .nan }, clusters: Array(sites.indices))
        data.logOffset = sites.map { .log($0["caseload"] ?? .nan) }
        try compare(
            CountMixedModel.fit(data, family: .poisson, integration: .quadrature(points: 25)).get(), "eb.glmm.poisson")
    }

    @Test("Positive tests")
    func positives() throws {
        let sites = try sites().filter { ($0["tests"] ?? 0) > 0 }
        var data = ClusteredCounts(
            columns: [sites.map { _ in 1 }], counts: sites.map { $0["positives"] ?? .nan },
            clusters: Array(sites.indices))
        data.sizes = sites.map { $0["tests"] ?? .nan }
        try compare(
            CountMixedModel.fit(data, family: .binomial, integration: .quadrature(points: 25)).get(),
            "eb.glmm.binomial")
    }
}
