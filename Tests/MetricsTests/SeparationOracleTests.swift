import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("An arm without one positive test, against brglm2 and glm", .enabled(if: Reference.hasOracle))
struct SeparationOracleTests {
    private static let names = ["(Intercept)", "arm", "fm3", "fm6", "fm9", "arm:fm3", "arm:fm6", "arm:fm9"]

    private func counts(members: Bool = false) throws -> ClusteredCounts {
        try MixedModelData("trial_separated.csv", outcome: "urine_pos").counts(
            cluster: "clinic", member: members ? "client" : nil, MixedModelData.armByVisit(["3", "6", "9"]))
    }

    private func compare(
        _ fit: Result<PenalisedLogistic, PenalisedLogistic.Failure>, _ id: String, errors: Tolerance? = nil
    ) throws {
        let fit = try fit.get()
        let (value, tolerance) = try Reference.oracle("trial_glmm", id)
        var agreement = Agreement(with: "trial_glmm.\(id)", within: tolerance)
        agreement.expect(fit.coefficients, Self.names.map { value["beta"][$0].number }, "coefficients")
        agreement.conclude()
        var ofErrors = Agreement(with: "trial_glmm.\(id), errors", within: errors ?? tolerance)
        ofErrors.expect(fit.standardErrors, Self.names.map { value["se"][$0].number })
        ofErrors.conclude()
    }

    @Test("Firth's and log-F estimates are finite, and those of R")
    func penalised() throws {
        let data = try counts()
        try compare(PenalisedLogistic.firth(columns: data.columns, counts: data.counts), "sep.firth")
        // glm's errors are those of the step before its last: at its own coefficients its information gives ours.
        try compare(
            PenalisedLogistic.logF(columns: data.columns, counts: data.counts, penalised: Array(1..<8)), "sep.logF11",
            errors: Tolerance(relative: 1e-6, absolute: 1e-6))
    }

    @Test("The likelihood alone has no maximum: the model says so, with one effect or two, by each integration")
    func separated() throws {
        for members in [false, true] {
            let data = try counts(members: members)
            #expect(CountMixedModel.fit(data, family: .binomial).failure == .separated)
            let byNodes = CountMixedModel.fit(data, family: .binomial, integration: .quadrature(points: 9))
            #expect(byNodes.failure == .separated)
        }
        // What R stops at: nobody positive in three cells, and each other cell at its share.
        let (value, tolerance) = try Reference.oracle("trial_glmm", "sep.mle_diverges")
        let data = try counts()
        let scale = ColumnScale(data.columns)
        let tree = ClusterTree(data, scale, .binomial)
        let logit = { (x: Double, n: Double) in Double.log(x / (n - x)) }
        let control = [logit(26, 88), logit(24, 91), logit(22, 89), logit(23, 90)]
        let arm = logit(25, 85) - control[0]
        let visits = control.dropFirst().map { $0 - control[0] }
        let point = scale.scaled(coefficients: [control[0], arm] + visits + [-30, -30, -30]) + [0, 0]
        var agreement = Agreement(with: "trial_glmm.sep.mle_diverges", within: tolerance)
        agreement.expect(LaplaceCriterion(tree).derivatives(at: point)?.value, value["deviance"].number)
        agreement.conclude()
    }

    @Test("Rows alike are added up to the counts by arm and visit, and by clinic")
    func counted() throws {
        let data = try counts()
        let tree = ClusterTree(data, ColumnScale(data.columns), .binomial)
        let (value, tolerance) = try Reference.oracle("trial_glmm", "sep.crosstab")
        var agreement = Agreement(with: "trial_glmm.sep.crosstab", within: tolerance)
        let totals = tree.patternTotals
        let columns = (value["pos"].numbers, value["n"].numbers)
        let expected = zip(columns.0, columns.1).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        let found = zip(totals.counts, totals.sizes).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        agreement.expect(found.flatMap { [$0.0, $0.1] }, expected.flatMap { [$0.0, $0.1] })
        agreement.conclude()

        let followUp = try MixedModelData("trial_separated.csv", outcome: "urine_pos")
        var later = followUp
        later.keep { $0["month"] != "0" }
        let ofClinics = later.counts(cluster: "clinic", [])
        let clinics = ClusterTree(ofClinics, ColumnScale(ofClinics.columns), .binomial)
        let (byClinic, exact) = try Reference.oracle("trial_glmm", "sep.exact_cluster")
        var second = Agreement(with: "trial_glmm.sep.exact_cluster", within: exact)
        let members = clinics.memberOfGiven
        second.expect(members.map { clinics.counts[clinics.memberRows[$0]] }, byClinic["pos"].column)
        second.expect(members.map { clinics.sizes[clinics.memberRows[$0]] }, byClinic["n"].column)
        second.conclude()
    }
}
