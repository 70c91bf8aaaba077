import Metrics
import Words

/// Who is in treatment after so many months, those back from a dropout included.
extension FollowUpWriter {
    func occupancyPanel() -> Panel {
        let last = counts.cohorts.last { $0.n <= Self.horizon } ?? counts.cohorts[0]
        let cell = share(last.inTreatment, last)
        let values = [
            "n": "\(last.n)", "clients": words.grouped(last.clients),
            "share": cell.estimate.map { numbers.number($0.point * 100, digits: 0) } ?? "",
            "figure": text(cell, times: 100), "uninterrupted": text(share(last.uninterrupted, last), times: 100),
            "dropouts": text(self.cell(dropouts(last), people: last.clients), times: 1, digits: 2),
        ]
        let known = cell.estimate == nil ? ".none" : ""
        return Panel(
            id: PanelName.occupancy.rawValue, kind: .curve, title: words("occupancy.title\(known)", values),
            subtitle: words("occupancy.subtitle", values),
            sentence: cell.estimate == nil
                ? numbers.state(cell) + words("sentence.stop") : words("occupancy.sentence", values) + ruleSentence,
            caveat: words("occupancy.caveat"),
            figure: figure(
                cell, times: 100, unit: words("occupancy.unit", values),
                detail: cell.estimate.map {
                    words(
                        "indicator.counts",
                        ["numerator": numbers.amount($0.numerator), "denominator": numbers.amount($0.denominator)])
                }),
            chart: "curve", higherIs: Definition.Direction.better.rawValue,
            axis: Panel.Axis(title: words("occupancy.axis"), zero: true, percent: true),
            columns: [
                ("seriesText", "table.of"), ("timeText", "table.after"), ("text", "table.in_treatment"),
                ("clientsText", "table.clients"),
            ]
            .map { Panel.Column(key: $0.0, label: words($0.1)) },
            rows: rows("in_treatment", \.inTreatment) + rows("uninterrupted", \.uninterrupted), links: links(.occupancy)
        )
    }

    private func share(_ count: Int, _ cohort: CohortMonth) -> Cell {
        cell(Proportion.wilson(successes: Double(count), trials: Double(cohort.clients)), people: cohort.clients)
    }

    /// Dropouts of a client until then.
    private func dropouts(_ cohort: CohortMonth) -> Estimate {
        Mean.ofPeople(
            count: Double(cohort.clients), sum: Double(cohort.dropouts), squares: Double(cohort.dropoutsSquared),
            within: 0 ... .infinity)
    }

    private func rows(_ series: String, _ count: KeyPath<CohortMonth, Int>) -> [PanelRow] {
        counts.cohorts.filter { Double($0.clients) >= counts.definition.fewestAtRisk }.map { cohort in
            let cell = share(cohort[keyPath: count], cohort)
            let own: PanelRow = [
                "series": .text(series), "seriesText": .text(words("occupancy.\(series)")),
                "isMain": .flag(series == "in_treatment"), "time": .whole(cohort.n),
                "timeText": .text(words.counted("followup.months", cohort.n)),
                "atRisk": cell.estimate == nil ? .missing : .whole(cohort.clients),
                "clientsText": .text(cell.estimate == nil ? numbers.state(cell) : words.grouped(cohort.clients)),
            ]
            return own.merging(items(cell, times: 100)) { own, _ in own }
        }
    }
}
