import Metrics
import Words

/// The planned estimate, and what other methods say beside it.
extension TrialWriter {
    func effectPanel() -> Panel? {
        outcome.scale == .timeToEvent ? hazardPanel() : differencePanel()
    }

    /// The method that the plan names for the outcome; nil for one that is not of this kind.
    func method(_ outcome: TrialOutcome) -> TrialMethod {
        let named = outcome.planned.flatMap { TrialMethod(rawValue: $0.method) }
        return named.flatMap { TrialMethod.all(binary: outcome.scale == .binary).contains($0) ? $0 : nil } ?? .twoStage
    }

    private func differencePanel() -> Panel? {
        guard let analysis = read.analysis(outcome) else { return nil }
        let lead = method(outcome)
        let planned = analysis.effect(lead)
        let others = TrialMethod.all(binary: outcome.scale == .binary).filter {
            $0 != lead && !($0 == .welch && analysis.record.isStratified)
        }
        let told = others.map { ($0, analysis.effect($0)) }
        let verdict = TrialVerdict.of(planned, others: told.map(\.1))
        return Panel(
            id: TrialPanelName.effect.rawValue, kind: .forest, title: title(planned, outcome),
            subtitle: words(
                "trial.effect.subtitle",
                ["outcome": name(outcome), "visit": "\(analysis.record.visits[analysis.visit])", "unit": effects.unit]),
            sentence: [
                effectSentence(planned, outcome),
                words(
                    "trial.verdict.\(verdict.verdict.rawValue)",
                    [
                        "all": "\(verdict.count.all)", "clear": "\(verdict.count.clear)",
                    ]),
            ].joined(separator: " "),
            caveat: caveat + (others.contains(where: \.isRatio) ? " " + words("trial.effect.table_only") : ""),
            figure: figure(planned), chart: "forest",
            higherIs: outcome.higherIsBetter.map { $0 ? "better" : "worse" } ?? "neutral",
            axis: Panel.Axis(title: words("trial.axis", ["unit": effects.unit]), zero: true, percent: false),
            columns: columns([
                ("label", "trial.column.method"), ("text", "trial.column.effect"), ("pText", "trial.column.p"),
                ("degreesText", "trial.column.degrees"), ("searchText", "trial.column.search"),
                ("noteText", "trial.column.note"),
            ]),
            rows: ([(lead, planned)] + told).enumerated().map { row($1.0, $1.1, isMain: $0 == 0) },
            links: links(.effect))
    }

    /// What was not planned before anybody looked is explored; what was is told by the plan's method whatever others say.
    var caveat: String {
        let exploratory =
            outcome.isConfirmatory
            ? "trial.effect.caveat"
            : outcome.planned == nil
                ? "trial.exploratory.unplanned" : "trial.exploratory.late"
        return words(exploratory) + " " + words("trial.effect.read")
    }

    func row(_ method: TrialMethod, _ result: Result<TrialEffect, TrialFailure>, isMain: Bool = false) -> PanelRow {
        row(words("trial.method.\(method.rawValue)"), result, effects, isMain: isMain).merging(
            ["method": .text(method.rawValue)]) { own, _ in own }
    }

    /// A row of a forest: an effect, or why there is none.
    func row(
        _ label: String, _ result: Result<TrialEffect, TrialFailure>, _ text: EffectText, isMain: Bool = false
    ) -> PanelRow {
        let named: PanelRow = ["label": .text(label), "isMain": .flag(isMain)]
        switch result {
        case .failure(let reason):
            return named.merging([
                "state": .text(Cell.State.unavailable.rawValue),
                "text": .text(words("trial.failure.\(reason.rawValue)")),
            ]) { own, _ in own }
        case .success(let effect):
            let isRatio = effect.method.isRatio
            let scale = isRatio ? 1 : text.scale
            return named.merging([
                "state": .text(Cell.State.value.rawValue), "measure": .text(isRatio ? "ratio" : "difference"),
                "tableOnly": .flag(isRatio), "value": .number(effect.estimate * scale),
                "low": Datum(effect.lower.map { $0 * scale }),
                "high": Datum(effect.upper.map { $0 * scale }),
                "text": .text(text.text(effect) + (isRatio ? " " + words("trial.unit.ratio") : "")),
                "p": Datum(effect.p), "pText": .text(text.probability(effect)), "degrees": Datum(effect.degrees),
                "degreesText": .text(text.degrees(effect)), "noteText": .text(text.notes(effect)),
                "searchText": .text(text.search(effect.search)),
                "iterations": Datum(effect.search.map { Double($0.iterations) }),
                "remaining": Datum(effect.search?.remaining),
                "clinics": .whole(effect.clinics), "participants": .whole(effect.participants),
            ]) { own, _ in own }
        }
    }

    func figure(_ result: Result<TrialEffect, TrialFailure>) -> Panel.Figure {
        switch result {
        case .failure(let reason):
            Panel.Figure(
                text: words("trial.failure.\(reason.rawValue)"), interval: nil, unit: "",
                state: Cell.State.unavailable.rawValue, detail: nil, variation: nil)
        case .success(let effect):
            Panel.Figure(
                text: effects.number(effect.estimate), interval: effects.interval(effect), unit: effects.unit,
                state: Cell.State.value.rawValue, detail: nil, variation: nil)
        }
    }

    /// The finding: fewer, more, or not told apart from none.
    func title(_ result: Result<TrialEffect, TrialFailure>, _ outcome: TrialOutcome) -> String {
        guard case .success(let effect) = result else {
            return words("trial.effect.title.none", ["outcome": name(outcome)])
        }
        guard effect.isClear else { return words("trial.effect.title.unclear", ["outcome": name(outcome)]) }
        let isMore = effect.estimate > (effect.method.isRatio ? 1 : 0)
        let side = outcome.higherIsBetter.map { $0 == isMore ? "better" : "worse" } ?? "other"
        return words("trial.effect.title.\(isMore ? "more" : "less").\(side)", ["outcome": name(outcome)])
    }

    func effectSentence(_ result: Result<TrialEffect, TrialFailure>, _ outcome: TrialOutcome) -> String {
        guard case .success(let effect) = result else {
            guard case .failure(let reason) = result else { return "" }
            return words("trial.effect.none", ["reason": words("trial.failure.\(reason.rawValue)")])
        }
        let text = effects(of: outcome)
        let more = effect.estimate > 0
        return words(
            more ? "trial.effect.sentence.more" : "trial.effect.sentence.less",
            [
                "outcome": name(outcome), "size": text.number(abs(effect.estimate)), "unit": text.unit,
                "interval": text.interval(effect), "p": text.probability(effect),
                "clinics": "\(effect.clinics)", "participants": words.grouped(effect.participants),
                "degrees": text.degrees(effect), "method": words("trial.method.\(effect.method.rawValue)"),
            ])
    }
}
