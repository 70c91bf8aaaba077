import Metrics
import Words

/// All outcomes side by side, each by its planned method; what no plan named is explored.
extension TrialWriter {
    func outcomesPanel() -> Panel? {
        guard trial.isUnmasked else { return nil }
        let rows = read.outcomes.map(outcomeRow)
        return Panel(
            id: TrialPanelName.outcomes.rawValue, kind: .table, title: words("trial.outcomes.title"),
            sentence: words("trial.outcomes.sentence"), caveat: words("trial.outcomes.caveat"),
            columns: columns([
                ("label", "trial.column.outcome"), ("rankText", "trial.column.rank"), ("text", "trial.column.effect"),
                ("pText", "trial.column.p"), ("participants", "trial.column.participants"),
                ("methodText", "trial.column.method"),
            ]),
            rows: rows, links: links(.outcomes))
    }

    private func outcomeRow(_ each: TrialOutcome) -> PanelRow {
        let own: PanelRow = [
            "rankText": .text(words("trial.rank.\(rank(each))")), "measure": .text(each.key),
            "url": .text("\(trial.url)?outcome=\(each.key)"),
        ]
        guard each.scale != .timeToEvent else { return own.merging(hazardRow(each)) { $1 } }
        guard let analysis = read.analysis(each) else {
            return own.merging([
                "label": .text(name(each)), "text": .text(words("trial.failure.no_measurements")),
                "state": .text(Cell.State.notReported.rawValue),
            ]) { $1 }
        }
        let text = effects(of: each)
        let lead = method(each)
        var row = row(name(each), analysis.effect(lead), text)
        if case .text(let told)? = row["text"], row["value"] != nil { row["text"] = .text("\(told) \(text.unit)") }
        row["methodText"] = .text(words("trial.method.\(lead.rawValue)"))
        return own.merging(row) { $1 }
    }

    private func hazardRow(_ each: TrialOutcome) -> PanelRow {
        let writer = TrialWriter(read: read, words: words)
        guard let lead = writer.hazards.first, let ratio = (try? lead.effect.get())?.ratio,
            let test = try? lead.effect.get()
        else {
            return [
                "label": .text(name(each)), "state": .text(Cell.State.unavailable.rawValue),
                "text": .text(words("trial.hazard.none")),
            ]
        }
        let ends = words(
            "trial.interval",
            [
                "low": numbers.number(ratio.interval.lower, digits: 2),
                "high": numbers.number(ratio.interval.upper, digits: 2),
            ])
        return [
            "label": .text(name(each)), "state": .text(Cell.State.value.rawValue), "value": .number(ratio.point),
            "low": .number(ratio.interval.lower), "high": .number(ratio.interval.upper), "p": .number(test.p),
            "pText": .text(numbers.probability(test.p)), "degrees": .number(test.degrees),
            "text": .text("\(numbers.number(ratio.point, digits: 2)) (\(ends)) \(words("trial.unit.hazard"))"),
            "participants": .whole(read.stays?.count ?? 0), "methodText": .text(words("trial.method.paired_cox")),
        ]
    }
}
