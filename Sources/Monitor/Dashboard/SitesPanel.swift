import Ingest
import Metrics
import Words

/// Every site of the programme with its figures of one month: the register as an address book.
struct SitesPanel {
    let counts: PageCounts
    let month: Month
    let words: Words

    private static let shown = [
        "caseload", "cohort_retention_6", "dropout_rate", "positivity_clients", "dose_adequacy",
    ]

    func panel() -> Panel {
        let numbers = NumberText(words: words)
        let definitions = counts.definitions.filter { Self.shown.contains($0.indicator) }
        return Panel(
            id: "sites", kind: .table, title: words("sites.title", ["month": numbers.month(month)]),
            sentence: words.counted("sites.sentence", counts.sites.count),
            columns: [
                Panel.Column(key: "site", label: words("table.code")),
                Panel.Column(key: "name", label: words("table.site")),
                Panel.Column(key: "region", label: words("table.region")),
            ]
                + definitions.flatMap { definition in
                    [Panel.Column(key: definition.indicator, label: definition.name(words))]
                        + ["low", "high", "state"].map { part in
                            Panel.Column(
                                key: "\(definition.indicator)_\(part)",
                                label: "\(definition.name(words)), \(words("table.\(part)"))")
                        }
                },
            rows: counts.sites.map { row($0, definitions) },
            links: Panel.Files(csv: "/api/v1/sites.csv?month=\(month)", json: "/api/v1/sites?month=\(month)"))
    }

    private func row(_ site: Site, _ definitions: [Definition]) -> PanelRow {
        var row: PanelRow = [
            "month": .text("\(month)"), "site": .text(site.code), "name": .text(site.name.text(in: words.language)),
            "region": .text(site.regionCode), "url": .text(site.url),
        ]
        for definition in definitions {
            let count = counts.siteCount(site.id, definition.indicator, month)
            let cell = Cell.of(count, definition, report: counts.reports[site.id]?[month])
            let estimate = cell.estimate
            row[definition.indicator] = Datum(estimate.map { $0.point * definition.shownPer })
            row[definition.indicator + "_low"] = Datum(estimate?.interval.map { $0.lower * definition.shownPer })
            row[definition.indicator + "_high"] = Datum(estimate?.interval.map { $0.upper * definition.shownPer })
            row[definition.indicator + "_state"] = .text(cell.state.rawValue)
        }
        return row
    }
}
