import Metrics
import Words

/// The ratio of hazards if dropout were told by doses, under each rule of missed days, or if a clinic were not there.
extension TrialWriter {
    func hazardSensitivityPanel() -> Panel? {
        guard let stays = read.stays else { return nil }
        let planned = TrialHazards(stays)
        let rules = read.staysByRule.map { RuleHazard(rule: $0, hazards: TrialHazards($0.subjects)) }
        let lead = planned.effect(Self.leadHazard)
        return Panel(
            id: TrialPanelName.sensitivity.rawValue, kind: .forest, title: words("trial.sensitivity.title"),
            subtitle: words("trial.hazard.subtitle", ["outcome": name(outcome)]),
            sentence: rulesSentence(lead, rules), caveat: rulesCaveat(planned, rules), chart: "ratios",
            higherIs: "worse", axis: Panel.Axis(title: words("trial.hazard.axis"), zero: false, percent: false),
            columns: columns([
                ("label", "trial.column.if"), ("text", "trial.column.hazard"), ("pText", "trial.column.p"),
                ("participants", "trial.column.participants"), ("dropouts", "trial.column.dropouts"),
                ("noteText", "trial.column.note"),
            ]),
            rows: [counted(hazardRow(words("trial.sensitivity.planned"), lead, isMain: true), planned)]
                + rules.map(row) + leftOut(planned), links: links(.sensitivity))
    }

    /// What clients did under a rule, as a ratio of hazards.
    private struct RuleHazard {
        let rule: TrialRuleStays
        let hazards: TrialHazards

        var effect: Result<EffectTest, TrialFailure> { hazards.effect(TrialWriter.leadHazard) }
    }

    /// The method that leads, whatever the rule.
    static let leadHazard = HazardMethod.pairedCox

    private func row(_ one: RuleHazard) -> PanelRow {
        var row = counted(hazardRow(name(one.rule), one.effect), one.hazards)
        row["rule"] = .text(one.rule.name)
        let lacking = read.clinics.count - one.hazards.clinics
        if one.rule.subjects.isEmpty {
            row["text"] = .text(words("trial.sensitivity.rule.none"))
        } else if lacking > 0 {
            row["noteText"] = .text(words.counted("trial.note.without_data", lacking))
        }
        return row
    }

    /// "14 days without a dose"
    private func name(_ rule: TrialRuleStays) -> String {
        words("trial.sensitivity.rule", ["days": "\(rule.missedDays)"])
    }

    private func counted(_ row: PanelRow, _ hazards: TrialHazards) -> PanelRow {
        row.merging([
            "participants": .whole(hazards.subjects.count), "dropouts": .whole(hazards.events),
            "clinics": .whole(hazards.clinics),
        ]) { own, _ in own }
    }

    /// Without each clinic in turn: of many only the two that the ratio hangs on most.
    private func leftOut(_ planned: TrialHazards) -> [PanelRow] {
        let told = planned.withoutEach(Self.leadHazard).compactMap { one in
            (try? one.effect.get()).map { (place: one.cluster, effect: $0) }
        }
        return extremes(told) { $0.effect.estimate }.map { one in
            let others = TrialHazards(planned.subjects.filter { $0.cluster != one.place })
            return named(counted(hazardRow(without(one.place), .success(one.effect)), others), one.place)
        }
    }

    /// Whether the finding stays what it is, whatever number of missed days is a dropout.
    private func rulesSentence(_ planned: Result<EffectTest, TrialFailure>, _ rules: [RuleHazard]) -> String {
        guard let finding = HazardFinding(planned) else { return words("trial.hazard.none") }
        let told = rules.compactMap { rule in HazardFinding(rule.effect).map { (rule: rule.rule, finding: $0) } }
        guard !told.isEmpty else { return words("trial.sensitivity.rules.none") }
        let others = told.filter { $0.finding != finding }
        let values = [
            "finding": words("trial.finding.\(finding.rawValue)"), "count": "\(told.count)",
            "days": alternatives((others.isEmpty ? told : others).map { "\($0.rule.missedDays)" }),
        ]
        let key = !others.isEmpty ? "changes" : told.count < rules.count ? "same_where_told" : "same"
        return words("trial.sensitivity.rules.\(key)", values)
    }

    /// "7, 14 or 30"
    private func alternatives(_ texts: [String]) -> String {
        guard texts.count > 1, let last = texts.last else { return texts.joined() }
        return texts.dropLast().joined(separator: words("trial.sensitivity.rules.comma"))
            + words("trial.sensitivity.rules.or") + last
    }

    /// What a difference between the rules and the plan may come from besides the rule.
    private func rulesCaveat(_ planned: TrialHazards, _ rules: [RuleHazard]) -> String? {
        let counted = rules.map(\.hazards.subjects.count).filter { $0 > 0 }
        let all = planned.subjects.count
        var said: [String] = []
        if let least = counted.min(), let most = counted.max() {
            said.append(words("trial.sensitivity.rules.how"))
            if least < all {
                said.append(
                    words(
                        "trial.sensitivity.rules.fewer",
                        [
                            "people": words.grouped(least) + (least < most ? "–" + words.grouped(most) : ""),
                            "all": words.grouped(all),
                        ]))
            }
        }
        if planned.clinics < Self.clinicsForRobustErrors { said.append(words("trial.sensitivity.few_clinics")) }
        return said.isEmpty ? nil : said.joined(separator: " ")
    }

    /// Errors by clinic are too small with fewer (`CoxRegression`).
    private static let clinicsForRobustErrors = 30
}

/// What an interval of a ratio says.
private enum HazardFinding: String {
    case lower, higher, unclear

    /// Nil where there is no estimate.
    init?(_ effect: Result<EffectTest, TrialFailure>) {
        guard let interval = (try? effect.get())?.ratio?.interval else { return nil }
        self = interval.upper < 1 ? .lower : interval.lower > 1 ? .higher : .unclear
    }
}
