import Testing

/// Every reference case is asked for by name in a test, or stands here with the reason why not.
@Suite("Coverage of R's larger set", .enabled(if: Reference.hasOracle))
struct OracleCoverageTests {
    private static let files = [
        "special", "rates", "proportions", "fdr", "survival", "survival_edge", "trends", "spc", "shrinkage", "addicts",
        "extra", "real", "real_programme", "mk_variants_py", "trial_lmm", "rollout_sw",
    ]

    /// Cases that no estimator answers.
    private static let excused: [(reason: String, cases: Set<String>)] = [
        ("quadrature of generalised mixed models, which trials need", ["ghquad"]),
        ("Fisher's exact test of a table: no page of monitoring compares two by two", ["fisher"]),
        ("another formula, x + 0.5 at both limits; ours is Breslow & Day's, rate.byar", ["rate.byar.epitools"]),
        (
            "site effects of mixed models, for trials; monitoring shrinks by gamma and beta distributions",
            ["eb.glmm.poisson", "eb.glmm.binomial"]
        ),
        (
            "matched pairs of clinics in a trial",
            [
                "pairs.clinics", "pairs.lograte.t", "pairs.lograte.perm", "pairs.mean.t", "pairs.mean.perm",
                "pairs.cox.frailty",
            ]
        ),
        (
            "generalised mixed models and estimating equations of trials",
            [
                "cbpp.agq1", "cbpp.agq9", "cbpp.agq25", "cbpp.agq25.ranef", "ohio.gee.independence",
                "ohio.gee.exchangeable", "ohio.glmm.agq25", "epil.glmm", "epil.gee",
            ]
        ),
        (
            "pooling of sites' effects and interrupted series of roll-outs",
            ["bcg.REML", "bcg.DL", "bcg.PM", "bcg.ML", "bcg.blup", "nile.its", "nile.gls"]
        ),
        (
            "stepped wedges without a linear mixed model: planning, comparison within periods, a binary outcome",
            ["sw.hh.closed_form", "sw.vertical", "sw.binary.fit"]
        ),
    ]

    @Test("No case is forgotten, and none is excused that is checked or that does not exist", arguments: files)
    func cases(file: String) throws {
        let all = Reference.identifiers(file)
        #expect(!all.isEmpty)
        let checked = all.intersection(try Reference.quotedTexts(except: "OracleCoverageTests.swift"))
        let excused = Self.excused.reduce(into: Set<String>()) { $0.formUnion($1.cases) }
        #expect(all.subtracting(checked).subtracting(excused).sorted() == [])
        #expect(excused.intersection(checked).sorted() == [])
        print("\(file): \(all.count) cases, \(checked.count) checked, \(all.count - checked.count) excused")
    }

    @Test("Every excuse is of a case that exists")
    func excuses() {
        let all = Self.files.reduce(into: Set<String>()) { $0.formUnion(Reference.identifiers($1)) }
        for (reason, cases) in Self.excused { #expect(cases.subtracting(all).sorted() == [], "\(reason)") }
    }
}
