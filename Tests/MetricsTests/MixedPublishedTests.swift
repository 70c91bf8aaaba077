import Foundation
import Testing

@testable import Metrics

/// Published data and simulated trials whose numbers script/oracle/mixed_counts.R made.
struct MixedFixture {
    static let cases: JSON = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/mixed_counts.json")
        return (try? JSON(contentsOf: file)["cases"]) ?? .null
    }()

    let value: JSON
    let family: MixedFamily
    let data: ClusteredCounts

    init(_ id: String) throws {
        value = try #require(Self.cases.members[id])
        family = value["family"].text == "poisson" ? .poisson : .binomial
        var data = ClusteredCounts(
            columns: value["columns"].items.map(\.numbers), counts: value["counts"].numbers,
            clusters: value["clusters"].numbers.map { Int($0) },
            members: value.members["members"]?.numbers.map { Int($0) })
        data.sizes = Self.filled(value["sizes"], data.counts.count)
        data.logOffset = Self.filled(value["log_offset"], data.counts.count)
        self.data = data
    }

    /// A column of one number throughout is written as that.
    private static func filled(_ value: JSON, _ count: Int) -> [Double] {
        value.numbers.count == 1 ? Array(repeating: value.numbers[0], count: count) : value.numbers
    }
}

@Suite("Mixed models of published data against glmmTMB and lme4")
struct MixedPublishedTests {
    @Test(
        "Laplace's approximation with its effects of clusters agrees with glmmTMB",
        arguments: [
            "respiratory", "respiratory.patients", "bacteria", "grouseticks", "grouseticks.places", "trial.seed7",
            "trial.seed8", "events.seed9",
        ])
    func laplace(id: String) throws {
        let fixture = try MixedFixture(id)
        let fit = try CountMixedModel.fit(fixture.data, family: fixture.family).get()
        let expected = fixture.value["laplace"]
        var agreement = Agreement(with: "glmmTMB \(id)", within: Tolerance(relative: 1e-5, absolute: 1e-5))
        agreement.expect(fit.coefficients, expected["beta"].column, "coefficients")
        agreement.expect(fit.standardErrors, expected["se"].column, "errors")
        agreement.expect(fit.clusterDeviation, expected["cluster_sd"].number, "clusters")
        agreement.expect(fit.memberDeviation, expected["member_sd"].number, "members")
        let effects = fit.clusterEffects.sorted { $0.unit < $1.unit }
        agreement.expect(effects.map(\.mode), expected["mode"].column, "modes")
        agreement.expect(effects.map(\.predictionDeviation), expected["prediction_sd"].column, "deviations")
        agreement.conclude()
        let deviance = try #require(expected["deviance"].number)
        #expect(fit.deviance.isNear(deviance, within: 1e-9) && fit.deviance <= deviance + 1e-7)
    }

    @Test(
        "Quadrature of one effect agrees with lme4",
        arguments: ["respiratory.patients", "bacteria", "grouseticks.places"])
    func quadrature(id: String) throws {
        let fixture = try MixedFixture(id)
        let expected = fixture.value["quadrature"]
        let points = Int(try #require(expected["points"].number))
        let fit = try CountMixedModel.fit(
            fixture.data, family: fixture.family, integration: .quadrature(points: points)
        ).get()
        // lme4's errors are of finite differences.
        var agreement = Agreement(with: "lme4 \(id)", within: Tolerance(relative: 1e-3, absolute: 1e-4))
        agreement.expect(fit.coefficients, expected["beta"].column, "coefficients")
        agreement.expect(fit.standardErrors, expected["se"].column, "errors")
        agreement.expect(fit.clusterDeviation, expected["cluster_sd"].number, "deviation")
        agreement.conclude()
    }
}
