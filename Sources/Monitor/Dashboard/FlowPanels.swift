import Ingest
import Metrics
import Words

/// Clients who came and went: month by month, and why they went over the last twelve months.
struct FlowPanels {
    let flows: [Flow]
    /// The months of the data, first to last.
    let months: [Month]
    let reports: [Month: ReportState]
    let caseload: IndicatorSeries?
    let month: Month
    let scope: Scope
    let disclosure: Disclosure
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }

    func flowPanel() -> Panel {
        Panel(
            id: "flow", kind: .flow, title: flowTitle, subtitle: words("flow.subtitle"),
            sentence: words("flow.sentence"), caveat: words("flow.caveat"), chart: "flow",
            columns: [
                Panel.Column(key: "monthText", label: words("table.month")),
                Panel.Column(key: "reasonText", label: words("table.movement")),
                Panel.Column(key: "text", label: words("table.clients")),
            ],
            rows: months.flatMap(rows),
            links: Panel.Files(csv: "\(scope.apiURL)/flow.csv", json: "\(scope.apiURL)/flow"))
    }

    /// In and out over the last twelve months, if all of it was reported.
    private var flowTitle: String {
        guard !isHidden, missing.isEmpty, let came = total(Flow.inward), let left = total(Flow.outward) else {
            return words("flow.title.open")
        }
        return words(
            "flow.title",
            [
                "in": words.grouped(came), "out": words.grouped(left), "months": "\(lastYear.count)",
                "month": numbers.month(month),
            ])
    }

    /// The reported months of the year that ends with the page's month.
    private var lastYear: [Flow] { flows.filter { $0.month > month - 12 && $0.month <= month } }

    /// The months of that year that were expected and have not arrived.
    private var missing: [Month] {
        months.filter { expected in
            expected > month - 12 && expected <= month && reports[expected]?.isExpected == true
                && !lastYear.contains { $0.month == expected }
        }
    }

    private var isHidden: Bool { lastYear.contains { disclosure.hides(people: $0.people) } }

    private func total(_ fields: [String]) -> Int? {
        let numbers = lastYear.flatMap { flow in fields.map { flow.fields[$0] } }
        return numbers.isEmpty || numbers.contains(nil) ? nil : numbers.compactMap(\.self).reduce(0, +)
    }

    private func rows(_ month: Month) -> [PanelRow] {
        let flow = flows.first { $0.month == month }
        let closing = caseload?.cell(month).estimate?.point
        return (Flow.inward.map { ("in", $0) } + Flow.outward.map { ("out", $0) }).map { direction, field in
            let isHidden = flow.map { disclosure.hides(people: $0.people) } ?? false
            let count = isHidden ? nil : flow?.fields[field]
            let state: Cell.State =
                isHidden ? .suppressed : count == nil ? Cell.absent(flow == nil ? reports[month] : nil) : .value
            return [
                "month": .text("\(month)"), "monthText": .text(numbers.shortMonth(month)),
                "direction": .text(direction), "reason": .text(field), "reasonText": .text(words("flow.\(field)")),
                "count": count.map(Datum.whole) ?? .missing, "closing": Datum(closing), "state": .text(state.rawValue),
                "text": .text(count.map(words.grouped) ?? words("state.\(state.rawValue)")),
            ]
        }
    }

    func exitsPanel() -> Panel {
        let counts = Flow.outward.map { field in
            (field: field, count: isHidden || !missing.isEmpty ? nil : total([field]))
        }
        let known = counts.compactMap(\.count)
        let all = known.count == counts.count ? known.reduce(0, +) : nil
        let largest = counts.filter { ($0.count ?? 0) > 0 }.max { ($0.count ?? 0) < ($1.count ?? 0) }
        var values = [
            "month": numbers.month(month), "months": "\(lastYear.count)", "exits": all.map(words.grouped) ?? "",
        ]
        if let largest, let all, let count = largest.count {
            let share = Proportion.wilson(successes: Double(count), trials: Double(all))
            values["reason"] = words("flow.\(largest.field)")
            values["share"] = share.value.map { numbers.number($0.point * 100, digits: 0) } ?? ""
        }
        let key = values["share"] == nil ? "open" : "known"
        return Panel(
            id: "exits_by_reason", kind: .exits, title: words("exits.title.\(key)", values),
            subtitle: words("exits.subtitle", values), sentence: words("exits.sentence.\(key)", values),
            caveat: words("exits.caveat"), chart: "exits",
            axis: Panel.Axis(title: words("exits.axis"), zero: true, percent: true),
            columns: [
                Panel.Column(key: "label", label: words("table.reason")),
                Panel.Column(key: "countText", label: words("table.clients")),
                Panel.Column(key: "text", label: words("table.share")),
            ],
            rows: counts.map { exitRow($0.field, $0.count, of: all) },
            links: Panel.Files(
                csv: "\(scope.apiURL)/exits.csv?month=\(month)", json: "\(scope.apiURL)/exits?month=\(month)"))
    }

    private func exitRow(_ field: String, _ count: Int?, of all: Int?) -> PanelRow {
        let gap = missing.last ?? (lastYear.isEmpty ? month : nil)
        var cell = Cell(isHidden ? .suppressed : Cell.absent(gap.flatMap { reports[$0] }))
        if let count, let all { cell = Cell(Proportion.wilson(successes: Double(count), trials: Double(all))) }
        let estimate = cell.estimate
        let text = estimate.map { value in
            let limits = value.interval.map { [$0.lower, $0.upper].map { numbers.number($0 * 100, digits: 1) } } ?? []
            return "\(numbers.number(value.point * 100, digits: 1)) (\(limits.joined(separator: "–")))"
        }
        return [
            "month": .text("\(month)"), "reason": .text(field), "label": .text(words("flow.\(field)")),
            "count": count.map(Datum.whole) ?? .missing,
            "countText": .text(count.map(words.grouped) ?? numbers.state(cell)),
            "share": Datum(estimate.map { $0.point * 100 }), "low": Datum(estimate?.interval.map { $0.lower * 100 }),
            "high": Datum(estimate?.interval.map { $0.upper * 100 }), "state": .text(cell.state.rawValue),
            "text": .text(text ?? numbers.state(cell)),
        ]
    }
}
