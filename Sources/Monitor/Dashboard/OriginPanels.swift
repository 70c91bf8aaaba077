import Ingest
import Words

/// Where a site's numbers come from: every version of its reports with file and line, and what they were asked.
struct OriginPanels {
    let versions: [ReportVersion]
    let flags: [ReportFlag]
    /// Months whose numbers are hidden; a flag of the month after quotes them too.
    let hiddenMonths: Set<Month>
    let scope: Scope
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }

    func versionsPanel() -> Panel {
        let columns = ["monthText", "version", "arrivedAt", "timeliness", "fileName", "line", "sha256", "receipt"]
        return Panel(
            id: "versions", kind: .table, title: words("versions.title"), subtitle: words("versions.subtitle"),
            sentence: words.counted(
                "versions.sentence", versions.count, ["months": "\(Set(versions.map(\.month)).count)"]),
            columns: columns.map { Panel.Column(key: $0, label: words("versions.\($0)")) },
            rows: versions.map { version in
                [
                    "month": .text("\(version.month)"), "monthText": .text(numbers.shortMonth(version.month)),
                    "version": .whole(version.version), "isCurrent": .flag(version.isCurrent),
                    "arrivedAt": .text(version.arrivedAt),
                    "timeliness": .text(words(version.isInTime ? "versions.in_time" : "versions.after_deadline")),
                    "fileName": .text(version.fileName), "line": .whole(version.line),
                    "sha256": Datum(version.sha256), "receipt": .whole(version.receipt),
                    "url": .text("/data/receipts/\(version.receipt)"),
                ]
            },
            links: Panel.Files(csv: "\(scope.apiURL)/versions.csv", json: "\(scope.apiURL)/versions"))
    }

    func flagsPanel() -> Panel {
        Panel(
            id: "flags", kind: .table, title: words.counted("flags.title", flags.count),
            subtitle: words("flags.subtitle"), sentence: words.counted("flags.sentence", flags.count),
            columns: [
                Panel.Column(key: "monthText", label: words("table.month")),
                Panel.Column(key: "text", label: words("table.flag")),
            ],
            rows: flags.map(row),
            links: Panel.Files(csv: "\(scope.apiURL)/flags.csv", json: "\(scope.apiURL)/flags"))
    }

    private func row(_ flag: ReportFlag) -> PanelRow {
        let isHidden = hiddenMonths.contains(flag.month) || hiddenMonths.contains(flag.month - 1)
        let hidden = words("state.suppressed")
        return [
            "month": .text("\(flag.month)"), "monthText": .text(numbers.shortMonth(flag.month)),
            "code": .text(flag.code), "seen": Datum(isHidden ? nil : flag.seen),
            "expected": Datum(isHidden ? nil : flag.expected),
            "text": .text(
                flag.sentence(
                    words,
                    [
                        "seen": isHidden ? hidden : flag.seen.map(numbers.amount) ?? "",
                        "expected": isHidden ? hidden : flag.expected.map(numbers.amount) ?? "",
                    ])),
        ]
    }
}

extension ReportFlag {
    /// The question in words; a programme's own rule brings its own.
    func sentence(_ words: Words, _ numbers: [String: String]) -> String {
        let values = numbers.merging(["field": words.column(field, of: "monthly") ?? ""]) { own, _ in own }
        let own = words.language == .chinese ? chinese ?? english : english ?? chinese
        guard let own, !words.has("flag.\(code)") else { return words("flag.\(code)", values) }
        return values.reduce(own) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}
