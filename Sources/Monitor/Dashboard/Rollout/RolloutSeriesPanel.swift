import Ingest
import Metrics
import Words

/// One clinic's months, the line through them, and where the old one would have led. Gaps stay gaps.
extension RolloutWriter {
    func seriesPanel() -> Panel? {
        guard !read.clinics.isEmpty else { return nil }
        let clinic = read.clinics[read.chosen]
        let fit = forest.rows[read.chosen].fit
        return Panel(
            id: RolloutPanelName.series.rawValue, kind: .interrupted,
            title: words(
                "rollout.series.title", ["indicator": indicatorName, "clinic": clinic.name.text(in: language)]),
            subtitle: definition.unit(words), sentence: seriesSentence(clinic, fit),
            caveat: words("rollout.series.caveat"), definition: definition.link(words), chart: "interrupted",
            higherIs: definition.higherIs.rawValue,
            axis: Panel.Axis(title: definition.unit(words), zero: true, percent: definition.kind == .proportion),
            columns: columns([
                ("monthText", "rollout.column.month"), ("text", "rollout.column.observed"),
                ("fittedText", "rollout.column.fitted"), ("continuedText", "rollout.column.continued"),
                ("noteText", "rollout.column.note"),
            ]),
            rows: read.months.map { seriesRow($0, clinic, (try? fit.get())?.line) }, links: links(.series))
    }

    private func seriesRow(_ month: Month, _ clinic: RolloutClinic, _ line: SegmentedLine?) -> PanelRow {
        let cell = Cell.of(read.counts[read.chosen][month], definition, report: nil)
        let number = Double(RolloutReading.number(month))
        let shown = { (rate: Double?) in rate.map { $0 * definition.per } }
        let (fitted, continued) = (shown(line?.rate(in: number)), shown(line?.continued(in: number)))
        let isLearning = clinic.starts.map { month >= $0 && month < $0 + clinic.phaseInMonths } ?? false
        let text = { (value: Double?) in value.map { numbers.number($0, digits: definition.digits) } ?? "" }
        return numbers.items(cell, definition).merging([
            "label": .text(clinic.name.text(in: language)), "site": .text(clinic.code), "month": .text("\(month)"),
            "monthText": .text(numbers.shortMonth(month)), "fitted": Datum(fitted), "fittedText": .text(text(fitted)),
            "continued": Datum(continued), "continuedText": .text(text(continued)), "isLearning": .flag(isLearning),
            "isStart": .flag(month == clinic.starts),
            "noteText": .text(
                month == clinic.starts
                    ? words("rollout.note.start") : isLearning ? words("rollout.note.learning") : ""),
        ]) { own, _ in own }
    }

    private func seriesSentence(_ clinic: RolloutClinic, _ fit: Result<SegmentedFit, SeriesFailure>) -> String {
        switch fit {
        case .failure(let reason):
            return words("rollout.series.none", ["reason": words("rollout.site.\(reason.rawValue)")])
        case .success(let fit):
            let after = fit.effect(after: Double(RolloutReading.monthsAfter))
            return words(
                "rollout.series.sentence",
                [
                    "start": clinic.starts.map(month) ?? "", "before": "\(fit.before)", "after": "\(fit.after)",
                    "level": ratios.text(fit.level), "months": "\(RolloutReading.monthsAfter)",
                    "effect": ratios.text(after), "change": after.ratio.map(ratios.change) ?? "",
                ])
        }
    }
}
