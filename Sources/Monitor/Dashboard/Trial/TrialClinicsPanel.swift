import Metrics
import Words

/// Clinic by clinic: its own change, how far it lies from its arm, and what hangs on it. Never an effect.
extension TrialWriter {
    func clinicsPanel() -> Panel? {
        guard outcome.scale != .timeToEvent, let analysis = read.analysis(outcome) else { return nil }
        let lead = method(outcome)
        let whole = try? analysis.effect(lead).get()
        let without = analysis.withoutEach(lead)
        let rows = analysis.clinicChanges().map { change in
            row(
                change,
                influence: whole.flatMap { whole in
                    (try? without[change.clinic].get()).map { $0.estimate - whole.estimate }
                })
        }.sorted { "\($0["arm"] ?? .missing)" > "\($1["arm"] ?? .missing)" }
        return Panel(
            id: TrialPanelName.clinics.rawValue, kind: .forest,
            title: words("trial.clinics.title", ["outcome": name(outcome)]),
            subtitle: words("trial.clinics.subtitle", ["unit": effects.unit]),
            sentence: words("trial.clinics.sentence") + " " + words("trial.clinics.legend"),
            caveat: words("trial.clinics.caveat"), chart: "clinics",
            axis: Panel.Axis(title: words("trial.clinics.axis", ["unit": effects.unit]), zero: true, percent: false),
            columns: columns([
                ("label", "table.site"), ("armText", "trial.column.arm"),
                ("participants", "trial.column.participants"),
                ("text", "trial.column.change"), ("deviationText", "trial.column.deviation"),
                ("influenceText", "trial.column.influence"),
            ]),
            rows: rows, links: links(.clinics))
    }

    private func row(_ change: ClinicChange, influence: Double?) -> PanelRow {
        let clinic = read.clinics[change.clinic]
        let arm = clinic.isIntervention == true ? "intervention" : "control"
        let named: PanelRow = [
            "label": .text(clinic.name.text(in: language)), "site": .text(clinic.code),
            "url": .text("/sites/\(clinic.code)"),
            "arm": .text(arm), "armText": .text(words("choice.\(arm)")), "isMain": .flag(clinic.isIntervention == true),
            "participants": .whole(change.participants),
        ]
        let text = effects
        // Of a handful of people a mean tells what they said.
        guard !Disclosure().hides(people: Double(change.participants)) else {
            return named.merging([
                "state": .text(Cell.State.suppressed.rawValue), "text": .text(words("state.suppressed")),
                "participants": .missing,
            ]) { $1 }
        }
        func told(_ point: Double?, _ interval: Interval?) -> String {
            guard let point else { return "" }
            let ends = interval.map {
                words("trial.interval", ["low": text.number($0.lower), "high": text.number($0.upper)])
            }
            return text.number(point) + (ends.map { " (\($0))" } ?? "")
        }
        return named.merging([
            "state": .text(Cell.State.value.rawValue), "value": .number(change.change * text.scale),
            "low": Datum(change.interval.map { $0.lower * text.scale }),
            "high": Datum(change.interval.map { $0.upper * text.scale }),
            "text": .text(told(change.change, change.interval)),
            "deviation": Datum(change.deviation.map { $0 * text.scale }),
            "deviationText": .text(told(change.deviation, change.deviationInterval)),
            "influence": Datum(influence.map { $0 * text.scale }),
            "influenceText": .text(influence.map { ($0 > 0 ? "+" : "") + text.number($0) } ?? ""),
        ]) { $1 }
    }
}
