import Foundation
import Metrics
import Words

/// The analysis of a trial's file for a terminal.
struct TrialReportText {
    let report: TrialReport
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }
    private var level: String { numbers.amount(report.asked.level * 100) }

    /// As many decimals as two digits of the error ask for.
    private var effects: EffectText {
        let errors = report.results.compactMap { try? $0.result.get() }.filter { !$0.method.isRatio }
        let smallest = errors.compactMap(\.standardError).filter { $0 > 0 }.min() ?? 1
        let digits = max(2, min(10, 1 - Int(log10(smallest).rounded(.down))))
        return EffectText(
            words, isBinary: report.file.record.isBinary, unit: words("analyse.unit"), digits: digits)
    }

    var text: String {
        [head, capacity, design, methods, verdict, odds, sensitivity, clinics].filter { !$0.isEmpty }
            .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private var head: [String] {
        let asked = report.asked
        let adjusted = asked.adjustedFor.map { $0 == "baseline" ? words("trial.covariate.baseline") : $0 }
        return [
            words(
                "analyse.head",
                [
                    "outcome": asked.outcome,
                    "scale": words("analyse.scale.\(asked.scale)\(asked.isScaleFound ? ".found" : "")"),
                    "treated": report.arms[0].code, "control": report.arms[1].code,
                ])
                + (report.file.asked.visit == nil ? "" : " " + words("analyse.at", ["visit": "\(asked.visit)"])),
            adjusted.isEmpty
                ? words("analyse.unadjusted")
                : words("analyse.adjusted", ["covariates": adjusted.joined(separator: ", ")]),
        ]
    }

    private var capacity: [String] {
        guard let capacity = report.capacity else { return [] }
        let none = words("unavailable.too_few_units")
        let smallest = capacity.smallestP < 0.001 ? "< 0.001" : numbers.number(capacity.smallestP, digits: 3)
        let rows = [
            [
                "allocations",
                capacity.allocations < 1e7
                    ? words.grouped(Int(capacity.allocations)) : words("trial.capacity.many"),
            ],
            ["smallest_p", smallest], ["degrees", numbers.number(capacity.degrees, digits: 0)],
            [
                "size",
                words(
                    "trial.capacity.size.text",
                    [
                        "mean": numbers.number(capacity.meanSize, digits: 1),
                        "variation": numbers.number(capacity.sizeVariation, digits: 2),
                    ]),
            ],
            ["correlation", capacity.correlation.value.map { numbers.number($0, digits: 3) } ?? none],
            ["design_effect", capacity.designEffect.value.map { numbers.number($0, digits: 2) } ?? none],
            ["detectable", capacity.detectable.value.map { "\(effects.number($0)) \(effects.unit)" } ?? none],
        ].map { [words($0[0] == "correlation" ? "analyse.correlation" : "trial.capacity.\($0[0])"), $0[1]] }
        return [words("trial.capacity.title")] + TextTable.lines(rows)
            + (report.file.hasBaseline ? [] : [words("analyse.capacity.without_baseline")])
    }

    private var design: [String] {
        let heads = [
            "trial.column.arm", "trial.column.clinics", "trial.column.participants", "analyse.column.counted",
            "analyse.column.without_outcome", "analyse.column.without_baseline", "analyse.column.without_covariates",
        ]
        let rows = report.arms.map { arm in
            [words("choice.\(arm.arm)")]
                + [
                    arm.clinics, arm.participants, arm.counted, arm.leftOut.withoutOutcome,
                    arm.leftOut.withoutBaseline, arm.leftOut.withoutCovariates,
                ].map(words.grouped)
        }
        return TextTable.lines([heads.map { words($0) }] + rows)
    }

    private var methods: [String] {
        let head = [
            words("trial.column.method"), words("analyse.column.effect", ["level": level]), words("trial.column.p"),
            words("trial.column.degrees"),
        ]
        let rows = report.results.map { method, result in
            [words("trial.method.\(method.rawValue)")] + cells(result)
        }
        let notes = report.results.compactMap { method, result -> String? in
            guard let effect = try? result.get(), !effect.notes.isEmpty else { return nil }
            return words("trial.method.\(method.rawValue)") + ": " + effects.notes(effect)
        }
        return TextTable.lines([head] + rows) + notes
    }

    private func cells(_ result: Result<TrialEffect, TrialFailure>) -> [String] {
        switch result {
        case .failure(let reason): [words("trial.failure.\(reason.rawValue)"), "", ""]
        case .success(let effect):
            [
                effects.text(effect) + " " + (effect.method.isRatio ? words("trial.unit.ratio") : effects.unit),
                effects.probability(effect), effects.degrees(effect),
            ]
        }
    }

    private var verdict: [String] {
        guard case .success(let effect) = report.results[0].result else {
            guard case .failure(let reason) = report.results[0].result else { return [] }
            return [words("trial.effect.none", ["reason": words("trial.failure.\(reason.rawValue)")])]
        }
        let sentence = words(
            effect.method.isRatio
                ? "analyse.sentence.ratio" : effect.isMore ? "analyse.sentence.more" : "analyse.sentence.less",
            [
                "outcome": report.asked.outcome, "level": level, "unit": effects.unit,
                "size": effects.number(
                    effect.method.isRatio ? effect.estimate : abs(effect.estimate), isRatio: effect.method.isRatio),
                "interval": effects.interval(effect), "p": effects.probability(effect),
                "clinics": "\(effect.clinics)", "participants": words.grouped(effect.participants),
                "method": words("trial.method.\(effect.method.rawValue)"),
            ])
        let all = report.verdict
        let agreement = words(
            "trial.verdict.\(all.verdict)", ["all": "\(all.others)", "clear": "\(all.clear)"])
        return [sentence, agreement]
    }

    private var odds: [String] {
        guard !report.penalisedOdds.isEmpty else { return [] }
        return [words("analyse.separated")]
            + report.penalisedOdds.map { odds in
                words(
                    "analyse.separated.\(odds.method)",
                    ["ratio": odds.oddsRatio.value.map { numbers.number($0, digits: 3) } ?? "–"])
            }
    }

    private var sensitivity: [String] {
        let rows = report.sensitivity.map { row in
            let label =
                row.clinic.value.map { words("trial.sensitivity.without", ["clinic": $0]) }
                ?? words("analyse.sensitivity.\(row.if)")
            return [label] + cells(row.effect)
        }
        let head = [
            words("trial.column.if"), words("analyse.column.effect", ["level": level]), words("trial.column.p"),
        ]
        return [words("trial.sensitivity.title")] + TextTable.lines([head] + rows) + [effects.tipping(report.tipping)]
    }

    private func cells(_ row: EffectRow) -> [String] {
        guard let estimate = row.estimate.value else {
            return [words("trial.failure.\(row.unavailable.value ?? "")"), ""]
        }
        let number = { (value: Double?) in value.map { effects.number($0, isRatio: row.isRatio) } ?? "–" }
        let ends = words("trial.interval", ["low": number(row.low.value), "high": number(row.high.value)])
        return ["\(number(estimate)) (\(ends))", row.p.value.map(numbers.probability) ?? ""]
    }

    private var clinics: [String] {
        guard !report.clinics.isEmpty else { return [] }
        let head = [
            words("table.site"), words("trial.column.arm"), words("trial.column.participants"),
            words("analyse.column.change", ["level": level]), words("analyse.column.deviation", ["level": level]),
        ]
        func told(_ value: Double?, _ low: Double?, _ high: Double?) -> String {
            guard let value else { return "–" }
            guard let low, let high else { return effects.number(value) }
            let ends = words("trial.interval", ["low": effects.number(low), "high": effects.number(high)])
            return "\(effects.number(value)) (\(ends))"
        }
        let rows = report.clinics.map { row in
            [
                row.clinic, words("choice.\(row.arm)"), words.grouped(row.participants),
                told(row.change, row.low.value, row.high.value),
                told(row.deviation.value, row.deviationLow.value, row.deviationHigh.value),
            ]
        }
        return TextTable.lines([head] + rows) + [words("trial.clinics.sentence")]
    }
}
