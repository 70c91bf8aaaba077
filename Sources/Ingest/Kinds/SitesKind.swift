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
            Column("opened_on", .date),
            Column("closed_on", .date),
            Column("provenance", .choice(["reported", "simulated", "synthetic_calendar"])),
            Column("aliases", .text(longest: 400)),
        ],
        key: ["site"])
}
