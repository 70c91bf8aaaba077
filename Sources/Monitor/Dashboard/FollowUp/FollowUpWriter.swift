import Ingest
import Metrics
import Words

/// Panels made from client records: how long clients stay, why they leave, what their tests say.
struct FollowUpWriter {
    let counts: FollowUpCounts
    /// Nil on the programme's own page.
    let programme: ProgrammeFollowUp?
    let scope: Scope
    let month: Month
    let disclosure: Disclosure
    let words: Words

    /// Days of a month on curves: a twelfth of a year.
    static let daysInMonth = 30.4375
    static let milestones = [3, 6, 12]
    static let horizon = 12

    var numbers: NumberText { NumberText(words: words) }
    var own: Stays { counts.stays[counts.rule.name] ?? Stays() }
    var hasStays: Bool { !own.clients.isEmpty }

    /// All panels that the records have something to say to, in the order of the page.
    func panels() -> [Panel] { PanelName.ofFollowUp.compactMap(panel) }

    /// Nil where there are no such records.
    func panel(_ name: PanelName) -> Panel? {
        switch name {
        case .retention: hasStays ? retentionPanel() : nil
        case .exitIncidence: hasStays ? exitIncidencePanel() : nil
        case .occupancy: counts.cohorts.isEmpty ? nil : occupancyPanel()
        case .rules: hasStays ? rulesPanel() : nil
        case .dropouts: newest(counts.treatment[counts.rule.name]).map(dropoutsPanel)
        case .tests: newest(counts.tests).map(testsPanel)
        case .behaviour: counts.behaviours.isEmpty ? nil : behaviourPanel()
        case .service: servicePanel()
        default: nil
        }
    }

    /// The rules that the records can be read by; nothing to choose where there are none.
    var choices: [RecordsPage.Rule] {
        counts.rules.filter { $0.sites > 0 }.map {
            RecordsPage.Rule(code: $0.name, name: ruleName($0), shown: $0.name == counts.rule.name)
        }
    }

    static func day(ofMonth n: Int) -> Double { (Double(n) * daysInMonth).rounded() }

    /// The newest month that the records cover whole: records end when they end, often within the month shown.
    func newest<Value>(_ months: [Month: Value]?) -> Month? {
        (months ?? [:]).keys.filter { $0 <= month && $0 > month - Self.milestones[0] }.max()
    }

    /// "7.4–11.0" in the unit shown.
    func interval(_ interval: Interval?, times scale: Double, digits: Int = 1) -> String? {
        interval.map { limits in
            [limits.lower, limits.upper].map { numbers.number($0 * scale, digits: digits) }.joined(separator: "–")
        }
    }

    /// "9.1 (7.4–11.0)", or why there is none.
    func text(_ cell: Cell, times scale: Double, digits: Int = 1) -> String {
        guard let estimate = cell.estimate else { return numbers.state(cell) }
        let figure = numbers.number(estimate.point * scale, digits: digits)
        return interval(estimate.interval, times: scale, digits: digits).map { "\(figure) (\($0))" } ?? figure
    }

    /// A cell as items of a row.
    func items(_ cell: Cell, times scale: Double, digits: Int = 1) -> PanelRow {
        let estimate = cell.estimate
        return [
            "state": .text(cell.state.rawValue), "text": .text(text(cell, times: scale, digits: digits)),
            "value": Datum(estimate.map { $0.point * scale }),
            "low": Datum(estimate?.interval.map { $0.lower * scale }),
            "high": Datum(estimate?.interval.map { $0.upper * scale }),
            "numerator": Datum(estimate?.numerator), "denominator": Datum(estimate?.denominator),
        ]
    }

    /// A cell as items of a row that has several: `name`, `name_low`, `name_high`, `name_state` and `nameText`.
    func items(_ cell: Cell, named name: String, times scale: Double, digits: Int = 1) -> PanelRow {
        let items = items(cell, times: scale, digits: digits)
        return [
            name: items["value"] ?? .missing, "\(name)_low": items["low"] ?? .missing,
            "\(name)_high": items["high"] ?? .missing, "\(name)_state": .text(cell.state.rawValue),
            "\(name)Text": items["text"] ?? .missing,
        ]
    }

    /// Columns of a file for such a cell.
    static func fileKeys(named name: String) -> [String] { [name, "\(name)_low", "\(name)_high", "\(name)_state"] }

    func cell(_ estimate: Estimate, people: Int) -> Cell {
        disclosure.hides(people: Double(people)) ? Cell(.suppressed) : Cell(estimate)
    }

    func links(_ name: PanelName) -> Panel.Files {
        let address = "\(scope.apiURL)/\(name.rawValue)"
        let query = "?month=\(month)" + (name.takesRule ? "&rule=\(counts.rule.name)" : "")
        return Panel.Files(csv: "\(address).csv\(query)", json: "\(address)\(query)")
    }

    func figure(_ cell: Cell, times scale: Double, unit: String, detail: String?) -> Panel.Figure {
        let point = cell.estimate.map { numbers.number($0.point * scale, digits: 1) }
        return Panel.Figure(
            text: point ?? numbers.state(cell), interval: interval(cell.estimate?.interval, times: scale),
            unit: point == nil ? "" : unit, state: cell.state.rawValue, detail: detail, variation: nil)
    }

    func ruleName(_ rule: StayRule) -> String {
        rule.missedDays.map { words("rule.missed", ["days": "\($0)"]) } ?? words("rule.reported")
    }

    /// "under the rule: …", with what the records cannot tell.
    var ruleSentence: String {
        let rule = counts.rule
        let unknown = rule.unknownOrigins > 0 && !disclosure.hides(people: Double(rule.unknownOrigins))
        return words("rule.sentence", ["rule": ruleName(rule)])
            + (unknown ? words.counted("rule.unknown_origins", rule.unknownOrigins) : "")
    }
}
