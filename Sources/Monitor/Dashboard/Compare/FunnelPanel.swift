import Metrics
import Words

/// The clinics of a scope by size, between limits that narrow as numbers grow.
struct FunnelPanel {
    let comparison: SiteComparison
    let scope: Scope
    let words: Words
    /// On its page it stands under the line that says what chance alone would do.
    var isUnderLead = false

    private var numbers: NumberText { NumberText(words: words) }
    private var definition: Definition { comparison.definition }
    private var said: CompareWords { CompareWords(comparison: comparison, scope: scope, words: words) }
    /// As many points as a line across a screen needs to be smooth.
    private static let curvePoints = 80

    func panel() -> Panel {
        let address = "/api/v1/compare/\(definition.indicator)/funnel"
        let query = "?month=\(comparison.month)" + (scope.place == .programme ? "" : "&region=\(scope.code)")
        return Panel(
            id: "funnel_\(definition.indicator)", kind: .funnel, title: said.title,
            subtitle: words("comparison.funnel.subtitle", said.values),
            sentence: isUnderLead ? said.sentenceUnderLead : said.sentence,
            caveat: said.joined([words("comparison.funnel.caveat"), said.dominant]),
            definition: definition.link(words), chart: "funnel", higherIs: definition.higherIs.rawValue,
            axis: Panel.Axis(title: definition.unit(words), zero: true, percent: definition.kind == .proportion),
            columns: columns, rows: comparison.entries(of: scope).map(row),
            links: Panel.Files(csv: "\(address).csv\(query)", json: "\(address)\(query)"), curve: curve,
            sizeTitle: words("indicator.\(definition.indicator).denominator"))
    }

    private var columns: [Panel.Column] {
        [
            Panel.Column(key: "name", label: words("table.site")),
            Panel.Column(key: "regionName", label: words("table.region")),
            Panel.Column(key: "text", label: definition.name(words)),
            Panel.Column(key: "numeratorText", label: words("indicator.\(definition.indicator).numerator")),
            Panel.Column(key: "denominatorText", label: words("indicator.\(definition.indicator).denominator")),
            Panel.Column(key: "byChanceText", label: words("comparison.column.by_chance")),
            Panel.Column(key: "wideText", label: words("comparison.column.wide")),
            Panel.Column(key: "qText", label: words("comparison.column.q")),
            Panel.Column(key: "signalText", label: words("table.comparison")),
        ]
    }

    private func row(_ entry: SiteComparison.Entry) -> PanelRow {
        let direction = comparison.direction(entry)
        let (byChance, wide) = (entry.inFunnel, comparison.wideLimits(entry))
        let own: PanelRow = [
            "month": .text("\(comparison.month)"), "site": .text(entry.site.code),
            "name": .text(entry.site.name.text(in: words.language)),
            "regionName": .text(entry.site.regionName.text(in: words.language)), "url": .text(entry.site.url),
            "size": Datum(entry.cell.estimate?.denominator), "q": Datum(entry.q), "qText": .text(numbers.q(entry.q)),
            "byChanceText": .text(range(byChance?.inner)), "wideText": .text(range(wide?.inner)),
            "signal": .text(direction), "signalText": .text(words("compare.\(direction)")),
        ]
        return own.merging(limits((byChance?.inner, byChance?.outer), (wide?.inner, wide?.outer))) { own, _ in own }
            .merging(numbers.items(entry.cell, definition)) { own, _ in own }
    }

    private func range(_ interval: Interval?) -> String {
        guard let interval else { return "" }
        return [interval.lower, interval.upper].map {
            numbers.number($0 * comparison.shownPerRatio, digits: definition.digits)
        }.joined(separator: "–")
    }

    /// Keys as in the panel's file: 95 and 99.8 % limits by chance alone, and with room for the spread between clinics.
    private func limits(
        _ byChance: (inner: Interval?, outer: Interval?), _ wide: (inner: Interval?, outer: Interval?)
    ) -> PanelRow {
        let scale = comparison.shownPerRatio
        func shown(_ limit: Double?) -> Datum { Datum(limit.map { $0 * scale }) }
        return [
            "lower95": shown(byChance.inner?.lower), "upper95": shown(byChance.inner?.upper),
            "lower998": shown(byChance.outer?.lower), "upper998": shown(byChance.outer?.upper),
            "wideLower95": shown(wide.inner?.lower), "wideUpper95": shown(wide.inner?.upper),
            "wideLower998": shown(wide.outer?.lower), "wideUpper998": shown(wide.outer?.upper),
        ]
    }

    /// The limits as lines, from the smallest clinic to the largest: evenly spaced by the root of the size, as the axis is.
    private var curve: [PanelRow] {
        let denominators = comparison.entries(of: scope).compactMap { $0.cell.estimate?.denominator }.filter { $0 > 0 }
        guard let funnel = comparison.funnel, let least = denominators.min(), let most = denominators.max() else {
            return []
        }
        let (first, last) = ((0.8 * least).squareRoot(), (1.05 * most).squareRoot())
        let sizes = (0..<Self.curvePoints).map { place in
            let root = first + (last - first) * Double(place) / Double(Self.curvePoints - 1)
            return max(1, (root * root).rounded())
        }
        let hasSpread = funnel.betweenVariance > 0
        return Array(Set(sizes)).sorted().map { size in
            let onScale = size * comparison.sizePerDenominator
            let wide = hasSpread ? funnel.wideLimits(size: onScale) : nil
            let byChance = funnel.limits(size: onScale)
            return limits((byChance?.inner, byChance?.outer), (wide?.inner, wide?.outer)).merging([
                "size": .number(size),
                "centre": Datum(comparison.whole.estimate.map { $0.point * definition.shownPer }),
            ]) { own, _ in own }
        }
    }
}
