import Ingest
import Words

/// Which reports arrived, site by site and month by month.
struct ReceivedPanel {
    let sites: [Site]
    let states: [Int: [Month: ReportState]]
    let months: [Month]
    let completeness: Completeness?
    let month: Month
    let scope: Scope
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }

    func panel() -> Panel {
        let values = [
            "month": numbers.month(month), "received": "\(completeness?.received ?? 0)",
            "expected": "\(completeness?.expected ?? 0)", "inTime": "\(completeness?.inTime ?? 0)",
        ]
        return Panel(
            id: "received", kind: .received, title: words("received.title", values),
            subtitle: words("received.subtitle"), sentence: words("received.sentence", values),
            caveat: words("received.caveat"), chart: "received",
            columns: [
                Panel.Column(key: "name", label: words("table.site")),
                Panel.Column(key: "month", label: words("table.month")),
                Panel.Column(key: "text", label: words("table.report")),
            ],
            rows: sites.flatMap { site in months.map { row(site, $0) } },
            links: Panel.Files(
                csv: "\(scope.apiURL)/received.csv?month=\(month)", json: "\(scope.apiURL)/received?month=\(month)"))
    }

    private func row(_ site: Site, _ month: Month) -> PanelRow {
        let report = states[site.id]?[month]
        let state = Self.shown(report)
        return [
            "site": .text(site.code), "name": .text(site.name.text(in: words.language)),
            "month": .text("\(month)"), "state": .text(state),
            "text": .text(
                words("received.state.\(state)", ["date": report?.arrivedOn ?? "", "flags": "\(report?.flags ?? 0)"])),
        ]
    }

    /// One state for each square: what a data manager would act on comes first.
    static func shown(_ report: ReportState?) -> String {
        guard let report else { return "not_applicable" }
        if report.isEmpty { return "empty" }
        if report.flags > 0 { return "flagged" }
        return report.state == "unexpected" ? "flagged" : report.state
    }
}
