import Foundation
import Testing

@testable import Metrics

/// Published data and a simulated trial of another shape, in the project itself (script/oracle/mixed.R).
@Suite("Linear mixed models of other data against R")
struct MixedFixtureTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/mixed.json")

    /// R's search stops near the best, not at it.
    private static let close = Tolerance(relative: 2e-4, absolute: 1e-5)

    @Test(
        "Fit, degrees of freedom and the model without a clinic",
        arguments: [
            "oats: a split plot", "pastes: casks within batches", "oxford boys: slopes",
            "stools: complete blocks", "trial of ten clinics",
        ])
    func agrees(name: String) throws {
        let cases = try JSON(contentsOf: Self.file)["cases"].items
        let value = try #require(cases.first { $0["name"].text == name })
        var rows = MixedModelRows(
            outcome: value["outcome"].numbers, fixed: value["fixed"].items.map(\.numbers),
            clusters: value["cluster"].numbers.map { Int($0) },
            subjects: value["subject"].items.isEmpty ? nil : value["subject"].numbers.map { Int($0) })
        let slope = value["slope"].numbers
        if !slope.isEmpty { rows.clusterEffects.append(slope) }
        let effects = RandomEffects(
            subject: rows.subjects == nil ? .none : .intercept, cluster: .unstructured(rows.clusterEffects.count))
        let fit = try LinearMixedModel(MixedStatistics(rows), effects)
        var agreement = Agreement(with: "mixed.\(name)", within: Self.close)
        agreement.expect(fit.convergence.criterion, value["criterion"].number, "criterion")
        #expect(fit.convergence.criterion <= (value["criterion"].number ?? 0) + 1e-7)
        agreement.expect(fit.residualVariance, value["residual"].number, "residual variance")
        let clusters = fit.clusterCovariance
        let variances =
            slope.isEmpty
            ? (rows.subjects == nil ? [] : [fit.subjectCovariance[0, 0]]) + [clusters[0, 0]]
            : [clusters[0, 0], clusters[1, 1], clusters[1, 0]]
        agreement.expect(variances, value["variances"].column, "variances")
        let units = rows.fixed.indices.map { place in rows.fixed.indices.map { $0 == place ? 1.0 : 0 } }
        for (method, error, degrees) in [(DegreesMethod.satterthwaite, "se", "df"), (.kenwardRoger, "se_kr", "df_kr")] {
            let contrasts = units.map { fit.contrast($0, degrees: method) }
            agreement.expect(contrasts.map { $0?.estimate }, value["coefficients"].column, "coefficients")
            agreement.expect(contrasts.map { $0?.standardError }, value[error].column, error)
            agreement.expect(contrasts.map { $0?.degrees }, value[degrees].column, degrees)
        }
        let plain = fit.test(Array(units.suffix(2)), degrees: .satterthwaite)
        agreement.expect([plain?.f, plain?.degrees.denominator], [value["f"].number, value["f_df"].number], "F")
        let corrected = fit.test(Array(units.suffix(2)))
        agreement.expect(
            [corrected?.f, corrected?.degrees.denominator, corrected?.scale],
            [value["f_kr"].number, value["f_kr_df"].number, value["f_kr_scale"].number], "scaled F")
        let refit = try fit.withoutEachCluster([])[0].get()
        agreement.expect(refit.convergence.criterion, value["criterion_without_first"].number, "without the first")
        agreement.conclude()
    }
}
