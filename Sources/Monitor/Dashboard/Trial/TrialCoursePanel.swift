import Metrics
import Words

/// The arms' means at each visit, each clinic counting once.
extension TrialWriter {
    func coursePanel() -> Panel? {
        guard let record = read.records[outcome.key], record.visits.count > 1 else { return nil }
        let rows = [true, false].flatMap { isTreated in
            record.visits.indices.map { row(record, visit: $0, isTreated: isTreated) }
        }
        return Panel(
            id: TrialPanelName.course.rawValue, kind: .arms,
            title: words("trial.course.title", ["outcome": name(outcome)]),
            subtitle: words(
                outcome.scale == .binary ? "trial.course.subtitle.binary" : "trial.course.subtitle",
                ["unit": effects.unit]),
            sentence: words("trial.course.sentence"), caveat: words("trial.course.caveat"), chart: "arms",
            axis: Panel.Axis(title: words("trial.course.axis"), zero: false, percent: outcome.scale == .binary),
            columns: columns([
                ("seriesText", "trial.column.arm"), ("visitText", "trial.column.visit"), ("text", "trial.column.mean"),
                ("clinics", "trial.column.clinics"), ("participants", "trial.column.participants"),
            ]),
            rows: rows, links: links(.course))
    }

    private func row(_ record: TrialRecord, visit: Int, isTreated: Bool) -> PanelRow {
        let own = record.participants.filter {
            record.clinics[$0.clinic].isTreated == isTreated && $0.outcomes[visit] != nil
        }
        let means = Dictionary(grouping: own, by: \.clinic).sorted { $0.key < $1.key }.map { _, people in
            people.reduce(0) { $0 + ($1.outcomes[visit] ?? 0) } / Double(people.count)
        }
        var row: PanelRow = [
            "series": .text(isTreated ? "intervention" : "control"),
            "arm": .text(isTreated ? "intervention" : "control"),
            "seriesText": .text(words(isTreated ? "choice.intervention" : "choice.control")),
            "time": .whole(record.visits[visit]), "visit": .whole(record.visits[visit]),
            "visitText": .text(words.counted("followup.months", record.visits[visit])), "isMain": .flag(isTreated),
            "clinics": .whole(means.count), "participants": .whole(own.count),
            "state": .text(means.isEmpty ? Cell.State.notReported.rawValue : Cell.State.value.rawValue),
            "text": .text(words("state.not_reported")),
        ]
        guard let interval = MeanOfClinics(means) else { return row }
        let text = effects
        row["value"] = .number(interval.mean * text.scale)
        row["low"] = Datum(interval.lower.map { $0 * text.scale })
        row["high"] = Datum(interval.upper.map { $0 * text.scale })
        let ends = interval.lower.flatMap { low in
            interval.upper.map { words("trial.interval", ["low": text.number(low), "high": text.number($0)]) }
        }
        row["text"] = .text(text.number(interval.mean) + (ends.map { " (\($0))" } ?? ""))
        return row
    }
}
