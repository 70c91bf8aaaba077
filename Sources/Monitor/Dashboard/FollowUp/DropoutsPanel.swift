import Ingest
import Metrics
import Words

/// Dropouts per time in treatment over a year, from clients' stays, and against the programme like with like.
extension FollowUpWriter {
    /// Per 100 person-months of the year that ends with a month.
    func dropoutRate(_ year: TreatmentMonth?) -> Cell? {
        year.map { year in
            let sums = year.year
            let inMonths = ClientSums(
                clients: sums.clients, events: sums.events, time: sums.time / Self.daysInMonth,
                eventsSquared: sums.eventsSquared, eventsTimesTime: sums.eventsTimesTime / Self.daysInMonth,
                timeSquared: sums.timeSquared / Self.daysInMonth / Self.daysInMonth)
            return cell(Rate.widest(inMonths, per: 100), people: year.clientsInYear)
        }
    }

    func dropoutsPanel(_ newest: Month) -> Panel {
        let months = counts.treatment[counts.rule.name] ?? [:]
        let cell = dropoutRate(months[newest]) ?? Cell(.notReported)
        let values = [
            "figure": cell.estimate.map { numbers.number($0.point, digits: 1) } ?? numbers.state(cell),
            "withInterval": text(cell, times: 1), "month": numbers.month(newest),
            "dropouts": cell.estimate.map { numbers.amount($0.numerator) } ?? "",
            "personMonths": cell.estimate.map { numbers.number($0.denominator, digits: 0) } ?? "",
        ]
        let known = cell.estimate == nil ? ".none" : ""
        let rows = told(months, newest).map { row($0, months[$0]) }
        return Panel(
            id: PanelName.dropouts.rawValue, kind: .curve, title: words("dropouts.title\(known)", values),
            subtitle: words("dropouts.subtitle"),
            sentence: (cell.estimate == nil ? "" : words("dropouts.sentence", values)) + standardised + ruleSentence,
            caveat: words("dropouts.caveat"),
            figure: figure(cell, times: 1, unit: words("dropouts.unit"), detail: nil),
            chart: rows.count > 1 ? "series" : nil,
            higherIs: Definition.Direction.worse.rawValue,
            axis: Panel.Axis(title: words("dropouts.unit"), zero: true, percent: false),
            columns: [("timeText", "table.year_to"), ("text", "table.dropout_rate"), ("clientsText", "table.clients")]
                .map { Panel.Column(key: $0.0, label: words($0.1)) },
            rows: rows, links: links(.dropouts))
    }

    /// Months whose year lies within records that tell of exits. Records often begin with the clients of one day, who had
    /// all stayed until then: before the first exit on record there are none for that reason alone.
    private func told(_ months: [Month: TreatmentMonth], _ newest: Month) -> [Month] {
        let firstExit = months.filter { $0.value.exits > 0 }.keys.min() ?? newest
        return months.keys.filter { $0 >= firstExit + 11 && $0 < newest }.sorted() + [newest]
    }

    private func row(_ month: Month, _ year: TreatmentMonth?) -> PanelRow {
        let cell = dropoutRate(year) ?? Cell(.notReported)
        let own: PanelRow = [
            "month": .text("\(month)"), "signal": .text("none"), "provisional": .flag(false),
            "timeText": .text(numbers.shortMonth(month)),
            "clientsText": .text(
                cell.state == .suppressed ? numbers.state(cell) : words.grouped(year?.clientsInYear ?? 0)),
        ]
        return own.merging(items(cell, times: 1)) { own, _ in own }
    }

    /// Dropouts seen, over those expected at the rates of the rest of the programme for the same time in treatment.
    private var standardised: String {
        guard let programme, !disclosure.hides(people: Double(own.count)) else { return "" }
        let expected = counts.strata.reduce(0) { sum, stratum in
            let whole = programme.strata[stratum.key]
            let days = (whole?.days ?? 0) - stratum.value.days
            let dropouts = (whole?.dropouts ?? 0) - stratum.value.dropouts
            return days > 0 ? sum + stratum.value.days * dropouts / days : sum
        }
        let seen = counts.strata.values.reduce(0) { $0 + $1.dropouts }
        let ratio = Cell(StandardisedRatio.estimate(observed: seen, expected: expected))
        guard ratio.estimate != nil else { return "" }
        return words(
            "dropouts.standardised",
            [
                "seen": numbers.amount(seen), "expected": numbers.number(expected, digits: 1),
                "ratio": text(ratio, times: 1, digits: 2),
            ])
    }
}
