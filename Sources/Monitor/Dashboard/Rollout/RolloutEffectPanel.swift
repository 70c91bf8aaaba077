import Ingest
import Metrics
import Words

/// The overall effect, and beside it what other ways to estimate it say.
extension RolloutWriter {
    func effectPanel() -> Panel? {
        let overall = (try? study.get())?.overall
        return Panel(
            id: RolloutPanelName.effect.rawValue, kind: .effects, title: effectTitle(overall),
            subtitle: words("rollout.effect.subtitle", ["indicator": indicatorName]), sentence: effectSentence(overall),
            caveat: words("rollout.effect.assumptions"), figure: figure(overall), definition: definition.link(words),
            chart: overall == nil ? nil : "ratios", higherIs: definition.higherIs.rawValue, axis: ratioAxis,
            columns: columns([
                ("label", "trial.column.method"), ("text", "rollout.column.ratio"), ("pText", "trial.column.p"),
                ("degreesText", "trial.column.degrees"), ("noteText", "rollout.column.note"),
            ]),
            rows: effectRows(overall), links: links(.effect))
    }

    private func effectRows(_ overall: RolloutEffect?) -> [PanelRow] {
        guard case .success(let study) = study else {
            return [row("overall", nil, else: failureKey, isMain: true)]
        }
        var rows = [row("overall", overall, else: "rollout.failure.noVariation", isMain: true)]
        rows.append(row("caseload", study.byCaseload, else: "rollout.failure.no_caseload"))
        rows.append(row("never", study.againstNever, else: "rollout.failure.few_never"))
        rows.append(row("two_way", study.twoWay, else: "rollout.failure.noVariation"))
        let wedge = Result { () throws(WedgeModel.Failure) in try WedgeModel(study.panel) }
        switch wedge {
        case .success(let model): rows.append(row("wedge", model.effect, else: ""))
        case .failure(let reason): rows.append(row("wedge", nil, else: "rollout.wedge.\(reason.rawValue)"))
        }
        return rows
    }

    private func row(_ method: String, _ effect: RolloutEffect?, else key: String, isMain: Bool = false) -> PanelRow {
        (effect.map(items) ?? reason(key)).merging([
            "label": .text(words("rollout.method.\(method)")), "method": .text(method), "isMain": .flag(isMain),
            "noteText": .text(words("rollout.method.\(method).note")),
        ]) { own, _ in own }
    }

    private func figure(_ effect: RolloutEffect?) -> Panel.Figure {
        guard let effect, let ratio = effect.ratio else {
            return Panel.Figure(
                text: words(failureKey), interval: nil, unit: "", state: Cell.State.unavailable.rawValue, detail: nil,
                variation: nil)
        }
        return Panel.Figure(
            text: ratios.number(ratio), interval: effect.ratioInterval().map(ratios.interval),
            unit: words("rollout.unit"), state: Cell.State.value.rawValue, detail: nil, variation: nil)
    }

    /// The finding: lower, higher, or not told apart from none.
    private func effectTitle(_ effect: RolloutEffect?) -> String {
        guard let effect, let limits = effect.interval() else {
            return words("rollout.effect.title.none", ["indicator": indicatorName])
        }
        guard limits.isClear else { return words("rollout.effect.title.unclear", ["indicator": indicatorName]) }
        return words(
            effect.estimate > 0 ? "rollout.effect.title.more" : "rollout.effect.title.less",
            ["indicator": indicatorName])
    }

    private func effectSentence(_ effect: RolloutEffect?) -> String {
        guard let effect, let ratio = effect.ratio, let limits = effect.ratioInterval(),
            case .success(let study) = study
        else { return words("rollout.effect.none", ["reason": words(failureKey)]) }
        return words(
            abs(ratio - 1) < 0.005 ? "rollout.effect.sentence.same" : "rollout.effect.sentence",
            [
                "indicator": indicatorName, "change": ratios.change(ratio), "low": ratios.change(limits.lower),
                "high": ratios.change(limits.upper), "p": ratios.probability(effect),
                "clinics": "\(study.differences.cohorts.reduce(0) { $0 + $1.sites })",
                "sites": "\(study.differences.sites)",
            ])
    }

    /// Why there are no differences between clinics.
    var failureKey: String {
        guard case .failure(let reason) = study else { return "rollout.failure.noVariation" }
        return "rollout.failure.\(reason)"
    }

    func cohortsPanel() -> Panel? {
        guard case .success(let study) = study else { return nil }
        let length = study.monthsAPeriod
        let rows = study.differences.byCohort().map { cohort -> PanelRow in
            let first = RolloutReading.month((cohort.place ?? 0) * length)
            let named: PanelRow = [
                "label": .text(
                    length == 1
                        ? month(first) : words("rollout.from_to", ["from": month(first), "to": month(first + 2)])),
                "clinics": .whole(cohort.treated), "month": .text("\(first)"),
            ]
            guard !cohort.isOfFewSites, let effect = cohort.effect else {
                return named.merging(reason("rollout.note.few")) { own, _ in own }
            }
            return named.merging(items(effect)) { own, _ in own }
        }
        return Panel(
            id: RolloutPanelName.cohorts.rawValue, kind: .table, title: words("rollout.cohorts.title"),
            sentence: words("rollout.cohorts.sentence"),
            columns: columns([
                ("label", "rollout.column.began"), ("clinics", "rollout.column.clinics"),
                ("text", "rollout.column.ratio"),
            ]),
            rows: rows, links: links(.cohorts))
    }
}
