import Ingest
import Metrics
import Words

/// The clinics of a scope on one indicator in one month: each with its own figure, and drawn to all clinics' as far as its
/// own numbers leave open; ordered by how clearly they differ from the programme.
struct ComparePanel {
    let comparison: SiteComparison
    let scope: Scope
    let words: Words
    /// With shrunken figures, and beside programme, region, peers and target; without, it is light on a page of many panels.
    var isFull = false

    private var numbers: NumberText { NumberText(words: words) }
    private var definition: Definition { comparison.definition }
    private var said: CompareWords { CompareWords(comparison: comparison, scope: scope, words: words) }

    /// Who a clinic can be held beside: no target is shown where none has been set.
    private var comparators: [Comparator] {
        isFull ? Comparator.allCases.filter { $0 != .target || comparison.target != nil } : []
    }

    func panel() -> Panel {
        Panel(
            id: "compare_\(definition.indicator)", kind: .compare, title: isFull ? said.listTitle : said.title,
            subtitle: words("comparison.list.subtitle", said.values),
            sentence: isFull ? said.listSentence : said.shortSentence,
            caveat: caveat, definition: definition.link(words), chart: "compare",
            higherIs: definition.higherIs.rawValue,
            axis: Panel.Axis(title: definition.unit(words), zero: true, percent: definition.kind == .proportion),
            columns: columns, rows: comparison.entries(of: scope).map(row), links: links,
            page: Panel.Link(text: words("comparison.page", said.values), url: pageURL))
    }

    private var columns: [Panel.Column] {
        let shrunken = Panel.Column(key: "shrunkenText", label: words("comparison.column.shrunken"))
        let own = [
            Panel.Column(key: "name", label: words("table.site")),
            Panel.Column(key: "regionName", label: words("table.region")),
            Panel.Column(key: "text", label: definition.name(words)),
            Panel.Column(key: "numeratorText", label: words("indicator.\(definition.indicator).numerator")),
            Panel.Column(key: "denominatorText", label: words("indicator.\(definition.indicator).denominator")),
        ]
        let evidence = [
            Panel.Column(key: "qText", label: words("comparison.column.q")),
            Panel.Column(key: "signalText", label: words("table.comparison")),
        ]
        let beside = comparators.map { comparator in
            Panel.Column(
                key: "\(comparator.rawValue)Text",
                label: words(
                    "comparison.column.\(comparator.rawValue).\(definition.kind.rawValue)", ["target": targetText]))
        }
        return own + (isFull ? [shrunken] : []) + evidence + beside
    }

    private var caveat: String {
        let all = comparison.entries.count { $0.cell.state == .value }
        let beside = [
            words(
                "comparison.peers", ["groups": "\(comparison.peers.groups)", "version": "\(comparison.peers.version)"]),
            comparison.target == nil ? words("comparison.no_target") : nil,
        ]
        return said.joined(
            [words("comparison.caveat"), all < Self.fewSites ? words("comparison.caveat.few") : nil, said.dominant]
                + (isFull ? beside : []))
    }

    /// Below it the spread between clinics is itself uncertain, and intervals that take it as known are too narrow.
    private static let fewSites = 30

    private var targetText: String {
        comparison.target.map { numbers.target($0, definition) } ?? ""
    }

    private var query: String {
        let region = isFull && scope.place != .programme ? "&region=\(scope.code)" : ""
        return "?month=\(comparison.month)\(region)"
    }

    private var links: Panel.Files {
        let address =
            isFull
            ? "/api/v1/compare/\(definition.indicator)/sites" : "\(scope.apiURL)/compare/\(definition.indicator)"
        return Panel.Files(csv: "\(address).csv\(query)", json: "\(address)\(query)")
    }

    private var pageURL: String {
        let region = scope.place == .programme ? "" : "?region=\(scope.code)"
        return "/compare/\(definition.indicator)\(region)"
    }

    private func row(_ entry: SiteComparison.Entry) -> PanelRow {
        let direction = comparison.direction(entry)
        let row: PanelRow = [
            "month": .text("\(comparison.month)"), "site": .text(entry.site.code),
            "name": .text(entry.site.name.text(in: words.language)),
            "regionName": .text(entry.site.regionName.text(in: words.language)), "url": .text(entry.site.url),
            "centre": Datum(comparison.whole.estimate.map { $0.point * definition.shownPer }),
            "p": Datum(entry.p), "q": Datum(entry.q), "qText": .text(numbers.q(entry.q)),
            "signal": .text(direction), "signalText": .text(words("compare.\(direction)")),
        ]
        return row.merging(numbers.items(entry.cell, definition)) { own, _ in own }
            .merging(isFull ? fuller(entry) : [:]) { own, _ in own }
    }

    private func fuller(_ entry: SiteComparison.Entry) -> PanelRow {
        let shrunken = entry.shrunken?.estimate.value
        var row: PanelRow = [
            "shrunken": Datum(shrunken.map { $0.point * definition.shownPer }),
            "shrunkenLow": Datum(shrunken?.interval.map { $0.lower * definition.shownPer }),
            "shrunkenHigh": Datum(shrunken?.interval.map { $0.upper * definition.shownPer }),
            "shrunkenText": .text(numbers.shrunken(entry.shrunken, definition)),
        ]
        let besides = comparison.beside(entry)
        for comparator in comparators {
            let (key, beside) = (comparator.rawValue, besides[comparator])
            row[key] = Datum(beside?.point)
            row["\(key)Low"] = Datum(beside?.low)
            row["\(key)High"] = Datum(beside?.high)
            row["\(key)Text"] = .text(numbers.beside(beside, definition))
        }
        return row
    }
}
