import Words

/// The analysis plan: which file, since when, and what it fixed.
extension TrialWriter {
    func planPanel() -> Panel? {
        let planned = read.outcomes.compactMap { each in each.planned.map { (each, $0) } }
        guard let newest = planned.max(by: { $0.1.receivedOn < $1.1.receivedOn })?.1 else { return nil }
        return Panel(
            id: TrialPanelName.plan.rawValue, kind: .table, title: words("trial.plan.title"),
            subtitle: newest.sha256.map { words("trial.plan.hash", ["sha256": String($0.prefix(16))]) } ?? "",
            sentence: words(
                newest.looksBefore == 0 ? "trial.plan.before" : "trial.plan.after",
                ["date": newest.receivedOn, "looks": "\(newest.looksBefore)"]),
            caveat: words("trial.plan.caveat"),
            columns: columns([
                ("label", "trial.column.outcome"), ("rankText", "trial.column.rank"),
                ("methodText", "trial.column.method"),
                ("visitText", "trial.column.visit"), ("covariatesText", "trial.column.covariates"),
                ("worthwhileText", "trial.column.worthwhile"), ("dateText", "trial.column.planned_on"),
            ]),
            rows: planned.map { planRow($0.0, $0.1) }, links: links(.plan))
    }

    private func planRow(_ each: TrialOutcome, _ plan: TrialOutcome.Planned) -> PanelRow {
        let text = effects(of: each)
        let worthwhile = plan.worthwhile.map { value in
            each.scale == .timeToEvent
                ? numbers.number(value, digits: 0) + words("chart.percent")
                : "\(text.number(value / text.scale)) \(text.unit)"
        }
        return [
            "label": .text(name(each)), "measure": .text(each.key),
            "rankText": .text(words("trial.rank.\(rank(each))")),
            "state": .text("value"), "method": .text(plan.method),
            "methodText": .text(words("trial.method.\(plan.method)")),
            "visitText": .text(
                plan.visit.map { words.counted("followup.months", $0) } ?? words("trial.plan.whole_time")),
            "covariatesText": .text(plan.covariates.map { words("trial.covariate.\($0)") }.joined(separator: ", ")),
            "worthwhileText": .text(worthwhile ?? ""),
            "dateText": .text(
                plan.version > 1
                    ? words("trial.plan.version", ["date": plan.receivedOn, "version": "\(plan.version)"])
                    : plan.receivedOn),
        ]
    }
}
