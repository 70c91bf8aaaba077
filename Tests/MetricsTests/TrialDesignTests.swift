import Testing

@testable import Metrics

/// A trial's questions put through its models give what R's own columns give. Skipped in a clone without the oracle.
@Suite("Designs of trials against R", .enabled(if: Reference.hasOracle))
struct TrialDesignTests {
    private func observations(
        _ covariates: [String] = [], file: String = "trial.csv"
    ) throws -> [TrialObservation] {
        let table = try Reference.table(file)
        let clinics = MixedData.codes(table.map { $0["clinic"] ?? "" }).codes
        let clients = MixedData.codes(table.map { $0["client"] ?? "" }).codes
        return table.enumerated().map { row, fields in
            TrialObservation(
                cluster: clinics[row], subject: clients[row], isIntervention: fields["arm"] == "1",
                visit: (Int(fields["month"] ?? "") ?? 0) / 3, outcome: Double(fields["score"] ?? ""),
                covariates: covariates.map { MixedData.number($0)(fields) })
        }
    }

    private func expect(
        _ id: String, _ design: TrialDesign, _ questions: [TrialQuestion?], error: String = "se_kr", degrees: String
    ) throws {
        let fit = try design.fit()
        let (value, tolerance) = try Reference.oracle("trial_lmm", id)
        var agreement = Agreement(with: "design \(id)", within: tolerance)
        for (row, question) in questions.enumerated() {
            guard let question else { continue }
            let contrast = fit.contrast(try #require(design.weights(question)))
            agreement.expect(contrast?.estimate, value["est"].column[row], "estimate \(row)")
            agreement.expect(contrast?.standardError, value[error].column[row], "error \(row)")
            agreement.expect(contrast?.degrees, value[degrees].column[row], "degrees \(row)")
        }
        agreement.conclude()
    }

    @Test("As published, adjusted for baseline, with a common baseline, in a line, with clinics that drift")
    func models() throws {
        let data = try observations()
        let published = try TrialDesign(TrialModel(.armByVisit), data)
        try expect(
            "lmm.main.contrasts", published,
            [
                .difference(visit: 0), .difference(visit: 1), .difference(visit: 2), .difference(visit: 3),
                .change(visit: 3), .averageChange,
            ], degrees: "df_kr")
        let adjusted = try TrialDesign(TrialModel(.adjustedForBaseline), data)
        #expect(adjusted.weights(.change(visit: 2)) == nil && adjusted.weights(.difference(visit: 0)) == nil)
        try expect(
            "lmm.ancova.contrasts", adjusted,
            [.difference(visit: 1), .difference(visit: 2), .difference(visit: 3), .averageDifference],
            degrees: "df_kr")
        let common = try TrialDesign(TrialModel(.commonBaseline), data)
        try expect(
            "lmm.clda.kr", common,
            [nil, nil, nil, nil, .difference(visit: 1), .change(visit: 2), .difference(visit: 3)], degrees: "df")
        let line = try TrialDesign(TrialModel(.line), data, times: [0, 3, 6, 9])
        try expect("lmm.linear.kr", line, [nil, .difference(visit: 0)], degrees: "df")
        let drifting = try TrialDesign(TrialModel(.armByVisit, .clusterVisits), data)
        try expect(
            "lmm.clinicvisit.kr", drifting, [nil, .difference(visit: 0), nil, nil, nil, .change(visit: 1)],
            degrees: "df")
        let covariates = try TrialDesign(
            TrialModel(.armByVisit), observations(["age", "female", "years_use", "dose_mg"]))
        try expect("lmm.covariates.kr", covariates, [nil, .difference(visit: 0)], degrees: "df")
    }

    @Test("Where clinics' variance is estimated as 0, degrees of freedom count clinics all the same")
    func capped() throws {
        let design = try TrialDesign(TrialModel(.armByVisit), observations(file: "trial_nullclinic.csv"))
        let fit = try design.fit()
        #expect(fit.convergence.boundary == [1])
        for method in DegreesMethod.allCases {
            #expect(design.answer(.difference(visit: 3), fit, degrees: method)?.degrees == 4)
            #expect(design.answer(.change(visit: 3), fit, degrees: method)?.degrees == 12)
        }
        let usual = try TrialDesign(TrialModel(.armByVisit), observations())
        let change = try #require(usual.answer(.change(visit: 3), usual.fit()))
        #expect(change.degrees > 400)
    }

    @Test("The most degrees of freedom, and data that make no design")
    func limits() throws {
        let design = try TrialDesign(TrialModel(.armByVisit), observations())
        #expect(design.mostDegrees(.difference(visit: 3)) == 4)
        #expect(design.mostDegrees(.averageChange) == 12)
        #expect(design.weights(.difference(visit: 9)) == nil)
        #expect(throws: MixedModelFailure.impossibleData) { try TrialDesign(TrialModel(.line), []) }
        let lost = [TrialObservation(cluster: 0, subject: 0, isIntervention: true, visit: 0, outcome: nil)]
        #expect(throws: MixedModelFailure.impossibleData) { try TrialDesign(TrialModel(.line), lost) }
    }
}
