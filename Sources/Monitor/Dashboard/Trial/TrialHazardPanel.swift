import Metrics
import Words

/// How fast clients of the arms drop out, as a ratio of hazards.
extension TrialWriter {
    struct Hazard {
        let label: String
        let effect: Result<EffectTest, TrialFailure>
    }

    /// The planned one first: within pairs, or all together, with clinics as the units of chance.
    var hazards: [Hazard] {
        guard let stays = read.stays else { return [] }
        let hazards = TrialHazards(stays)
        return HazardMethod.allCases.map { Hazard(label: $0.rawValue, effect: hazards.effect($0)) }
    }

    func hazardPanel() -> Panel? {
        let hazards = hazards
        guard let lead = hazards.first else { return nil }
        return Panel(
            id: TrialPanelName.effect.rawValue, kind: .forest, title: hazardTitle(lead),
            subtitle: words("trial.hazard.subtitle", ["outcome": name(outcome)]), sentence: hazardSentence(lead),
            caveat: caveat, figure: hazardFigure(lead), chart: "ratios",
            higherIs: "worse", axis: Panel.Axis(title: words("trial.hazard.axis"), zero: false, percent: false),
            columns: columns([
                ("label", "trial.column.method"), ("text", "trial.column.hazard"), ("pText", "trial.column.p"),
                ("degreesText", "trial.column.degrees"), ("searchText", "trial.column.search"),
            ]),
            rows: hazards.enumerated().map { place, hazard in
                hazardRow(words("trial.method.\(hazard.label)"), hazard.effect, isMain: place == 0).merging([
                    "method": .text(hazard.label)
                ]) { own, _ in own }
            }, links: links(.effect))
    }

    private func ratio(_ hazard: Hazard) -> (point: Double, interval: Interval)? { (try? hazard.effect.get())?.ratio }

    private func ratioText(_ ratio: (point: Double, interval: Interval)) -> String {
        numbers.number(ratio.point, digits: 2) + " ("
            + words(
                "trial.interval",
                [
                    "low": numbers.number(ratio.interval.lower, digits: 2),
                    "high": numbers.number(ratio.interval.upper, digits: 2),
                ]) + ")"
    }

    /// A row of a forest of ratios: the hazard, or why there is none.
    func hazardRow(
        _ label: String, _ effect: Result<EffectTest, TrialFailure>, isMain: Bool = false
    ) -> PanelRow {
        var row: PanelRow = [
            "label": .text(label), "isMain": .flag(isMain), "measure": .text("ratio"), "reference": .number(1),
        ]
        switch effect {
        case .failure(let reason):
            row["state"] = .text(Cell.State.unavailable.rawValue)
            row["text"] = .text(words("trial.failure.\(reason.rawValue)"))
        case .success(let test):
            guard let ratio = test.ratio else { return hazardRow(label, .failure(.notComputable), isMain: isMain) }
            row["state"] = .text(Cell.State.value.rawValue)
            row["value"] = .number(ratio.point)
            row["low"] = .number(ratio.interval.lower)
            row["high"] = .number(ratio.interval.upper)
            row["text"] = .text(ratioText(ratio))
            row["p"] = .number(test.p)
            row["pText"] = .text(numbers.probability(test.p))
            row["degrees"] = .number(test.degrees)
            row["degreesText"] = .text(numbers.number(test.degrees, digits: 0))
            row["searchText"] = .text(effects.search(test.search))
            row["iterations"] = Datum(test.search.map { Double($0.iterations) })
            row["remaining"] = Datum(test.search?.remaining)
        }
        return row
    }

    private func hazardTitle(_ hazard: Hazard) -> String {
        guard let ratio = ratio(hazard) else { return words("trial.effect.title.none", ["outcome": name(outcome)]) }
        let key = ratio.interval.upper < 1 ? "less.better" : ratio.interval.lower > 1 ? "more.worse" : "unclear"
        return words("trial.effect.title.\(key)", ["outcome": name(outcome)])
    }

    private func hazardSentence(_ hazard: Hazard) -> String {
        guard let ratio = ratio(hazard), let test = try? hazard.effect.get(), let stays = read.stays else {
            return words("trial.hazard.none")
        }
        let events = stays.count(where: \.hasEvent)
        return words(
            "trial.hazard.sentence",
            [
                "ratio": ratioText(ratio), "p": numbers.probability(test.p), "events": words.grouped(events),
                "people": words.grouped(stays.count), "degrees": numbers.number(test.degrees, digits: 0),
            ])
    }

    private func hazardFigure(_ hazard: Hazard) -> Panel.Figure {
        let ratio = ratio(hazard)
        return Panel.Figure(
            text: ratio.map { numbers.number($0.point, digits: 2) } ?? words("state.unavailable"),
            interval: ratio.map {
                words(
                    "trial.interval",
                    [
                        "low": numbers.number($0.interval.lower, digits: 2),
                        "high": numbers.number($0.interval.upper, digits: 2),
                    ])
            }, unit: words("trial.unit.hazard"),
            state: (ratio == nil ? Cell.State.unavailable : .value).rawValue, detail: nil, variation: nil)
    }
}
