extension ReportKind {
    /// The monthly report of a clinic: stocks, flows, doses, urine tests, cohorts. A blank is "not reported".
    public static let monthly = ReportKind(
        name: "monthly",
        columns: [
            Column("site", .site, required: true),
            Column("month", .month, required: true),
            Column("submitted_at", .time),
        ] + monthlyFields,
        key: ["site", "month"])

    /// The fields that hold what the clinic counted.
    static let monthlyFields: [Column] =
        [
            Column("opening", .count),
            Column("new", .count),
            Column("readmitted", .count),
            Column("transferred_in", .count),
            Column("exit_dropout", .count),
            Column("exit_transferred", .count),
            Column("exit_completed", .count),
            Column("exit_disciplinary", .count),
            Column("exit_detained", .count),
            Column("exit_hospital", .count),
            Column("exit_moved", .count),
            Column("exit_died", .count),
            Column("exit_other", .count),
            Column("closing", .count),
            Column("clients_dosed", .count),
            Column("client_days", .count),
            Column("methadone_mg", .amount),
            Column("on_maintenance", .count),
            Column("on_60mg", .count),
            Column("tests_scheduled", .count),
            Column("tests_done", .count),
            Column("tests_positive", .count),
            Column("clients_tested", .count),
            Column("clients_positive", .count),
        ] + [3, 6, 12].flatMap(cohort)

    /// What became, by this month, of those who entered so many months ago.
    private static func cohort(enteredMonthsAgo months: Int) -> [Column] {
        ["entered", "in", "dropout", "transferred", "died", "unknown"].map { Column("cohort\(months)_\($0)", .count) }
    }
}
