import Ingest
import Words

/// The clinics on one indicator: the funnel, the list, and every clinic's months.
struct ComparePage: Sendable, Encodable {
    struct Choice: Sendable, Encodable {
        let id, name, url: String
    }

    let scope: Page.Place
    let month: String
    let monthText: String
    let months: [String]
    let dataCut: Page.Cut
    let notices: [Page.Notice]
    let indicator: Choice
    /// Every indicator that clinics are compared on.
    let indicators: [Choice]
    let regions: [Page.Region]
    let title, sentence: String
    private(set) var panels: [Panel]
    let multiples: Multiples

    /// As a browser is sent it: of counts, and of what clinics are held beside, the words are enough.
    var drawn: ComparePage {
        var page = self
        page.panels = panels.map { panel in
            var drawn = panel.drawn
            drawn.rows = panel.rows.map { row in row.filter { !Self.notDrawn.contains($0.key) }.mapValues(\.drawn) }
            return drawn
        }
        return page
    }

    private static let notDrawn = Set(
        ["numerator", "denominator", "p", "q"]
            + Comparator.allCases.flatMap { comparator in ["", "Low", "High"].map { comparator.rawValue + $0 } })
}

/// Parts of the comparison that have addresses of their own.
enum ComparePart: String, Sendable, CaseIterable {
    case sites, funnel, months
}

/// Writes the comparison from its counts.
struct CompareWriter {
    let counts: CompareCounts
    let words: Words
    private let comparison: SiteComparison

    init(_ counts: CompareCounts, _ words: Words) {
        (self.counts, self.words) = (counts, words)
        comparison = SiteComparison(counts.definition, counts.compared, reports: counts.reports)
    }

    private var scope: Scope { counts.scope }

    func page() -> ComparePage {
        let said = CompareWords(comparison: comparison, scope: scope, words: words)
        return ComparePage(
            scope: place, month: "\(counts.compared.month)",
            monthText: NumberText(words: words).month(counts.compared.month),
            months: counts.months.map(\.description), dataCut: counts.cut.cut(words),
            notices: counts.cut.notices(words), indicator: choice(counts.definition),
            indicators: counts.definitions.map(choice), regions: regions,
            title: words("comparison.page.title", said.values), sentence: said.lead,
            panels: [funnel(isUnderLead: true), list(isFull: true)], multiples: multiples.multiples())
    }

    /// A part on its own, with all digits.
    func document(_ part: ComparePart) -> PanelDocument {
        switch part {
        case .sites: document(list(isFull: true))
        case .funnel: document(funnel(isUnderLead: false))
        case .months: document(multiples.panel())
        }
    }

    /// The list as pages of many panels have it.
    func short() -> PanelDocument { document(list(isFull: false)) }

    private func document(_ panel: Panel) -> PanelDocument {
        PanelDocument(scope: place, notices: counts.cut.notices(words), dataCut: counts.cut.cut(words), panel: panel)
    }

    private var place: Page.Place { scope.place(words) }

    private func list(isFull: Bool) -> Panel {
        ComparePanel(comparison: comparison, scope: scope, words: words, isFull: isFull).panel()
    }

    private func funnel(isUnderLead: Bool) -> Panel {
        FunnelPanel(comparison: comparison, scope: scope, words: words, isUnderLead: isUnderLead).panel()
    }

    private var multiples: MultiplesPanel {
        let ofScope = comparison.entries(of: scope).map(\.site)
        let series = ofScope.map { site in
            IndicatorSeries(
                counts.definition, months: counts.months, counts: counts.series[site.id] ?? [:],
                reports: counts.reports[site.id] ?? [:], events: counts.events.filter { $0.concerns(site) })
        }
        return MultiplesPanel(
            comparison: comparison, series: Dictionary(uniqueKeysWithValues: zip(ofScope.map(\.id), series)),
            whole: counts.whole.mapValues { .of($0, counts.definition, report: nil) }, scope: scope, words: words)
    }

    private func choice(_ definition: Definition) -> ComparePage.Choice {
        ComparePage.Choice(
            id: definition.indicator, name: definition.name(words), url: "/compare/\(definition.indicator)")
    }

    private var regions: [Page.Region] {
        var seen: Set<String> = []
        return counts.compared.sites.filter { seen.insert($0.regionCode).inserted }.map {
            Page.Region(
                code: $0.regionCode, name: $0.regionName.text(in: words.language),
                url: "/compare/\(counts.definition.indicator)?region=\($0.regionCode)")
        }
    }
}

extension Dashboard {
    /// The page that compares the clinics of a place; nil where the place or the indicator is not known.
    func comparisonPage(
        _ indicator: String, _ place: Scope.Place, month: Month?, _ words: Words
    ) async throws -> ComparePage? {
        try await compareWriter(indicator, place, month, withMonths: true, words)?.page()
    }

    /// A part of it.
    func comparison(
        _ indicator: String, _ part: ComparePart, _ place: Scope.Place, month: Month?, _ words: Words
    ) async throws -> PanelDocument? {
        try await compareWriter(indicator, place, month, withMonths: part == .months, words)?.document(part)
    }

    /// All sites of a place on one indicator, as its page has them.
    func comparison(
        _ indicator: String, _ place: Scope.Place, month: Month?, _ words: Words
    ) async throws -> PanelDocument? {
        try await compareWriter(indicator, place, month, withMonths: false, words)?.short()
    }

    private func compareWriter(
        _ indicator: String, _ place: Scope.Place, _ month: Month?, withMonths: Bool, _ words: Words
    ) async throws -> CompareWriter? {
        let (counts, disclosure) = (counts, disclosure)
        let read = try await reader.read { connection in
            try CompareCounts(
                indicator, place, month: month, withMonths: withMonths, counts, disclosure, connection)
        }
        return read.map { CompareWriter($0, words) }
    }
}
