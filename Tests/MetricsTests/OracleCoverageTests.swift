import Testing

/// Every reference case is asked for by name in a test, or stands here with the reason why not.
@Suite("Coverage of R's larger set", .enabled(if: Reference.hasOracle))
struct OracleCoverageTests {
    private static let files = [
        "special", "rates", "proportions", "fdr", "survival", "survival_edge", "trends", "spc", "shrinkage", "addicts",
        "extra", "real", "real_programme", "mk_variants_py", "trial_cluster", "trial_lmm", "trial_glmm", "trial_gee",
        "rollout_its_pool", "rollout_did", "rollout_sw",
    ]

    /// Cases that no estimator answers.
    private static let excused: [(reason: String, cases: Set<String>)] = [
        ("Fisher's exact test of a table: arms are of clinics, and no page compares two by two", ["fisher"]),
        ("another formula, x + 0.5 at both limits; ours is Breslow & Day's, rate.byar", ["rate.byar.epitools"]),
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
