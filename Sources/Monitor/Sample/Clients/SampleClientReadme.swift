import Ingest

/// What README.txt says of the client records.
enum SampleClientReadme {
    static func lines(_ programme: SampleProgramme) -> [String] {
        let scope = SampleRecordScope(clinics: programme.clinics, months: programme.months)
        let firstSheet = programme.firstMonth + scope.firstSheet
        let sheets = scope.withSheets.map(\.site).joined(separator: ", ")
        return [
            "",
            "Client records (clients_*.csv) are those of \(scope.clinics.first?.region.name ?? "no province") alone.",
            "Load them after the monthly files:",
            "",
            "- episodes: every stay in treatment that was under way \(SampleHistory.runUpMonths) months before the first",
            "  report, or began since. A client keeps his number when he changes clinics. The file named",
            "  later holds a correction.",
            "- doses, urine: every dose and every test of \(sheets) since \(firstSheet);",
            "  a test that was due and not taken is \"missed\".",
            "- assessments: what new clients say on entry and after 6 and 12 months; of those who have left by",
            "  then there is no later row. Providers answer twice a year: knowledge in points of 20, interaction",
            "  with clients in points of 60.",
            "- providers: who works in the clinics, and since when (a file of the kind participants, without a trial).",
            "",
            "They tell of the same simulated lives that the monthly reports count: both agree wherever no fault of a",
            "report (above) and none of these stands between them:",
        ] + slips(programme.slips)
    }

    private static func slips(_ slips: [SampleSlip]) -> [String] {
        SampleSlip.Kind.allCases.flatMap { kind -> [String] in
            let places = slips.filter { $0.kind == kind }.map { "  \($0.site) \($0.month)" }
            return places.isEmpty ? [] : ["", "- \(kind.sentence)"] + places
        }
    }
}
