import Metrics
import Words

/// The share of entrants who have left for each reason, where each reason competes with the others.
extension FollowUpWriter {
    func exitIncidencePanel() -> Panel {
        let curve = curve(own)
        // As far as enough people have been followed.
        let n = Self.milestones.last { curve.retention(atMonth: $0).value != nil }
        let incidence = CumulativeIncidence(curve.curve.table)
        let rows = Stays.reasons.indices.map { row($0, incidence, atMonth: n) }
        let largest = rows.max { $0.share < $1.share }
        let isKnown = n != nil && largest.map { $0.share > 0 } == true && !disclosure.hides(people: Double(own.count))
        let values = [
            "n": "\(n ?? Self.milestones[0])",
            "reason": largest.map { words("flow.exit_\($0.reason)") } ?? "",
            "share": largest.map { numbers.number($0.share * 100, digits: 0) } ?? "",
            "reasons": told(rows),
        ]
        return Panel(
            id: PanelName.exitIncidence.rawValue, kind: .exits,
            title: words(isKnown ? "exit_incidence.title" : "exit_incidence.title.none", values),
            subtitle: words("exit_incidence.subtitle", values),
            sentence: (isKnown ? words("exit_incidence.sentence", values) : "") + ruleSentence,
            caveat: words("exit_incidence.caveat"), chart: "exits",
            axis: Panel.Axis(title: words("exit_incidence.axis"), zero: true, percent: true),
            columns: [
                Panel.Column(key: "label", label: words("table.reason")),
                Panel.Column(key: "countText", label: words("table.clients")),
                Panel.Column(key: "text", label: words("table.share_of_entrants")),
            ],
            rows: rows.map(\.row), links: links(.exitIncidence))
    }

    /// The three most frequent reasons, each with its interval.
    private func told(_ rows: [(reason: String, share: Double, row: PanelRow)]) -> String {
        rows.filter { $0.share > 0 }.sorted { $0.share > $1.share }.prefix(3).map {
            "\(words("flow.exit_\($0.reason)")) \($0.row["text"]?.plainText ?? "")"
        }.joined(separator: words("retention.then"))
    }

    private func row(
        _ reason: Int, _ incidence: CumulativeIncidence, atMonth n: Int?
    ) -> (reason: String, share: Double, row: PanelRow) {
        let name = Stays.reasons[reason]
        let estimate =
            n.map {
                incidence.estimate(reason: reason, at: Self.day(ofMonth: $0), smallest: counts.definition.fewestAtRisk)
            } ?? .unavailable(.tooFewAtRisk)
        let cell = cell(estimate, people: own.count)
        let left = cell.estimate.map { Int($0.numerator) }
        let own = items(cell, times: 100)
        let row: PanelRow = [
            "month": .text("\(month)"), "reason": .text("exit_\(name)"), "label": .text(words("flow.exit_\(name)")),
            "count": left.map(Datum.whole) ?? .missing,
            "countText": .text(left.map(words.grouped) ?? numbers.state(cell)),
            "share": own["value"] ?? .missing, "low": own["low"] ?? .missing, "high": own["high"] ?? .missing,
            "state": own["state"] ?? .missing, "text": own["text"] ?? .missing,
        ]
        return (name, cell.estimate?.point ?? 0, row)
    }
}
