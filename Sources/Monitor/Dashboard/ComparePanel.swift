import Ingest
import Metrics
import Words

/// All sites of a scope on one indicator in one month, ordered by how clearly they differ from the whole.
struct ComparePanel {
    let definition: Definition
    let scope: Scope
    let month: Month
    /// The figure of the whole scope.
    let whole: Cell
    let sites: [(site: Site, cell: Cell)]
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }
    private var name: String { definition.name(words) }

    func panel() -> Panel {
        let compared = sites.map { (site: $0.site, cell: $0.cell, distance: distance($0.cell)) }
            .sorted { order($0) < order($1) }
        let apart = compared.count { abs($0.distance ?? 0) > 1 }
        let values = ["name": name, "month": numbers.month(month), "whole": numbers.withInterval(whole, definition)]
        return Panel(
            id: "compare_\(definition.indicator)", kind: .compare,
            title: words.counted("compare.title", apart, values),
            subtitle: words("compare.subtitle", values.merging(["unit": definition.unit(words)]) { own, _ in own }),
            sentence: words.counted(
                "compare.sentence", apart,
                values.merging(
                    // Of intervals at 95 %, one in twenty misses by chance.
                    [
                        "expected": numbers.number(
                            Double(compared.count { $0.cell.state == .value }) * 0.05, digits: 0),
                        "sites": "\(compared.count { $0.cell.state == .value })",
                    ]) { own, _ in own }),
            caveat: words("compare.caveat"), definition: definition.link(words), chart: "compare",
            higherIs: definition.higherIs.rawValue,
            axis: Panel.Axis(
                title: definition.unit(words), zero: definition.kind != .mean, percent: definition.kind == .proportion),
            columns: [
                Panel.Column(key: "name", label: words("table.site")),
                Panel.Column(key: "regionName", label: words("table.region")),
                Panel.Column(key: "text", label: name),
                Panel.Column(key: "numeratorText", label: words("indicator.\(definition.indicator).numerator")),
                Panel.Column(key: "denominatorText", label: words("indicator.\(definition.indicator).denominator")),
                Panel.Column(key: "signalText", label: words("table.comparison")),
            ],
            rows: compared.map(row),
            links: Panel.Files(
                csv: "\(scope.apiURL)/compare/\(definition.indicator).csv?month=\(month)",
                json: "\(scope.apiURL)/compare/\(definition.indicator)?month=\(month)"))
    }

    private func distance(_ cell: Cell) -> Double? {
        guard let estimate = cell.estimate, let reference = whole.estimate else { return nil }
        return Comparison.distance(of: estimate, from: reference.point)
    }

    /// Worse first, most clearly so; sites without a figure last.
    private func order(_ entry: (site: Site, cell: Cell, distance: Double?)) -> (Int, Double, String) {
        guard let distance = entry.distance else {
            return (entry.cell.state == .value ? 1 : 2, -(entry.cell.estimate?.point ?? 0), entry.site.code)
        }
        return (0, definition.higherIs == .better ? distance : -distance, entry.site.code)
    }

    private func row(_ entry: (site: Site, cell: Cell, distance: Double?)) -> PanelRow {
        let direction = direction(entry.distance)
        let own: PanelRow = [
            "month": .text("\(month)"), "site": .text(entry.site.code),
            "name": .text(entry.site.name.text(in: words.language)),
            "regionName": .text(entry.site.regionName.text(in: words.language)), "url": .text(entry.site.url),
            "centre": Datum(whole.estimate.map { $0.point * definition.shownPer }),
            "signal": .text(direction), "signalText": .text(words("compare.\(direction)")),
        ]
        return own.merging(numbers.items(entry.cell, definition)) { own, _ in own }
    }

    /// Whether the interval leaves the whole's figure out, and on which side.
    private func direction(_ distance: Double?) -> String {
        guard let distance, abs(distance) > 1 else { return "none" }
        return switch (definition.higherIs, distance > 0) {
        case (.neutral, _): "change"
        case (.better, true), (.worse, false): "better"
        default: "worse"
        }
    }
}
