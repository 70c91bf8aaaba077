/// What a trial team sends: the trial, who was allocated where, who takes part, what was measured and delivered.
extension ReportKind {
    private static let site = Column("site", .site, required: true)
    private static let roles = Column("role", .choice(["client", "provider"]), required: true)

    public static let trials = ReportKind(
        name: "trials",
        columns: [
            Column("trial", .code, required: true),
            Column("name", .text(longest: 200), required: true),
            Column("name_zh", .text(longest: 200)),
            Column("registration", .text(longest: 50)),
            Column("design", .choice(["parallel", "paired", "stratified"]), required: true),
            Column("primary_outcome", .text(longest: 200)),
            Column("assessed_clusters", .count(0...10_000)),
            Column("excluded_clusters", .count(0...10_000)),
            Column("planned_clusters", .count(2...10_000)),
            Column("planned_group_sessions", .count(0...100)),
            Column("planned_interviews", .count(0...100)),
            Column("starts_on", .day(mayPlan: true)),
            Column("ends_on", .day(mayPlan: true)),
        ],
        key: ["trial"],
        rules: [.order("starts_on", "ends_on")],
        store: .versions(table: "trial_protocol"))

    /// What a trial set out to measure and how it is to be judged, one row an outcome. The file's hash and the day of its
    /// arrival are the plan's.
    public static let plans = ReportKind(
        name: "plans",
        columns: [
            Column("trial", .trial, required: true), roles,
            Column("outcome", .code, required: true),
            Column("rank", .choice(["primary", "secondary"]), required: true),
            Column("scale", .choice(["continuous", "binary", "time_to_event"]), required: true),
            Column("higher_is", .choice(["better", "worse"]), required: true),
            Column("visit_month", .count(1...600), unit: .months),
            Column(
                "method",
                .choice([
                    "two_stage", "permutation", "mixed_model", "logistic_mixed_model", "estimating_equations",
                    "paired_cox",
                ]), blank: "two_stage"),
            Column("covariates", .choices(["baseline", "age", "female"])),
            Column("worthwhile", .amount(decimals: 3, 0...1_000_000)),
            Column("name", .text(longest: 200), required: true),
            Column("name_zh", .text(longest: 200)),
            Column("unit", .text(longest: 50)),
            Column("unit_zh", .text(longest: 50)),
        ],
        key: ["trial", "role", "outcome"],
        rules: [.methodFits(methodsOfScale)],
        store: .versions(table: "trial_plan"))

    /// By scale, the methods that can be planned for it.
    static let methodsOfScale = [
        "continuous": ["two_stage", "permutation", "mixed_model", "estimating_equations"],
        "binary": ["two_stage", "permutation", "logistic_mixed_model", "estimating_equations"],
        "time_to_event": ["paired_cox"],
    ]

    /// Which clinic was put into which arm. Arms are kept out of receipts and of the quarantine.
    public static let allocations = ReportKind(
        name: "allocations",
        columns: [
            Column("trial", .trial, required: true), site,
            Column("arm", .choice(["intervention", "control"]), required: true, masked: true),
            Column("pair", .code), Column("stratum", .code),
            Column("allocated_on", .day),
            Column("starts_on", .day(mayPlan: true)),
        ],
        key: ["trial", "site"],
        rules: [.order("allocated_on", "starts_on")],
        store: .versions(table: "allocation"))

    /// Who takes part in a trial, or (without one) who works in a clinic.
    public static let participants = ReportKind(
        name: "participants",
        columns: [
            Column("trial", .trial, blank: ""), site,
            Column("participant", .client, required: true), roles,
            Column("enrolled_on", .day),
            Column("withdrawn_on", .day),
            Column("withdrawal_reason", .text(longest: 200)),
            Column("left_treatment_on", .day),
            Column("exit_reason", .choice(exitReasons)),
            Column("sex", .choice(["female", "male", "other"])),
            Column("birth_year", .count(1900...2049)),
        ],
        key: ["trial", "site", "participant"],
        rules: [
            .order("enrolled_on", "withdrawn_on"), .needs("withdrawn_on", for: "withdrawal_reason"),
            .order("enrolled_on", "left_treatment_on"), .needs("left_treatment_on", for: "exit_reason"),
        ],
        store: .versions(table: "participant"))

    /// One instrument at one visit: of a trial, or (without one) of the programme's own intake and follow-ups.
    public static let assessments = ReportKind(
        name: "assessments",
        columns: [
            Column("trial", .trial, blank: ""), site,
            Column("participant", .client, required: true), roles,
            Column("visit_month", .count(0...600), required: true, unit: .months),
            Column("instrument", .code, required: true),
            Column("assessed_on", .day),
            Column("status", .choice(["done", "missed", "refused", "lost"]), blank: "done"),
            Column("value", .amount(decimals: 3, -1_000_000...1_000_000)),
        ],
        key: ["site", "trial", "participant", "visit_month", "instrument"],
        rules: [.valueExactlyWhen("status", is: "done")],
        store: .versions(table: "assessment"))

    /// A session of the intervention: of a group of providers, or an interview with a client; planned and held.
    public static let sessions = ReportKind(
        name: "sessions",
        columns: [
            Column("trial", .trial, blank: ""), site,
            Column("form", .choice(["provider_group", "client_interview"]), required: true),
            Column("number", .count(1...1000), required: true),
            Column("participant", .client, blank: ""),
            Column("planned_on", .day(mayPlan: true)),
            Column("held_on", .day),
            Column("attended", .count(0...1000), unit: .people),
            Column("minutes", .count(0...1440), unit: .minutes),
        ],
        key: ["site", "trial", "form", "number", "participant"],
        rules: [.needs("held_on", for: "attended"), .needs("held_on", for: "minutes")],
        store: .versions(table: "session"))

    /// When each clinic begins with something that the programme brings to all of them, one after the other.
    public static let rollouts = ReportKind(
        name: "rollouts",
        columns: [
            Column("rollout", .code, required: true), site,
            Column("name", .text(longest: 200), required: true),
            Column("name_zh", .text(longest: 200)),
            Column("starts_on", .day(mayPlan: true)),
            Column("phase_in_months", .count(0...24), unit: .months),
            Column("indicator", .text(longest: 40)),
        ],
        key: ["site", "rollout"],
        store: .versions(table: "rollout"))
}
