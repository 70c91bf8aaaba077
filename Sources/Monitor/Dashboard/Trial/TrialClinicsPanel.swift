import Metrics
import Words

/// Clinic by clinic: its own change, how far it lies from its arm, and what hangs on it. Never an effect.
extension TrialWriter {
    func clinicsPanel() -> Panel? {
        guard outcome.scale != .timeToEvent, let analysis = read.analysis(outcome) else { return nil }
        let lead = method(outcome)
        let whole = try? analysis.effect(lead).get()
        let without = analysis.withoutEach(lead)
        let changes = analysis.clinicChanges().sorted(by: isBefore)
        let rows = changes.map { change in
            row(
                change,
                influence: whole.flatMap { whole in
                    (try? without[change.clinic].get()).map { $0.estimate - whole.estimate }
                })
        }
        let isPaired = read.clinics.contains { $0.pair != nil }
        return Panel(
            id: TrialPanelName.clinics.rawValue, kind: .forest,
            title: words("trial.clinics.title", ["outcome": name(outcome)]),
            subtitle: words("trial.clinics.subtitle", ["unit": effects.unit]),
            sentence: ["trial.clinics.sentence", "trial.clinics.legend"].map { words($0) }.joined(separator: " ")
                + (isPaired ? " " + words("trial.clinics.legend.pairs") : ""),
            caveat: words(
                changes.allSatisfy { ($0.deviation ?? 0) == 0 } ? "trial.clinics.alike" : "trial.clinics.caveat"),
            chart: "clinics",
            axis: Panel.Axis(title: words("trial.clinics.axis", ["unit": effects.unit]), zero: true, percent: false),
            columns: columns(
                [("label", "table.site"), ("armText", "trial.column.arm")]
                    + (isPaired ? [("pair", "trial.column.pair")] : []) + [
                        ("participants", "trial.column.participants"),
                        ("text", "trial.column.change"), ("deviationText", "trial.column.deviation"),
                        ("influenceText", "trial.column.influence"),
                    ]),
            rows: rows, links: links(.clinics))
    }

    /// The intervention's clinics first, in each arm by how far they lie from it; those whose number is hidden last, by their
    /// codes: their place would tell it.
    private func isBefore(_ one: ClinicChange, _ other: ClinicChange) -> Bool {
        let keys = [one, other].map { change in
            (
                read.clinics[change.clinic].isIntervention == true ? 0 : 1,
                hides(change) ? Double.infinity : change.deviation ?? change.change,
                hides(change) ? 0 : change.change, read.clinics[change.clinic].code
            )
        }
        return keys[0] < keys[1]
    }

    /// Of a handful of people a mean tells what they said.
    private func hides(_ change: ClinicChange) -> Bool { Disclosure().hides(people: Double(change.participants)) }

    private func row(_ change: ClinicChange, influence: Double?) -> PanelRow {
        let clinic = read.clinics[change.clinic]
        let arm = clinic.isIntervention == true ? "intervention" : "control"
        let label = clinic.name.text(in: language)
        let named: PanelRow = [
            "label": .text(label), "site": .text(clinic.code),
            "labelText": .text(clinic.pair.map { "\(label) · \($0)" } ?? label),
            "url": .text("/sites/\(clinic.code)"), "pair": .text(clinic.pair ?? ""),
            "arm": .text(arm), "armText": .text(words("choice.\(arm)")), "isMain": .flag(clinic.isIntervention == true),
            "participants": .whole(change.participants),
        ]
        guard !hides(change) else {
            return named.merging([
                "state": .text(Cell.State.suppressed.rawValue), "text": .text(words("state.suppressed")),
                "participants": .missing,
            ]) { $1 }
        }
        return named.merging(figures(change)) { $1 }.merging([
            "influence": Datum(influence.map { $0 * effects.scale }),
            "influenceText": .text(influence.map { ($0 > 0 ? "+" : "") + effects.number($0) } ?? ""),
        ]) { $1 }
    }

    private func figures(_ change: ClinicChange) -> PanelRow {
        let text = effects
        func told(_ point: Double?, _ interval: Interval?) -> String {
            guard let point else { return "" }
            let ends = interval.map {
                words("trial.interval", ["low": text.number($0.lower), "high": text.number($0.upper)])
            }
            return text.number(point) + (ends.map { " (\($0))" } ?? "")
        }
        // Where the variance between clinics is estimated as 0, an interval without width would claim to know.
        let (own, predicted) = (
            change.interval, change.deviationInterval.flatMap { $0.upper > $0.lower ? $0 : nil }
        )
        return [
            "state": .text(Cell.State.value.rawValue), "value": .number(change.change * text.scale),
            "low": Datum(own.map { $0.lower * text.scale }), "high": Datum(own.map { $0.upper * text.scale }),
            "text": .text(told(change.change, own)),
            "deviation": Datum(change.deviation.map { $0 * text.scale }),
            "deviationLow": Datum(predicted.map { $0.lower * text.scale }),
            "deviationHigh": Datum(predicted.map { $0.upper * text.scale }),
            "deviationText": .text(told(change.deviation, predicted)),
        ]
    }
}
