import Metrics
import Words

/// The event study: clinics against those that had not begun (yet), by time since the start.
extension RolloutWriter {
    func coursePanel() -> Panel? {
        guard case .success(let study) = study else { return nil }
        let unit = study.monthsAPeriod == 1 ? "month" : "quarter"
        return Panel(
            id: RolloutPanelName.course.rawValue, kind: .eventStudy,
            title: words("rollout.course.title", ["indicator": indicatorName]),
            subtitle: words("rollout.course.subtitle.\(unit)"), sentence: courseSentence(study),
            caveat: caveat, definition: definition.link(words), chart: "eventStudy",
            higherIs: definition.higherIs.rawValue,
            axis: Panel.Axis(title: words("rollout.course.axis.\(unit)"), zero: false, percent: false),
            columns: columns([
                ("label", "rollout.column.time.\(unit)"), ("text", "rollout.column.ratio_band"),
                ("clinics", "rollout.column.clinics"), ("noteText", "rollout.column.note"),
            ]),
            rows: study.points.map(row), links: links(.course))
    }

    /// A cohort's retention is reported months after it entered.
    private var caveat: String {
        let isOfCohort = definition.indicator.hasPrefix("cohort_")
        return words("rollout.course.caveat") + (isOfCohort ? words("rollout.course.caveat.cohort") : "")
    }

    private func row(_ point: RolloutStudy.Point) -> PanelRow {
        let limits = point.band?.exponentiated
        let ratio = RolloutEffect.ratio(of: point.estimate)
        let note = point.isBase ? "rollout.note.base" : point.isOfFewClinics ? "rollout.note.few" : nil
        return [
            "label": .text(numbers.number(Double(point.place), digits: 0)),
            "time": .whole(point.place), "isBase": .flag(point.isBase), "isFew": .flag(point.isOfFewClinics),
            "isBefore": .flag(point.place < 0), "clinics": .whole(point.clinics), "measure": .text("rate_ratio"),
            "state": .text((ratio == nil ? Cell.State.unavailable : .value).rawValue), "value": Datum(ratio),
            "low": Datum(limits?.lower), "high": Datum(limits?.upper),
            "text": .text(
                (ratio.map(ratios.number) ?? words("rollout.beyond"))
                    + (limits.map { " (\(ratios.interval($0)))" } ?? "")),
            "noteText": .text(note.map { words($0) } ?? ""),
        ]
    }

    /// How far cohorts and others had moved apart before; never a reason to show or to hide.
    private func courseSentence(_ study: RolloutStudy) -> String {
        let before = study.points.filter { $0.place < 0 && $0.band != nil }
        let outside = before.count { $0.band?.isClear == true }
        let apart = words.counted(
            before.isEmpty ? "rollout.before.unknown" : "rollout.before", outside, ["all": "\(before.count)"])
        let test =
            study.differences.preTrendTest().map {
                words("rollout.before.test", ["p": numbers.probability($0.p), "cells": "\($0.degrees)"])
            } ?? words("rollout.before.no_test")
        return [apart, before.isEmpty ? "" : test, words("rollout.before.never_gate")].filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
