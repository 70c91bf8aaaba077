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
            columns: [Panel.Column(key: "ruleText", label: words("table.rule"))]
                + Self.milestones.map {
                    Panel.Column(key: "retention_\($0)Text", label: words("table.retention_after", ["n": "\($0)"]))
                } + [
                    Panel.Column(key: "medianText", label: words("table.median_months")),
                    Panel.Column(key: "dropoutsText", label: words("table.dropout_rate")),
                ],
            rows: rules.map(row), links: links(.rules))
    }

    static let ruleMeasures = milestones.map { "retention_\($0)" } + ["median", "dropouts"]
    static let rulesFileKeys = ["rule"] + ruleMeasures.flatMap(fileKeys)

    private func row(_ rule: StayRule) -> PanelRow {
        let curve = curve(counts.stays[rule.name] ?? Stays())
        let treatment = counts.treatment[rule.name]
        let dropouts = newest(treatment).flatMap { dropoutRate(treatment?[$0]) } ?? Cell(.notReported)
        return Self.milestones.reduce(["rule": .text(rule.name), "ruleText": .text(ruleName(rule))]) { row, n in
            row.merging(items(retention(curve, atMonth: n), named: "retention_\(n)", times: 100)) { own, _ in own }
        }
        .merging(median(curve)) { own, _ in own }
        .merging(items(dropouts, named: "dropouts", times: 1)) { own, _ in own }
    }

    /// Months until half have left; a limit that the curve does not reach has no number.
    private func median(_ curve: Curve) -> PanelRow {
        let half = curve.curve.quantile(0.5)
        let months = { (day: Double?) in day.map { $0 / Self.daysInMonth } }
        let told = { (day: Double?) in
            months(day).map { self.numbers.number($0, digits: 1) } ?? self.words("retention.not_reached")
        }
        let hidden = disclosure.hides(people: Double(curve.stays.count))
        guard !hidden, half.time != nil else {
            return [
                "median": .missing, "median_low": .missing, "median_high": .missing,
                "median_state": .text((hidden ? Cell.State.suppressed : .unavailable).rawValue),
                "medianText": .text(hidden ? words("state.suppressed") : told(nil)),
            ]
        }
        return [
            "median": Datum(months(half.time)), "median_low": Datum(months(half.lower)),
            "median_high": Datum(months(half.upper)), "median_state": .text(Cell.State.value.rawValue),
            "medianText": .text("\(told(half.time)) (\(told(half.lower))–\(told(half.upper)))"),
        ]
    }
}
