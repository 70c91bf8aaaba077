/// What is known of single clients: their episodes of treatment, their doses, their urine tests.
extension ReportKind {
    private static let who = [Column("site", .site, required: true), Column("client", .client, required: true)]

    static let exitReasons = [
        "dropout", "transferred", "completed", "disciplinary", "detained", "hospital", "moved", "died", "other",
    ]

    /// A stay in treatment: from its first day to its last, and how it ended. No last day: it goes on.
    public static let episodes = ReportKind(
        name: "episodes",
        columns: who + [
            Column("started_on", .day, required: true),
            Column("ended_on", .day),
            Column("exit_reason", .choice(exitReasons)),
            Column("entry", .choice(["new", "readmitted", "transferred_in"])),
            Column("sex", .choice(["female", "male", "other"])),
            Column("birth_year", .count(1900...2049)),
            Column("injecting", .yesNo),
            Column("imprisoned_before", .yesNo),
            Column("hiv", .choice(["positive", "negative", "unknown"])),
            Column("employed", .yesNo),
            Column("dose_mg", .amount(decimals: 1, 0...500), unit: .milligrams),
        ],
        key: ["site", "client", "started_on"],
        rules: [.order("started_on", "ended_on"), .needs("ended_on", for: "exit_reason")],
        store: .versions(table: "episode"))

    /// A client's dose of methadone on one day.
    public static let doses = ReportKind(
        name: "doses",
        columns: who + [
            Column("dosed_on", .day, required: true),
            Column("dose_mg", .amount(decimals: 1, 0...500), required: true, unit: .milligrams),
        ],
        key: ["site", "client", "dosed_on"],
        rules: [.positive("dose_mg"), .notBeforeOpening("dosed_on"), .unusual("dose_mg", above: 300)],
        store: .bundles)

    /// A urine test of a client, done or missed. An invalid or missed test is never a negative one.
    public static let urine = ReportKind(
        name: "urine",
        columns: who + [
            Column("collected_on", .day, required: true),
            Column("substance", .choice(Substance.allCases.map(\.rawValue)), blank: "opioid"),
            Column("result", .choice(TestResult.allCases.map(\.rawValue)), required: true),
            Column("schedule", .choice(["scheduled", "random"])),
        ],
        key: ["site", "client", "collected_on", "substance"],
        rules: [.notBeforeOpening("collected_on")],
        store: .bundles)

    /// What a test looks for. Numbers in the database are places in this list, from 0.
    enum Substance: String, CaseIterable {
        case opioid, methadone, buprenorphine, amphetamine, benzodiazepine, cocaine, other
    }

    /// What a test found. Numbers in the database are places in this list, from 0.
    enum TestResult: String, CaseIterable {
        case negative, positive, invalid, missed
    }
}
