extension ReportKind {
    /// The site registry: one row a clinic.
    public static let sites = ReportKind(
        name: "sites",
        columns: [
            Column("site", .code, required: true),
            Column("name", .text(longest: 200), required: true),
            Column("name_zh", .text(longest: 200)),
            Column("region", .code, required: true),
            Column("region_name", .text(longest: 200)),
            Column("region_name_zh", .text(longest: 200)),
            Column("affiliation", .text(longest: 200)),
            Column("opened_on", .day(mayPlan: true)),
            Column("closed_on", .day(mayPlan: true)),
            Column("provenance", .choice(["reported", "simulated", "synthetic_calendar"])),
            Column("aliases", .text(longest: 400)),
        ],
        key: ["site"],
        rules: [
            .order("opened_on", "closed_on"), .needs("opened_on", for: "closed_on"),
            .withinCalendar("opened_on", "closed_on"), .freeCodes,
        ])

    /// The days on which a clinic is open, suspended or closed: as many intervals as it needs.
    public static let calendar = ReportKind(
        name: "calendar",
        columns: [
            Column("site", .site, required: true),
            Column("starts_on", .day(mayPlan: true), required: true),
            Column("ends_on", .day(mayPlan: true)),
            Column("status", .choice(["open", "suspended", "closed"]), required: true),
        ],
        key: ["site", "starts_on"],
        rules: [.order("starts_on", "ends_on")])

    /// What happened in a clinic, a region or the programme: trainings, policies, moves, stock-outs.
    public static let events = ReportKind(
        name: "events",
        columns: [
            Column("event", .code, required: true),
            Column(
                "kind", .choice(["training", "policy", "move", "stock_out", "definition", "other"]), required: true),
            Column("site", .site),
            Column("within", .region),
            Column("happened_on", .day(mayPlan: true), required: true),
            Column("ended_on", .day(mayPlan: true)),
            Column("owner", .text(longest: 200), required: true),
            Column("reason", .text(longest: 1000), required: true),
            Column("rebases", .yesNo, blank: "no"),
        ],
        key: ["event"],
        rules: [.order("happened_on", "ended_on"), .oneOf("site", "within"), .tellsNoArm],
        store: .versions(table: "event"))
}
