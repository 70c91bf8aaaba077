extension ReportKind {
    /// The monthly report of a clinic: stocks, flows, doses, urine tests, cohorts. A blank is "not reported".
    public static let monthly = ReportKind(
        name: "monthly",
        columns: [
            Column("site", .site, required: true),
            Column("month", .month, required: true),
            Column("submitted_at", .time),
        ] + monthlyFields,
        key: ["site", "month"],
        rules: [.notBeforeOpening("month")])

    /// The fields that hold what the clinic counted.
    static let monthlyFields: [Column] =
        [
            Column("opening", .count, unit: .clients),
            Column("new", .count, unit: .clients),
            Column("readmitted", .count, unit: .clients),
            Column("transferred_in", .count, unit: .clients),
            Column("exit_dropout", .count, unit: .clients),
            Column("exit_transferred", .count, unit: .clients),
            Column("exit_completed", .count, unit: .clients),
            Column("exit_disciplinary", .count, unit: .clients),
            Column("exit_detained", .count, unit: .clients),
            Column("exit_hospital", .count, unit: .clients),
            Column("exit_moved", .count, unit: .clients),
            Column("exit_died", .count, unit: .clients),
            Column("exit_other", .count, unit: .clients),
            Column("closing", .count, unit: .clients),
            Column("clients_dosed", .count, unit: .clients),
            Column("client_days", .count, unit: .clientDays),
            Column("methadone_mg", .amount(decimals: 2, 0...999_999_999_999), unit: .milligrams),
            Column("on_maintenance", .count, unit: .clients),
            Column("on_60mg", .count, unit: .clients),
            Column("tests_scheduled", .count, unit: .tests),
            Column("tests_done", .count, unit: .tests),
            Column("tests_positive", .count, unit: .tests),
            Column("clients_tested", .count, unit: .clients),
            Column("clients_positive", .count, unit: .clients),
        ] + [3, 6, 12].flatMap(cohort)

    /// What became, by this month, of those who entered so many months ago.
    private static func cohort(enteredMonthsAgo months: Int) -> [Column] {
        ["entered", "in", "dropout", "transferred", "died", "unknown"].map {
            Column("cohort\(months)_\($0)", .count, unit: .clients)
        }
    }
}
