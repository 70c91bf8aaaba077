import Foundation
import Ingest
import Metrics
import Words

/// Numbers and months as a reader of one language expects them.
struct NumberText: Sendable {
    let words: Words

    /// A number with so many decimals: 12,904 or 9.1.
    func number(_ value: Double, digits: Int) -> String {
        guard digits > 0 else { return abs(value) < 1e18 ? words.grouped(Int(value.rounded())) : "\(value)" }
        let scale = Double((0..<digits).reduce(1) { power, _ in power * 10 })
        let scaled = (abs(value) * scale).rounded()
        // More digits than a double holds are written as the machine does.
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int(scaled / scale)
        let rest = String(Int(scaled) - whole * Int(scale))
        let sign = value < 0 && scaled > 0 ? "−" : ""
        return sign + words.grouped(whole) + "." + String(repeating: "0", count: digits - rest.count) + rest
    }

    /// A count that may be half a person: 450.5 person-months.
    func amount(_ value: Double) -> String { number(value, digits: value == value.rounded() ? 0 : 1) }

    /// A probability as it is told: p = 0.032, p < 0.001.
    func probability(_ p: Double) -> String { p < 0.001 ? "p < 0.001" : "p = \(number(p, digits: 3))" }

    /// The least power of ten that a number above 0 does not exceed: 10⁻¹² of 4e-13.
    func powerOfTen(above value: Double) -> String {
        let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let power = Int(log10(value).rounded(.up))
        return "10" + (power < 0 ? "⁻" : "")
            + String(String(power.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] })
    }

    /// "March 2024" or 2024年3月.
    func month(_ month: Month) -> String { named(month, "month.\(month.number)") }

    /// "Mar 2024".
    func shortMonth(_ month: Month) -> String { named(month, "month.\(month.number).short") }

    private func named(_ month: Month, _ key: String) -> String {
        words("month.pattern", ["month": words(key), "year": "\(month.year)"])
    }

    /// The figure of a cell in the unit shown, without its interval; the state's words where there is none.
    func figure(_ cell: Cell, _ definition: Definition) -> String {
        guard let estimate = cell.estimate else { return state(cell) }
        return number(estimate.point * definition.shownPer, digits: definition.digits)
    }

    /// "7.4–11.0"; nil where the method has none.
    func interval(_ cell: Cell, _ definition: Definition) -> String? {
        guard let interval = cell.estimate?.interval else { return nil }
        let limits = [interval.lower, interval.upper].map {
            number($0 * definition.shownPer, digits: definition.digits)
        }
        return limits.joined(separator: "–")
    }

    /// "9.1 (7.4–11.0)".
    func withInterval(_ cell: Cell, _ definition: Definition) -> String {
        let figure = figure(cell, definition)
        return interval(cell, definition).map { "\(figure) (\($0))" } ?? figure
    }

    /// "41 dropouts in 450.5 person-months"; nil where there is no figure.
    func counts(_ cell: Cell, _ definition: Definition) -> String? {
        guard let estimate = cell.estimate, definition.kind != .count else { return nil }
        let key = "indicator.\(definition.indicator).counts"
        return words(
            estimate.numerator == 1 && words.has("\(key).one") ? "\(key).one" : key,
            ["numerator": amount(estimate.numerator), "denominator": amount(estimate.denominator)])
    }

    /// A cell as items of a row: its state, numbers and texts.
    func items(_ cell: Cell, _ definition: Definition) -> PanelRow {
        let estimate = cell.estimate
        let scale = definition.shownPer
        return [
            "state": .text(cell.state.rawValue), "text": .text(withInterval(cell, definition)),
            "value": Datum(estimate.map { $0.point * scale }),
            "low": Datum(estimate?.interval.map { $0.lower * scale }),
            "high": Datum(estimate?.interval.map { $0.upper * scale }),
            "numerator": Datum(estimate?.numerator), "denominator": Datum(estimate?.denominator),
            "numeratorText": Datum(estimate.map { amount($0.numerator) }),
            "denominatorText": Datum(estimate.map { amount($0.denominator) }),
        ]
    }

    func state(_ cell: Cell) -> String {
        if let reason = cell.reason { return words("unavailable.\(reason.rawValue)") }
        return words("state.\(cell.state.rawValue)")
    }
}

extension Definition {
    /// From an estimate to the unit shown: a proportion is estimated between 0 and 1, the others in their unit.
    var shownPer: Double { kind == .proportion ? per : 1 }

    func name(_ words: Words) -> String { words("indicator.\(indicator).name") }
    func unit(_ words: Words) -> String { words("indicator.\(indicator).unit") }

    func link(_ words: Words) -> Panel.Link {
        Panel.Link(
            text: words("definition.link", ["name": name(words), "version": "\(version)"]),
            url: "/definitions#\(indicator)")
    }
}
