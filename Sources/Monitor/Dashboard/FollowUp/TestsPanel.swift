import Ingest
import Metrics
import Words

/// Urine tests for opioids over a year, with the client as the unit of chance.
extension FollowUpWriter {
    func testsPanel(_ newest: Month) -> Panel {
        let year = counts.tests[newest]
        let cell = positivity(year)
        let known = cell.estimate == nil ? ".none" : ""
        let rows = counts.tests.keys.filter { $0 <= month }.sorted().map { row($0, counts.tests[$0]) }
        return Panel(
            id: PanelName.tests.rawValue, kind: .curve,
            title: words(
                "tests.title\(known)",
                [
                    "figure": cell.estimate.map { numbers.number($0.point * 100, digits: 0) } ?? "",
                    "state": numbers.state(cell),
                ]),
            subtitle: words("tests.subtitle"), sentence: year.map { sentence($0, cell) } ?? "",
            caveat: words("tests.caveat"), figure: figure(cell, times: 100, unit: words("tests.unit"), detail: nil),
            comparison: programme?.tests.map {
                Panel.Comparison(label: words("scope.programme"), text: text(positivity($0), times: 100))
            },
            chart: rows.count > 1 ? "series" : nil, higherIs: Definition.Direction.worse.rawValue,
            axis: Panel.Axis(title: words("tests.unit"), zero: true, percent: true),
            columns: [
                ("timeText", "table.year_to"), ("text", "table.positive"), ("testsText", "table.tests"),
                ("clientsText", "table.clients"), ("missedText", "table.missed_tests"),
            ].map { Panel.Column(key: $0.0, label: words($0.1)) },
            rows: rows,
            links: links(.tests))
    }

    private func positivity(_ year: TestYear?) -> Cell {
        guard let year else { return Cell(.notReported) }
        return cell(
            Proportion.clustered(year.sums, pooledEffect: programme?.tests?.sums.designEffect ?? 1),
            people: year.clients)
    }

    private func sentence(_ year: TestYear, _ cell: Cell) -> String {
        guard cell.estimate != nil else { return numbers.state(cell) + words("sentence.stop") }
        let share = { (part: Int, whole: Int) in
            self.text(
                self.cell(Proportion.wilson(successes: Double(part), trials: Double(whole)), people: whole), times: 100)
        }
        let due = year.tests + year.invalid + year.missed
        let mean = Mean.ofPeople(
            count: Double(year.clients), sum: year.shares, squares: year.sharesSquared, within: 0...1)
        let values = [
            "tests": words.grouped(year.tests), "clients": words.grouped(year.clients),
            "figure": text(cell, times: 100),
            "ofClients": share(year.clientsPositive, year.clients),
            "mean": text(self.cell(mean, people: year.clients), times: 100),
            "done": numbers.number(100 * Double(year.tests) / Double(max(1, due)), digits: 0),
            "due": words.grouped(due),
            "worst": text(self.cell(Proportion.clustered(year.atWorst), people: year.clients), times: 100),
            "relapsed": share(year.clientsRelapsed, year.clientsFollowed),
            "effect":
                year.sums.designEffect.map { numbers.number($0, digits: 1) } ?? "1.0",
        ]
        return words("tests.sentence", values)
            + (due > year.tests ? words("tests.missing", values) : words("tests.missing.none"))
            + (year.clientsFollowed > 0 ? words("tests.relapse", values) : "")
    }

    private func row(_ month: Month, _ year: TestYear?) -> PanelRow {
        let cell = positivity(year)
        let told = { (count: Int?) in
            Datum.text(cell.state == .suppressed ? self.numbers.state(cell) : self.words.grouped(count ?? 0))
        }
        let own: PanelRow = [
            "month": .text("\(month)"), "signal": .text("none"), "provisional": .flag(false),
            "timeText": .text(numbers.shortMonth(month)), "testsText": told(year?.tests),
            "clientsText": told(year?.clients),
            "missedText": told(year.map { $0.missed + $0.invalid }),
        ]
        return own.merging(items(cell, times: 100)) { own, _ in own }
    }
}
