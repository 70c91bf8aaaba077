import Metrics
import Words

extension NumberText {
    /// "0.03", "< 0.001"; nothing where there is none.
    func q(_ q: Double?) -> String {
        guard let q else { return "" }
        if q < 0.001 { return "< 0.001" }
        return number(q, digits: q < 0.1 ? 3 : 2)
    }

    /// "80", "4.5".
    func target(_ target: Double, _ definition: Definition) -> String {
        number(target, digits: target == target.rounded() ? 0 : definition.digits)
    }

    /// "1.82 (1.21–2.63)" times; "+4.1 (+1.2 to +7.0)" points; nothing where there is none.
    func beside(_ beside: Beside?, _ definition: Definition) -> String {
        guard let beside else { return "" }
        let isRatio = definition.kind == .rate
        func written(_ value: Double) -> String {
            let text = number(value, digits: isRatio ? 2 : 1)
            return isRatio || value <= 0 ? text : "+\(text)"
        }
        return words(
            isRatio ? "comparison.times" : "comparison.points",
            ["point": written(beside.point), "low": written(beside.low), "high": written(beside.high)])
    }

    /// "8.2 (6.9–9.6)".
    func shrunken(_ shrunken: ShrunkenValue?, _ definition: Definition) -> String {
        guard let value = shrunken?.estimate.value else { return "" }
        let parts = [value.point, value.interval?.lower, value.interval?.upper].compactMap(\.self).map {
            number($0 * definition.shownPer, digits: definition.digits)
        }
        return parts.count == 3 ? "\(parts[0]) (\(parts[1])–\(parts[2]))" : parts[0]
    }
}
