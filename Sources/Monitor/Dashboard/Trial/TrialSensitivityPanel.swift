import Metrics
import Words

/// The planned estimate if something were otherwise.
extension TrialWriter {
    func sensitivityPanel() -> Panel? {
        outcome.scale == .timeToEvent ? hazardSensitivityPanel() : differenceSensitivityPanel()
    }

    private func differenceSensitivityPanel() -> Panel? {
        guard let analysis = read.analysis(outcome) else { return nil }
        let lead = method(outcome)
        let rows =
            [row(words("trial.sensitivity.planned"), analysis.effect(lead), effects, isMain: true)]
            + alternatives(analysis, lead).map { row(words("trial.sensitivity.\($0.0)"), $0.1, effects) }
            + leftOut(analysis, lead)
        return Panel(
            id: TrialPanelName.sensitivity.rawValue, kind: .forest, title: words("trial.sensitivity.title"),
            subtitle: words("trial.axis", ["unit": effects.unit]), sentence: tippingSentence(analysis, lead),
            chart: "forest",
            axis: Panel.Axis(title: words("trial.axis", ["unit": effects.unit]), zero: true, percent: false),
            columns: columns([
                ("label", "trial.column.if"), ("text", "trial.column.effect"), ("pText", "trial.column.p"),
                ("participants", "trial.column.participants"),
            ]),
            rows: rows, links: links(.sensitivity))
    }

    private func alternatives(
        _ analysis: TrialAnalysis, _ lead: TrialMethod
    ) -> [(String, Result<TrialEffect, TrialFailure>)] {
        var rows: [(String, Result<TrialEffect, TrialFailure>)] = []
        if outcome.scale == .binary, outcome.higherIsBetter != true {
            rows.append(("missing_yes", analysis.effect(lead, missing: .countsAsYes)))
        }
        if analysis.adjustsForBaseline { rows.append(("unadjusted", analysis.unadjusted(lead))) }
        if let trusted = read.trusted.flatMap({ read.analysis(outcome, $0) }) {
            rows.append(("trusted", trusted.effect(lead)))
        }
        return rows
    }

    /// Without each clinic in turn: of many only the two that the estimate hangs on most.
    private func leftOut(_ analysis: TrialAnalysis, _ lead: TrialMethod) -> [PanelRow] {
        let told = analysis.withoutEach(lead).enumerated().compactMap { place, result in
            (try? result.get()).map { (place: place, effect: $0) }
        }
        let shown = extremes(told) { $0.effect.estimate }
        return shown.map { one in
            named(row(without(one.place), .success(one.effect), effects), one.place)
        }
    }

    /// In the order of the estimates; of many only the two ends.
    func extremes<Each>(_ told: [Each], by estimate: (Each) -> Double) -> [Each] {
        let ordered = told.sorted { estimate($0) < estimate($1) }
        return ordered.count > 8 ? [ordered.first, ordered.last].compactMap(\.self) : ordered
    }

    func without(_ place: Int) -> String {
        words("trial.sensitivity.without", ["clinic": read.clinics[place].name.text(in: language)])
    }

    /// A row with the code of its clinic.
    func named(_ row: PanelRow, _ place: Int) -> PanelRow {
        row.merging(["site": .text(read.clinics[place].code)]) { own, _ in own }
    }

    /// How much worse the missing of the treated would have to have fared.
    private func tippingSentence(_ analysis: TrialAnalysis, _ lead: TrialMethod) -> String {
        effects.tipping(analysis.tippingPoint(lead, most: analysis.record.range * 4))
    }
}
