import Foundation
import Ingest
import Metrics
import Words

/// The monthly report beside the client records: what differs, newest month first.
struct ReconciliationPanel {
    let rows: [Reconciled]
    let hidden: Set<Month>
    let words: Words

    /// Nil where there are no client records at all.
    func panel() -> Panel? {
        guard !rows.isEmpty else { return nil }
        let numbers = NumberText(words: words)
        let shown = rows.filter { !hidden.contains($0.month) }
        let differing = shown.filter { $0.reported != nil && $0.reported != $0.counted }
        return Panel(
            id: "reconciliation", kind: .table, title: words.counted("quality.reconciliation.title", differing.count),
            subtitle: words("quality.reconciliation.subtitle"),
            sentence: words(
                "quality.reconciliation.sentence", ["compared": "\(shown.count)", "differing": "\(differing.count)"]),
            columns: ["monthText", "fieldText", "reported", "counted", "difference"].map {
                .init(key: $0, label: words($0 == "monthText" ? "table.month" : "quality.\($0)"))
            },
            rows: differing.prefix(300).map { row in
                [
                    "month": .text("\(row.month)"), "monthText": .text(numbers.shortMonth(row.month)),
                    "field": .text(row.field), "fieldText": Datum(words.column(row.field, of: "monthly")),
                    "reported": Datum(row.reported), "counted": .number(row.counted),
                    "difference": Datum(row.reported.map { $0 - row.counted }),
                    "receipt": .whole(row.receipt), "url": .text("/data/receipts/\(row.receipt)"),
                ]
            })
    }
}

/// What corrections changed in a clinic's reports.
struct ChangesPanel {
    let changes: [ReportChange]
    let hidden: Set<Month>
    let words: Words

    func panel() -> Panel? {
        guard !changes.isEmpty else { return nil }
        let numbers = NumberText(words: words)
        let shown = changes.filter { !hidden.contains($0.month) }
        let months = Set(changes.map(\.month)).count
        return Panel(
            id: "changes", kind: .table, title: words.counted("quality.changes.title", shown.count),
            subtitle: words("quality.changes.subtitle"),
            sentence: words.counted("quality.changes.sentence", months),
            columns: ["monthText", "fieldText", "versions", "was", "became", "arrivedAt"].map {
                .init(key: $0, label: words($0 == "monthText" ? "table.month" : "quality.\($0)"))
            },
            rows: shown.prefix(300).map { change in
                [
                    "month": .text("\(change.month)"), "monthText": .text(numbers.shortMonth(change.month)),
                    "field": .text(change.field), "fieldText": Datum(words.column(change.field, of: "monthly")),
                    "versions": .text("\(change.fromVersion) → \(change.toVersion)"),
                    "was": change.was.map { .number($0) } ?? .text(words("state.not_reported")),
                    "became": change.became.map { .number($0) } ?? .text(words("state.not_reported")),
                    "arrivedAt": .text(change.arrivedAt), "url": .text("/data/receipts/\(change.receipt)"),
                ]
            })
    }
}

/// A clinic's months that stand out from its others, by every method that applies, side by side.
struct OutlierPanel {
    let counts: PageCounts
    let last: Month
    let words: Words

    /// Months that are screened.
    private static let months = 24
    /// Methods whose call counts: they take account of a clinic's size, of overdispersion and of other outliers.
    private static let deciding: Set<OutlierMethod> = [.betaBinomial, .negativeBinomial, .modifiedScore]

    private struct Found {
        let definition: Definition
        let month: Month
        let tests: [OutlierTest]
    }

    func panel() -> Panel? {
        let months = counts.months.filter { $0 <= last }.suffix(Self.months)
        guard !months.isEmpty else { return nil }
        var found: [Found] = []
        var made = 0
        var expected = 0.0
        for definition in counts.definitions where definition.windowMonths == 1 && definition.indicator != "caseload" {
            guard let series = series(definition, Array(months)) else { continue }
            let report = OutlierScreening(series).eachMonth()
            let deciding = report.only(Self.deciding)
            made += deciding.testsMade
            expected += deciding.falseAlarmsExpected
            // What only z, min–max or a plain tail calls stands beside a call, and makes none.
            for index in Set(deciding.outliers.map(\.month)) {
                found.append(
                    Found(
                        definition: definition, month: months[months.startIndex + index],
                        tests: report.tests.filter { $0.month == index }))
            }
        }
        return panel(found.sorted { $0.month > $1.month }, made: made, expected: expected)
    }

    private func panel(_ found: [Found], made: Int, expected: Double) -> Panel {
        let numbers = NumberText(words: words)
        let methods = ["standard_score", "modified_score", "min_max", "tail", "spread_tail"]
        return Panel(
            id: "outliers", kind: .table, title: words.counted("quality.outliers.title", found.count),
            subtitle: words("quality.outliers.subtitle", ["months": "\(Self.months)"]),
            sentence: words(
                "quality.outliers.sentence",
                ["tests": "\(made)", "expected": numbers.amount((expected * 10).rounded() / 10)]),
            caveat: words("quality.outliers.caveat"),
            columns: [
                .init(key: "monthText", label: words("table.month")),
                .init(key: "indicatorText", label: words("quality.indicator")),
                .init(key: "sideText", label: words("quality.side")),
            ] + methods.map { .init(key: $0, label: words("quality.method.\($0)")) },
            rows: found.prefix(200).map { row($0, numbers) })
    }

    private func row(_ found: Found, _ numbers: NumberText) -> PanelRow {
        var row: PanelRow = [
            "month": .text("\(found.month)"), "monthText": .text(numbers.shortMonth(found.month)),
            "indicator": .text(found.definition.indicator), "indicatorText": .text(found.definition.name(words)),
        ]
        let side = found.tests.lazy.compactMap { $0.finding?.side }.first
        row["sideText"] = .text(words(side == SpecialCause.Side.above ? "quality.side.high" : "quality.side.low"))
        for test in found.tests { row[Self.column(test.method)] = .text(text(test)) }
        return row
    }

    /// "3.4 ●" where the method calls the month, "1.2" where it does not, "–" where it could not be asked.
    private func text(_ test: OutlierTest) -> String {
        guard let finding = test.finding else { return "–" }
        let number: String =
            switch finding.statistic {
            case .score(let score): String(format: "%.1f", score)
            case .probability(let p): p < 0.0001 ? "p < 0.0001" : String(format: "p = %.4f", p)
            }
        return finding.isOutlier ? "\(number) ●" : number
    }

    private static func column(_ method: OutlierMethod) -> String {
        switch method {
        case .binomial, .poisson: "tail"
        case .betaBinomial, .negativeBinomial: "spread_tail"
        default: method.rawValue
        }
    }

    private func series(_ definition: Definition, _ months: [Month]) -> OutlierSeries? {
        let counts = months.map { self.counts.series[definition.indicator]?[$0] }
        let numerators = counts.map { $0?.numerator }
        let denominators = counts.map { $0?.denominator }
        switch definition.kind {
        case .proportion: return .proportions(numerators: numerators, denominators: denominators)
        case .rate, .count: return .rates(events: numerators, exposures: denominators)
        case .mean:
            let means = zip(numerators, denominators).map { numerator, denominator -> Double? in
                guard let numerator, let denominator, denominator > 0 else { return nil }
                return numerator / denominator
            }
            return .values(means, floor: 0)
        }
    }
}
