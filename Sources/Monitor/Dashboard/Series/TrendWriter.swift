import Ingest
import Metrics
import Words

/// A trend in words: one sentence, with the months that it was taken from.
struct TrendWriter {
    let definition: Definition
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }

    func written(_ trend: SeriesTrend, _ bends: CourseBends?) -> Panel.Trend {
        let values = ["from": numbers.shortMonth(trend.first), "to": numbers.shortMonth(trend.last)]
        let bending = bends.map { CourseBendsWriter(bends: $0, words: words) }
        switch trend.finding {
        case .failure(let reason):
            let text = words(
                "series.trend.unavailable",
                values.merging(["reason": words("unavailable.\(reason.rawValue)")]) { own, _ in own })
            return Panel.Trend(
                text: text, first: "\(trend.first)", last: "\(trend.last)", direction: "unavailable", measure: nil,
                method: nil, change: nil, low: nil, high: nil, p: nil, bends: bending?.written)
        case .success(let finding):
            return Panel.Trend(
                text: sentence(finding, values) + (bending?.sentence ?? ""), first: "\(trend.first)",
                last: "\(trend.last)", direction: direction(finding), measure: finding.measure.rawValue,
                method: finding.method.rawValue, change: finding.change, low: finding.interval.lower,
                high: finding.interval.upper, p: finding.p, bends: bending?.written)
        }
    }

    private func direction(_ finding: SeriesTrend.Finding) -> String {
        finding.isClear ? finding.change > 0 ? "rising" : "falling" : "unclear"
    }

    /// "Falling by 8.1 % a year (95 % interval 3.2 to 12.7), Oct 2023–Sep 2026." A fall is told by positive numbers.
    private func sentence(_ finding: SeriesTrend.Finding, _ months: [String: String]) -> String {
        let fall = finding.isClear && finding.change < 0
        let (lower, upper) = (finding.interval.lower, finding.interval.upper)
        func number(_ value: Double) -> String { self.number(value, finding) }
        var values = months
        values["change"] = number(fall ? -finding.change : finding.change)
        values["low"] = number(fall ? -upper : lower)
        values["high"] = number(fall ? -lower : upper)
        values["unit"] = definition.unit(words)
        return words("series.trend.\(finding.measure.rawValue).\(direction(finding))", values)
    }

    /// "−8.1 (−12.7 to −3.2)", for a cell of a table.
    func cell(_ finding: SeriesTrend.Finding) -> String {
        words(
            "trend.cell",
            [
                "change": number(finding.change, finding), "low": number(finding.interval.lower, finding),
                "high": number(finding.interval.upper, finding),
            ])
    }

    /// People are told in tenths only where the interval is as narrow as that.
    private func number(_ value: Double, _ finding: SeriesTrend.Finding) -> String {
        let isWide = finding.interval.upper - finding.interval.lower >= 20
        return numbers.number(value, digits: finding.measure == .level && isWide ? 0 : 1)
    }

    /// The course in a month's row.
    func items(_ trend: SeriesTrend?, _ month: Month) -> PanelRow {
        let course = (try? trend?.finding.get())?.course[month]
        func text(_ value: Double) -> String { numbers.number(value, digits: definition.digits) }
        let interval = course?.interval
        let ends = interval.map { " (\(text($0.lower))–\(text($0.upper)))" } ?? ""
        return [
            "trend": Datum(course?.value), "trendLow": Datum(interval?.lower), "trendHigh": Datum(interval?.upper),
            "trendText": .text(course.map { text($0.value) + ends } ?? ""),
        ]
    }
}
