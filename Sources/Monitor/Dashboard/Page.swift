import Ingest
import Metrics
import Words

/// A page's content: a sentence, the panels, where one can go from here.
struct Page: Sendable, Encodable {
    struct Place: Sendable, Encodable {
        struct Parent: Sendable, Encodable {
            let name, url: String
        }
        let kind, code, name, url: String
        let parents: [Parent]
    }
    struct Cut: Sendable, Encodable {
        let text: String
        let version: Int
    }
    struct Notice: Sendable, Encodable {
        let code, text: String
    }
    struct Region: Sendable, Encodable {
        let code, name, url: String
    }
    struct SiteLink: Sendable, Encodable {
        let code, name, regionName, url: String
    }

    let scope: Place
    let month: String?
    let monthText: String
    let months: [String]
    let dataCut: Cut
    let notices: [Notice]
    let sentence: String
    let callFirst: CallFirstWriter.Written?
    private(set) var panels: [Panel]
    /// Where to ask what client records tell; nil where there are none.
    let recordsURL: String?
    let regions: [Region]
    let sitesIndex: [SiteLink]
}

extension DataCut {
    /// As of when the data are, in words.
    func cut(_ words: Words) -> Page.Cut {
        Page.Cut(
            text: receivedUntil.map { words("data_cut", ["time": $0]) } ?? words("data_cut.none"), version: version)
    }

    /// What everybody must know who sees these data: that they are simulated, or their calendar is invented.
    func notices(_ words: Words) -> [Page.Notice] {
        provenances.map { Page.Notice(code: $0, text: words("notice.\($0)")) }
            + (asOf.map { [Page.Notice(code: "as_of", text: words("notice.as_of", ["date": $0]))] } ?? [])
    }
}

extension Page {
    /// As a browser is sent it.
    var drawn: Page {
        var page = self
        page.panels = panels.map(\.drawn)
        return page
    }
}

/// Writes a page from its counts: figures by the estimators, words by the catalogue.
struct PageWriter {
    let counts: PageCounts
    let disclosure: Disclosure
    let words: Words
    /// How its series are watched.
    var chart = ChartMethod.shewhart

    private static let first = ["caseload", "cohort_retention_6", "dropout_rate", "positivity_clients"]
    private static let ofSite =
        first + [
            "pool_retention", "cohort_retention_3", "cohort_retention_12", "positivity_tests", "testing_coverage",
            "dose_adequacy", "mean_dose",
        ]
    /// Columns of the square of reports: two years are what a screen holds.
    private static let receivedMonths = 24

    private var numbers: NumberText { NumberText(words: words) }
    private var scope: Scope { counts.scope }

    func page(_ month: Month?) -> Page {
        guard let month = month ?? counts.usualMonth else { return emptyPage() }
        let parts = isOfRecords ? [] : scope.isSite ? sitePanels(month) : scopePanels(month)
        return Page(
            scope: place, month: "\(month)", monthText: numbers.month(month), months: counts.months.map(\.description),
            dataCut: cut, notices: notices, sentence: sentence(month),
            callFirst: scope.isSite || isOfRecords ? nil : callFirst(month), panels: parts,
            recordsURL: counts.records.map { _ in "\(scope.apiURL)/records?month=\(month)" }, regions: regions,
            sitesIndex: sitesIndex)
    }

    /// Whether only client records tell of the place, and no monthly report was ever due: its charts would be empty.
    private var isOfRecords: Bool {
        counts.records != nil && counts.series.isEmpty
            && !counts.reports.values.contains { $0.values.contains(where: \.isExpected) }
    }

    private func emptyPage() -> Page {
        Page(
            scope: place, month: nil, monthText: "", months: [], dataCut: cut, notices: notices,
            sentence: words("page.empty"), callFirst: nil, panels: [], recordsURL: nil, regions: regions,
            sitesIndex: sitesIndex)
    }

    /// The charts of every clinic, by its number, for what is said of them side by side.
    private var siteIndicators: [Int: [IndicatorSeries]] {
        Dictionary(
            uniqueKeysWithValues: counts.sites.concurrentMap {
                ($0.id, counts.siteIndicators(CallFirst.indicators, $0))
            })
    }

    private func scopePanels(_ month: Month) -> [Panel] {
        Self.first.compactMap { seriesPanel($0, month) } + PageCounts.comparedFirst.compactMap { comparePanel($0) }
    }

    /// Where each clinic of a programme or region has been going. Pages fetch it when it comes into view, as they do the
    /// reports received: of hundreds of clinics they weigh as much as all the rest.
    private func trendsPanel(_ month: Month) -> Panel {
        TrendsPanel(counts: counts, series: siteIndicators, month: month, words: words).panel()
    }

    private func sitePanels(_ month: Month) -> [Panel] {
        let flows = flowPanels(month)
        return Self.ofSite.compactMap { seriesPanel($0, month) }
            + [
                flows.exitsPanel(), flows.flowPanel(), receivedPanel(month), originPanels.flagsPanel(),
                originPanels.versionsPanel(),
            ]
    }

    /// One panel of the page by its name; nil where there is none of that name.
    func panel(_ name: PanelName, _ month: Month?) -> Panel? {
        guard let month = month ?? counts.usualMonth else { return nil }
        return switch name {
        case .received: receivedPanel(month)
        case .trends: scope.isSite ? nil : trendsPanel(month)
        case .flow: scope.isSite ? flowPanels(month).flowPanel() : nil
        case .exits: scope.isSite ? flowPanels(month).exitsPanel() : nil
        case .versions: scope.isSite ? originPanels.versionsPanel() : nil
        case .flags: scope.isSite ? originPanels.flagsPanel() : nil
        case .retention, .exitIncidence, .occupancy, .rules, .dropouts, .tests, .behaviour, .service: nil
        }
    }

    /// An indicator over time.
    func series(_ indicator: String, _ month: Month?) -> Panel? {
        (month ?? counts.usualMonth).flatMap { seriesPanel(indicator, $0) }
    }

    func sitesPanel(_ month: Month?) -> Panel? {
        (month ?? counts.usualMonth).map { SitesPanel(counts: counts, month: $0, words: words).panel() }
    }

    /// The clinics of the scope beside one another, in the month that was read.
    private func comparePanel(_ indicator: String) -> Panel? {
        guard let compared = counts.compared,
            let definition = counts.definitions.first(where: { $0.indicator == indicator })
        else { return nil }
        let comparison = SiteComparison(definition, compared, reports: counts.reports)
        return ComparePanel(comparison: comparison, scope: scope, words: words).panel()
    }

    private func seriesPanel(_ indicator: String, _ month: Month) -> Panel? {
        guard let series = counts.indicator(indicator) else { return nil }
        let besides =
            scope.place == .programme || series.definition.kind == .count
            ? nil : counts.programmeCell(series.definition, month)
        var panel = SeriesPanel(
            series: series, scope: scope, month: month, notes: counts.notes, method: chart,
            target: counts.targets[indicator], words: words
        ).panel(comparedWith: besides)
        panel.origin = origin(month)
        return panel
    }

    /// Where the newest figure comes from: for a site its file and line, else how many reports.
    private func origin(_ month: Month) -> Panel.Link? {
        if let version = counts.versions.first(where: { $0.month == month && $0.isCurrent }) {
            return Panel.Link(
                text: words(
                    "origin.site",
                    ["file": version.fileName, "line": "\(version.line)", "version": "\(version.version)"]),
                url: "/data/receipts/\(version.receipt)")
        }
        guard let reports = counts.completeness[month], !scope.isSite else { return nil }
        return Panel.Link(
            text: words("origin.scope", ["received": "\(reports.received)", "expected": "\(reports.expected)"]),
            url: "/data")
    }

    private func receivedPanel(_ month: Month) -> Panel {
        let shown = scope.isSite ? counts.sites.filter { $0.id == scope.siteID } : counts.sites
        let months = counts.months.filter { $0 <= month }.suffix(Self.receivedMonths)
        let completeness = scope.isSite ? nil : counts.completeness[month]
        return ReceivedPanel(
            sites: shown, states: counts.reports, months: Array(months),
            completeness: completeness ?? ownCompleteness(month), month: month, scope: scope, words: words
        ).panel()
    }

    /// A site's own reports, up to the month.
    private func ownCompleteness(_ month: Month) -> Completeness {
        let states = (scope.siteID.flatMap { counts.reports[$0] } ?? [:]).filter {
            $0.key <= month && $0.key > month - 12
        }
        .values.filter(\.isExpected)
        return Completeness(
            expected: states.count, received: states.count { $0.versions > 0 },
            inTime: states.count { $0.state == "received" })
    }

    private func flowPanels(_ month: Month) -> FlowPanels {
        FlowPanels(
            flows: counts.flows, months: counts.months, reports: scope.siteID.flatMap { counts.reports[$0] } ?? [:],
            caseload: counts.indicator("caseload"), month: month, scope: scope,
            disclosure: disclosure, words: words)
    }

    private var originPanels: OriginPanels {
        let hidden = counts.months.filter { counts.series["caseload"]?[$0]?.isHidden == true }
        return OriginPanels(
            versions: counts.versions, flags: counts.flags, hiddenMonths: Set(hidden), scope: scope, words: words)
    }

    private func callFirst(_ month: Month) -> CallFirstWriter.Written {
        let whole = CallFirst.indicators.compactMap { name in
            counts.definitions.first { $0.indicator == name }.map { (name, counts.programmeCell($0, month)) }
        }
        return CallFirstWriter(
            callFirst: CallFirst(month: month, sites: counts.sites, series: siteIndicators, reports: counts.reports),
            reports: counts.reports, whole: Dictionary(uniqueKeysWithValues: whole), words: words
        ).written()
    }

    /// Of a place that has client records and no monthly reports.
    private func sentence(_ records: ClientRecords) -> String {
        words.counted(
            scope.isSite ? "page.sentence.records_of_site" : "page.sentence.records", records.sites,
            ["name": scope.title(words), "day": records.lastDay ?? words("state.not_reported")])
    }

    private func sentence(_ month: Month) -> String {
        func text(_ indicator: String) -> String {
            guard let series = counts.indicator(indicator) else { return "" }
            return numbers.withInterval(series.cell(month), series.definition)
        }
        let reports = scope.isSite ? ownCompleteness(month) : counts.completeness[month]
        if reports?.expected ?? 0 == 0, let records = counts.records { return sentence(records) }
        return words(
            scope.isSite ? "page.sentence.site" : "page.sentence",
            [
                "name": scope.title(words), "month": numbers.month(month), "received": "\(reports?.received ?? 0)",
                "expected": "\(reports?.expected ?? 0)", "caseload": text("caseload"), "dropout": text("dropout_rate"),
                "positivity": text("positivity_clients"), "retention": text("cohort_retention_6"),
            ])
    }

    var place: Page.Place { scope.place(words) }

    var cut: Page.Cut { counts.cut.cut(words) }
    var notices: [Page.Notice] { counts.cut.notices(words) }

    private var regions: [Page.Region] {
        var seen: Set<String> = []
        return counts.sites.filter { seen.insert($0.regionCode).inserted }.map {
            Page.Region(
                code: $0.regionCode, name: $0.regionName.text(in: words.language), url: "/regions/\($0.regionCode)")
        }
    }

    private var sitesIndex: [Page.SiteLink] {
        counts.sites.map {
            Page.SiteLink(
                code: $0.code, name: $0.name.text(in: words.language),
                regionName: $0.regionName.text(in: words.language),
                url: $0.url)
        }
    }
}
