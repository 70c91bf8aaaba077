import Ingest
import Metrics
import Postgres
import Words

/// How far the data can be trusted: of every clinic in parts, and of one clinic with what stands behind them.
struct QualityPage: Sendable, Encodable {
    let scope: Page.Place
    let month: String?
    let notices: [Page.Notice]
    let dataCut: Page.Cut
    let title, sentence: String
    let panels: [Panel]
}

/// Everything that a quality page is made from, read in one transaction.
struct QualityCounts: Sendable {
    /// Months over which the parts are counted.
    static let months = 12

    let page: PageCounts
    let last: Month
    let parts: [QualityParts]
    let flags: [FlagState]
    let reconciliation: [Reconciled]
    let changes: [ReportChange]

    /// Nil where the place is not known, or nothing was reported yet.
    init?(
        _ place: Scope.Place, month: Month?, _ counts: Counts, _ disclosure: Disclosure,
        _ connection: borrowing Connection
    ) throws {
        guard let page = try PageCounts(place, counts, disclosure, connection), let last = month ?? page.usualMonth
        else { return nil }
        self.page = page
        self.last = last
        parts = try counts.quality(page.scope, from: last - (Self.months - 1), through: last, connection)
        flags = try counts.flagStates(page.scope, connection)
        reconciliation = try page.scope.siteID.map { try counts.reconciliation($0, connection) } ?? []
        changes = try page.scope.siteID.map { try counts.changes($0, connection) } ?? []
    }

    /// Months whose clients are so few that their numbers are hidden.
    var hiddenMonths: Set<Month> {
        Set(page.months.filter { page.series["caseload"]?[$0].map { $0.isHidden || $0.numerator == nil } ?? true })
    }
}

/// Writes a quality page from its counts.
struct QualityWriter {
    let counts: QualityCounts
    let disclosure: Disclosure
    let words: Words

    func page() -> QualityPage {
        let writer = PageWriter(counts: counts.page, disclosure: disclosure, words: words)
        let numbers = NumberText(words: words)
        let whole = words(
            "quality.sentence",
            [
                "month": numbers.month(counts.last), "clinics": "\(counts.parts.count)",
                "expected": "\(sum(\.expected))", "received": "\(sum(\.received))", "inTime": "\(sum(\.inTime))",
                "open": "\(sum(\.openFlags))", "rows": "\(sum(\.openRows))",
            ])
        return QualityPage(
            scope: writer.place, month: "\(counts.last)", notices: writer.notices, dataCut: writer.cut,
            title: words("quality.title", ["name": counts.page.scope.title(words)]), sentence: whole,
            panels: counts.page.scope.isSite ? sitePanels : [partsPanel, flagsPanel])
    }

    private var sitePanels: [Panel] {
        [
            partsPanel, flagsPanel,
            ReconciliationPanel(rows: counts.reconciliation, hidden: counts.hiddenMonths, words: words).panel(),
            OutlierPanel(counts: counts.page, last: counts.last, words: words).panel(),
            ChangesPanel(changes: counts.changes, hidden: counts.hiddenMonths, words: words).panel(),
        ].compactMap(\.self)
    }

    private func sum(_ part: (QualityParts) -> Int) -> Int { counts.parts.reduce(0) { $0 + part($1) } }

    /// A row a clinic: each part with its counts, never only a score.
    private var partsPanel: Panel {
        let shares = ["completeness", "timeliness", "consistency"]
        return Panel(
            id: "parts", kind: .table, title: words("quality.parts.title"), subtitle: words("quality.parts.subtitle"),
            sentence: words("quality.parts.sentence"), caveat: words("quality.parts.caveat"),
            columns: [
                Panel.Column(key: "site", label: words("table.code")), .init(key: "name", label: words("table.site")),
            ]
                + shares.map { Panel.Column(key: $0, label: words("quality.\($0)")) }
                + ["openFlags", "corrected", "openRows", "score"].map { .init(key: $0, label: words("quality.\($0)")) },
            rows: counts.parts.sorted { ($0.weakest, $0.site.code) < ($1.weakest, $1.site.code) }.map(row))
    }

    private func row(_ parts: QualityParts) -> PanelRow {
        var row: PanelRow = [
            "site": .text(parts.site.code), "name": .text(parts.site.name.text(in: words.language)),
            "url": .text("/quality/sites/\(parts.site.code)"), "openFlags": .whole(parts.openFlags),
            "corrected": .whole(parts.corrected), "openRows": .whole(parts.openRows),
        ]
        for share in parts.shares {
            let text = share.whole == 0 ? "–" : "\(share.part * 100 / share.whole) % (\(share.part)/\(share.whole))"
            row[share.name] = .text(text)
        }
        row["score"] = parts.hasShares ? .text("\(Int(parts.weakest * 100)) %") : .text("–")
        return row
    }

    private var flagsPanel: Panel {
        let sites = Dictionary(uniqueKeysWithValues: counts.page.sites.map { ($0.id, $0) })
        let shown = counts.flags.filter { $0.state != "resolved" }
        let numbers = NumberText(words: words)
        let isSite = counts.page.scope.isSite
        return Panel(
            id: "questions", kind: .table, title: words.counted("quality.flags.title", shown.count),
            subtitle: words("quality.flags.subtitle"), sentence: words("quality.flags.sentence"),
            columns: (isSite ? [] : [Panel.Column(key: "site", label: words("table.code"))])
                + [
                    .init(key: "monthText", label: words("table.month")),
                    .init(key: "text", label: words("table.flag")),
                    .init(key: "stateText", label: words("quality.state")),
                    .init(key: "owner", label: words("quality.owner")),
                    .init(key: "since", label: words("quality.since")),
                ],
            rows: shown.prefix(500).map { flag in
                [
                    "site": Datum(sites[flag.site]?.code), "month": .text("\(flag.month)"),
                    "url": sites[flag.site].map { .text("/quality/sites/\($0.code)") } ?? .missing,
                    "monthText": .text(numbers.shortMonth(flag.month)), "code": .text(flag.code),
                    "text": .text(sentence(flag, numbers)), "stateText": .text(words("quality.state.\(flag.state)")),
                    "owner": Datum(flag.owner), "since": Datum(flag.since),
                ]
            })
    }

    /// Whether so few clients are behind a clinic's month that its numbers are hidden, or nobody knows how few.
    private func isHidden(_ month: Month, of site: Int) -> Bool {
        if counts.page.scope.isSite { return counts.hiddenMonths.contains(month) }
        return counts.page.siteCount(site, "caseload", month)?.isHidden ?? true
    }

    /// A programme's own rule brings its own words; numbers of months with few clients are hidden.
    private func sentence(_ flag: FlagState, _ numbers: NumberText) -> String {
        let isHidden = isHidden(flag.month, of: flag.site) || isHidden(flag.month - 1, of: flag.site)
        let hidden = words("quality.number")
        let asked = ReportFlag(
            month: flag.month, code: flag.code, seen: nil, expected: nil, field: flag.field, english: flag.english,
            chinese: flag.chinese)
        return asked.sentence(
            words,
            [
                "seen": isHidden ? hidden : flag.seen.map(numbers.amount) ?? "",
                "expected": isHidden ? hidden : flag.expected.map(numbers.amount) ?? "",
            ])
    }
}
