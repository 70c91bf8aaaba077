import Metrics
import Words

/// The share of entrants still in treatment, by time since entry.
extension FollowUpWriter {
    /// A curve with what is asked of it, and small numbers hidden.
    struct Curve {
        let stays: Stays
        let curve: SurvivalCurve
        let fewestAtRisk: Double

        init(_ stays: Stays, fewestAtRisk: Double) {
            (self.stays, self.fewestAtRisk) = (stays, fewestAtRisk)
            curve = SurvivalCurve(stays.table, reasons: Stays.unplanned)
        }

        func retention(atMonth n: Int) -> Estimate {
            Retention.estimate(curve, at: FollowUpWriter.day(ofMonth: n), smallest: fewestAtRisk)
        }
    }

    func curve(_ stays: Stays) -> Curve { Curve(stays, fewestAtRisk: counts.definition.fewestAtRisk) }

    func retention(_ curve: Curve, atMonth n: Int) -> Cell {
        cell(curve.retention(atMonth: n), people: curve.stays.count)
    }

    func retentionPanel() -> Panel {
        let (own, whole) = (curve(own), programme.map { curve($0.stays) })
        let months = Array(0...counts.definition.windowMonths)
        // The figure that most programmes quote, or the longest that has been followed.
        let n = [6, 3].first { own.retention(atMonth: $0).value != nil } ?? 6
        let main = retention(own, atMonth: n)
        return Panel(
            id: PanelName.retention.rawValue, kind: .curve, title: title(main, atMonth: n),
            subtitle: words(
                "retention.subtitle", ["window": "\(counts.definition.windowMonths)", "month": numbers.month(month)]),
            sentence: sentence(own, whole, atMonth: n), caveat: caveat,
            figure: figure(
                main, times: 100, unit: words("retention.unit", ["n": "\(n)"]),
                detail: hides(own) ? nil : words("retention.detail", ["clients": words.grouped(own.stays.count)])),
            comparison: whole.map {
                Panel.Comparison(label: words("scope.programme"), text: text(retention($0, atMonth: n), times: 100))
            },
            definition: Panel.Link(
                text: words("retention.definition", ["version": "\(counts.definition.version)"]),
                url: "/definitions#retention"),
            chart: "curve", higherIs: Definition.Direction.better.rawValue,
            axis: Panel.Axis(title: words("retention.axis"), zero: true, percent: true), columns: columns,
            rows: rows(own, months, series: "own", name: scope.title(words))
                + (whole.map { rows($0, months, series: "programme", name: words("scope.programme")) } ?? []),
            links: links(.retention))
    }

    private func hides(_ curve: Curve) -> Bool { disclosure.hides(people: Double(curve.stays.count)) }

    private func title(_ main: Cell, atMonth n: Int) -> String {
        guard let estimate = main.estimate else {
            return words("retention.title.none", ["n": "\(n)", "state": numbers.state(main)])
        }
        return words("retention.title", ["n": "\(n)", "share": numbers.number(estimate.point * 100, digits: 0)])
    }

    private var columns: [Panel.Column] {
        [
            ("seriesText", "table.of"), ("timeText", "table.after"), ("text", "table.in_treatment"),
            ("atRisk", "table.at_risk"),
        ]
        .map { Panel.Column(key: $0.0, label: words($0.1)) }
    }

    /// Month after month as far as enough people have been followed: the day of a single exit is nobody's business.
    private func rows(_ curve: Curve, _ months: [Int], series: String, name: String) -> [PanelRow] {
        let told = months.dropFirst().prefix { curve.retention(atMonth: $0).value != nil }
        let first: PanelRow =
            hides(curve)
            ? items(Cell(.suppressed), times: 100)
            : [
                "state": .text(Cell.State.value.rawValue), "value": .number(100), "text": .text("100"),
                "low": .missing, "high": .missing, "atRisk": .whole(curve.stays.count),
            ]
        let later = told.map { n in
            let cell = retention(curve, atMonth: n)
            let atRisk: PanelRow = ["atRisk": cell.estimate.map { .whole(Int($0.denominator)) } ?? .missing]
            return atRisk.merging(items(cell, times: 100)) { own, _ in own }
        }
        return zip([0] + told, [first] + later).map { n, row in
            row.merging([
                "series": .text(series), "seriesText": .text(name), "isMain": .flag(series == "own"), "time": .whole(n),
                "timeText": .text(words.counted("followup.months", n)),
            ]) { own, _ in own }
        }
    }

    private func sentence(_ own: Curve, _ whole: Curve?, atMonth n: Int) -> String {
        guard !hides(own) else { return words("state.suppressed") + words("sentence.stop") }
        let parts = Self.milestones.map { milestone in
            let cell = retention(own, atMonth: milestone)
            let key = cell.estimate == nil ? "retention.at.none" : "retention.at"
            return words(key, ["n": "\(milestone)", "figure": text(cell, times: 100)])
        }
        return words("retention.sentence", ["shares": parts.joined(separator: words("retention.then"))])
            + median(own) + restrictedMean(own) + (whole.map { difference(own, $0, atMonth: n) } ?? "") + ruleSentence
    }

    private func median(_ curve: Curve) -> String {
        let half = curve.curve.quantile(0.5)
        guard let time = half.time else { return words("retention.median.none") }
        let months = { (day: Double) in self.numbers.number(day / Self.daysInMonth, digits: 1) }
        return words(
            "retention.median",
            [
                "months": months(time), "low": half.lower.map(months) ?? words("retention.not_reached"),
                "high": half.upper.map(months) ?? words("retention.not_reached"),
            ])
    }

    /// Months in treatment out of the first twelve.
    private func restrictedMean(_ curve: Curve) -> String {
        let day = Self.day(ofMonth: Self.horizon)
        guard curve.retention(atMonth: Self.horizon).value != nil,
            let mean = curve.curve.restrictedMean(to: day).value, let interval = mean.interval
        else { return "" }
        let months = { (days: Double) in self.numbers.number(days / Self.daysInMonth, digits: 1) }
        return words(
            "retention.mean",
            ["months": months(mean.point), "low": months(interval.lower), "high": months(interval.upper)])
    }

    /// Against everybody else in the programme, whom one clinic's clients are not among.
    private func difference(_ own: Curve, _ whole: Curve, atMonth n: Int) -> String {
        let rest = curve(own.stays.rest(of: whole.stays))
        guard rest.stays.count > 0, !hides(rest),
            let p = LogRank(strata: [[own.curve.table, rest.curve.table]], reasons: Stays.unplanned).p
        else { return "" }
        return words(
            p < 0.05 ? "retention.differs" : "retention.alike",
            ["n": "\(n)", "rest": text(retention(rest, atMonth: n), times: 100), "p": numbers.probability(p)])
    }

    /// How far off the figure is that everybody works out by hand.
    private var caveat: String {
        let stops = words("retention.caveat", ["fewest": numbers.amount(counts.definition.fewestAtRisk)])
        guard let admitted = counts.admitted[counts.rule.name], admitted.all > 0,
            !disclosure.hides(people: Double(admitted.all)), !disclosure.hides(people: Double(admitted.staying))
        else { return stops }
        return stops
            + words(
                "retention.naive",
                [
                    "share": numbers.number(100 * Double(admitted.staying) / Double(admitted.all), digits: 0),
                    "staying": words.grouped(admitted.staying), "all": words.grouped(admitted.all),
                ])
    }
}
