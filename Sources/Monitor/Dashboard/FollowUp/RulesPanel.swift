import Metrics
import Words

/// The same figures under every rule of what a dropout is: how much of a difference is made by the rule alone.
extension FollowUpWriter {
    func rulesPanel() -> Panel {
        let rules = counts.rules.filter { $0.sites > 0 }
        let shares = rules.compactMap { rule in
            counts.stays[rule.name].flatMap { retention(curve($0), atMonth: 6).estimate?.point }
        }
        let values = [
            "low": shares.min().map { numbers.number($0 * 100, digits: 0) } ?? "",
            "high": shares.max().map { numbers.number($0 * 100, digits: 0) } ?? "", "rules": "\(rules.count)",
        ]
        let key = shares.count > 1 ? "" : ".none"
        return Panel(
            id: PanelName.rules.rawValue, kind: .table, title: words("rules.title\(key)", values),
            subtitle: words("rules.subtitle"), sentence: words("rules.sentence"), caveat: words("rules.caveat"),
            columns: [("ruleText", "table.rule")].map { Panel.Column(key: $0.0, label: words($0.1)) }
                + Self.milestones.map {
                    Panel.Column(key: "retention\($0)", label: words("table.retention_after", ["n": "\($0)"]))
                } + [
                    Panel.Column(key: "median", label: words("table.median_months")),
                    Panel.Column(key: "dropouts", label: words("table.dropout_rate")),
                ],
            rows: rules.map(row), links: links(.rules))
    }

    private func row(_ rule: StayRule) -> PanelRow {
        let curve = curve(counts.stays[rule.name] ?? Stays())
        var row: PanelRow = ["rule": .text(rule.name), "ruleText": .text(ruleName(rule))]
        for n in Self.milestones {
            row["retention\(n)"] = .text(text(retention(curve, atMonth: n), times: 100))
        }
        let hidden = disclosure.hides(people: Double(curve.stays.count))
        let median = curve.curve.quantile(0.5).time.map { numbers.number($0 / Self.daysInMonth, digits: 1) }
        row["median"] = .text(hidden ? words("state.suppressed") : median ?? words("retention.not_reached"))
        row["dropouts"] = .text(
            dropoutRate(
                newest(counts.treatment[rule.name]).flatMap { counts.treatment[rule.name]?[$0] }
            ).map { text($0, times: 1) } ?? words("state.not_reported"))
        return row
    }
}
