import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Estimating equations against R", .enabled(if: Reference.hasOracle))
struct EstimatingOracleTests {
    /// Arm, visits and their products, as R's arm * fm.
    private static func design(_ visits: [TrialData.Visit]) -> [[Double]] {
        let arm = visits.map { $0.isTreated ? 1.0 : 0 }
        let months = [3.0, 6, 9].map { month in visits.map { $0.month == month ? 1.0 : 0 } }
        return [arm] + months + months.map { zip($0, arm).map { $0 * $1 } }
    }

    private static func clusters(_ visits: [TrialData.Visit], byClient: Bool) -> [Int] {
        let names = Set(visits.map(\.client)).sorted()
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        return visits.map { byClient ? places[$0.client] ?? -1 : $0.clinic }
    }

    /// All visits, arm * visit.
    static func visits(
        _ value: (TrialData.Visit) -> Double?, byClient: Bool, timed: Bool = false
    ) throws -> ClusteredObservations {
        let visits = try TrialData().visits.filter { value($0) != nil }
        return try ClusteredObservations(
            clusters: clusters(visits, byClient: byClient), covariates: design(visits),
            outcomes: .each(visits.map { value($0) ?? .nan }), times: timed ? visits.map { $0.month / 3 } : nil)
    }

    /// Visits after the first, arm and the value at baseline.
    static func followUp(_ value: (TrialData.Visit) -> Double?, less centre: Double = 0) throws -> ClusteredObservations
    {
        let trial = try TrialData()
        let base = trial.baseline(value)
        let visits = trial.visits.filter { $0.month > 0 && value($0) != nil && base[$0.client] != nil }
        return try ClusteredObservations(
            clusters: visits.map(\.clinic),
            covariates: [
                visits.map { $0.isTreated ? 1 : 0 }, visits.map { (base[$0.client] ?? .nan) - centre },
            ], outcomes: .each(visits.map { value($0) ?? .nan }))
    }

    private static let corrections: [SandwichCorrection] = [
        .liangZeger, .manclDeRouen, .kauermannCarroll, .fayGraubard, .morelBokossaNeerchal,
    ]

    private func compare(
        _ file: String, _ id: String, names: [String], _ fit: EstimatingEquations
    ) throws {
        let (value, tolerance) = try Reference.oracle(file, id)
        var agreement = Agreement(with: "\(file).\(id)", within: tolerance)
        agreement.expect(fit.coefficients, names.map { value["beta"][$0].number }, "coefficients")
        agreement.expect(fit.correlation, value["alpha"].number, "correlation")
        agreement.expect(fit.dispersion, value["phi"].number, "dispersion")
        #expect(Double(fit.clusters) == value["K"].number && fit.members == value["N"].number)
        let covariances = [fit.modelCovariance] + Self.corrections.map { fit.covariance($0) }
        for column in names.indices {
            agreement.expect(
                covariances.map { $0[column, column].squareRoot() }, value["se"]["data"].items[column].column,
                "errors of \(names[column])")
        }
        for (correction, name) in zip(Self.corrections, ["LZ", "MD", "KC", "FG"]) {
            let matrix = fit.covariance(correction)
            for row in names.indices {
                agreement.expect(
                    names.indices.map { matrix[row, $0] }, value["vcov"][name]["data"].items[row].column,
                    "\(name) of \(names[row])")
            }
        }
        if !value["arm_p_df4"].members.isEmpty {
            for (correction, name) in zip(Self.corrections, ["LZ", "MD", "KC", "FG", "MBN"]) {
                let test = try fit.effect(of: 1, correction)
                agreement.expect(test.statistic, value["arm_t"][name].number, "t of \(name)")
                agreement.expect(test.p, value["arm_p_df4"][name].number, "p of \(name)")
            }
        }
        agreement.conclude()
    }

    private static let eight = ["(Intercept)", "arm", "fm3", "fm6", "fm9", "arm:fm3", "arm:fm6", "arm:fm9"]

    @Test("All visits, by clinic and by client, of scores and of urine")
    func allVisits() throws {
        let cases: [(String, ClusteredObservations, MeanModel, WorkingCorrelation)] = [
            ("gee.score.clinic.independence", try Self.visits(\.score, byClient: false), .linear, .independence),
            ("gee.score.client.independence", try Self.visits(\.score, byClient: true), .linear, .independence),
            ("gee.urine.client.independence", try Self.visits(\.urine, byClient: true), .logistic, .independence),
            ("gee.score.clinic.exchangeable", try Self.visits(\.score, byClient: false), .linear, .exchangeable),
            ("gee.score.client.exchangeable", try Self.visits(\.score, byClient: true), .linear, .exchangeable),
            ("gee.urine.client.exchangeable", try Self.visits(\.urine, byClient: true), .logistic, .exchangeable),
        ]
        for (id, data, model, correlation) in cases {
            let fit = try EstimatingEquations(data, model, correlation: correlation)
            try compare("trial_gee", id, names: Self.eight, fit)
            #expect(fit.convergence.lastStep < fit.convergence.criterion)
        }
    }

    @Test("Follow-up with the value at baseline, clinic as cluster: the default, and the ratio of risks")
    func followUp() throws {
        let (score, urine) = (try Self.followUp(\.score, less: 30), try Self.followUp(\.urine))
        let cases: [(String, ClusteredObservations, MeanModel, WorkingCorrelation)] = [
            ("gee.score.clinic.simple.independence", score, .linear, .independence),
            ("gee.urine.clinic.simple.independence", urine, .logistic, .independence),
            ("gee.score.clinic.simple.exchangeable", score, .linear, .exchangeable),
            ("gee.urine.clinic.simple.exchangeable", urine, .logistic, .exchangeable),
            ("gee.urine.clinic.log", urine, .logLinear, .exchangeable),
        ]
        for (id, data, model, correlation) in cases {
            let base = id.contains("urine") ? "base_urine" : "base"
            try compare(
                "trial_gee", id, names: ["(Intercept)", "arm", base],
                EstimatingEquations(data, model, correlation: correlation))
        }
    }

    @Test("Real data: wheeze of 537 children of Ohio, seizures of 59 patients")
    func real() throws {
        let ohio = try Reference.table("real_ohio.csv").map { $0.compactMapValues(Double.init) }
        func column(_ rows: [[String: Double]], _ name: String) -> [Double] { rows.map { $0[name] ?? .nan } }
        let (age, smoke) = (column(ohio, "age"), column(ohio, "smoke"))
        let children = try ClusteredObservations(
            clusters: column(ohio, "id").map { Int($0) }, covariates: [age, smoke, zip(age, smoke).map { $0 * $1 }],
            outcomes: .each(column(ohio, "resp")))
        let names = ["(Intercept)", "age", "smoke", "age:smoke"]
        try compare(
            "real", "ohio.gee.independence", names: names, EstimatingEquations(children, .logistic))
        try compare(
            "real", "ohio.gee.exchangeable", names: names,
            EstimatingEquations(children, .logistic, correlation: .exchangeable))

        let table = try Reference.table("real_epil.csv")
        let epil = table.map { $0.compactMapValues(Double.init) }
        let treated = table.map { $0["trt"] == "progabide" ? 1.0 : 0 }
        let base = column(epil, "lbase")
        let patients = try ClusteredObservations(
            clusters: column(epil, "subject").map { Int($0) },
            covariates: [base, treated, column(epil, "lage"), column(epil, "V4"), zip(base, treated).map { $0 * $1 }],
            outcomes: .each(column(epil, "y")))
        try compare(
            "real", "epil.gee",
            names: ["(Intercept)", "lbase", "trtprogabide", "lage", "V4", "lbase:trtprogabide"],
            EstimatingEquations(patients, .logLinear, correlation: .exchangeable))
    }

    private func crosscheck(
        _ id: String, _ fit: EstimatingEquations, error: String, scale: String = "scale"
    ) throws {
        let (value, tolerance) = try Reference.oracle("trial_gee", id)
        var agreement = Agreement(with: "trial_gee.\(id)", within: tolerance)
        agreement.expect(fit.coefficients, Self.eight.map { value["beta"][$0].number }, "coefficients")
        agreement.expect([fit.correlation, fit.dispersion], [value["alpha"].number, value[scale].number], "moments")
        let errors = (0..<8).map { fit.covariance(.liangZeger)[$0, $0].squareRoot() }
        agreement.expect(
            errors, value[error].members.isEmpty ? value[error].column : Self.eight.map { value[error][$0].number },
            "errors")
        agreement.conclude()
    }

    @Test("The packages gee and geepack, with their own denominators, and correlation that fades with time")
    func packages() throws {
        let score = try Self.visits(\.score, byClient: true)
        try crosscheck(
            "gee.crosscheck.gee_pkg", EstimatingEquations(score, .linear, correlation: .exchangeable),
            error: "robust_se")
        let urine = try Self.visits(\.urine, byClient: true, timed: true)
        try crosscheck(
            "gee.crosscheck.geepack",
            EstimatingEquations(urine, .logistic, correlation: .exchangeable, denominators: .plain), error: "se")
        try crosscheck(
            "gee.crosscheck.geepack.ar1",
            EstimatingEquations(urine, .logistic, correlation: .autoregressive, denominators: .plain), error: "se")
    }

    @Test("Least squares and logistic regression with CR0 to CR3 and their degrees of freedom")
    func clusterRobust() throws {
        let corrections: [(String, SandwichCorrection)] = [
            ("CR0", .liangZeger), ("CR1", .clusterCount), ("CR2", .bellMcCaffrey), ("CR3", .manclDeRouen),
        ]
        let fits = [
            ("cr.lm", try EstimatingEquations(Self.followUp(\.score, less: 30), .linear)),
            ("cr.glm", try EstimatingEquations(Self.followUp(\.urine), .logistic)),
        ]
        for (id, fit) in fits {
            let (value, tolerance) = try Reference.oracle("trial_gee", id)
            var agreement = Agreement(with: "trial_gee.\(id)", within: tolerance)
            for (name, correction) in corrections where !value[name].members.isEmpty {
                for column in 0..<3 {
                    let test = try fit.effect(of: column, correction, degrees: .satterthwaite)
                    let expected = value[name]
                    agreement.expect(
                        [test.estimate, test.standardError, test.degrees, test.p],
                        ["est", "se", "df", "p"].map { expected[$0].column[column] }, "\(name)[\(column)]")
                }
            }
            agreement.conclude()
        }
    }
}
