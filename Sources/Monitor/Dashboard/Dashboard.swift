import Ingest
import Metrics
import Postgres
import Words

/// The spine of what is shown. The same functions serve `mmt show`, JSON, CSV and the page.
///
///     PostgreSQL → sql/counts/*.sql → counts → disclosure → Metrics → Estimate → Panel → JSON, CSV, text
struct Dashboard: Sendable {
    let reader: Reader
    let counts: Counts
    let disclosure: Disclosure
    /// How series are watched.
    private(set) var chart = ChartMethod.shewhart

    /// - Parameter asOf: a day, at whose end what was known then is shown; nil: today's knowledge.
    init(
        database: Database, sql: SQLFolder, account: String? = nil, asOf: Day? = nil,
        disclosure: Disclosure = Disclosure()
    ) {
        reader = Reader(
            database: database, account: account, past: asOf.map { Reader.Past(day: $0, sql: sql) })
        counts = Counts(sql: sql, account: account)
        self.disclosure = disclosure
    }

    /// The same with another kind of chart.
    func charting(_ chart: ChartMethod) -> Dashboard {
        var dashboard = self
        dashboard.chart = chart
        return dashboard
    }

    /// The page of a place; nil where it is not known, or not the reader's.
    func page(_ place: Scope.Place, month: Month?, _ words: Words) async throws -> Page? {
        try await pageCounts(place, month).map {
            PageWriter(counts: $0, disclosure: disclosure, words: words, chart: chart).page(month)
        }
    }

    /// An indicator of a place over time.
    func series(_ indicator: String, _ place: Scope.Place, month: Month?, _ words: Words) async throws -> PanelDocument?
    {
        guard try await isKnown(indicator) else { return nil }
        return try await document(place, month, words) { $0.series(indicator, month) }
    }

    /// Another panel of a place's page.
    /// - Parameter rule: of a panel made from client records, what ends a stay; nil: as the definition says.
    func panel(
        _ name: PanelName, _ place: Scope.Place, month: Month?, rule: String? = nil, _ words: Words
    ) async throws -> PanelDocument? {
        if name.isOfFollowUp { return try await record(name, place, month: month, rule: rule, words) }
        return try await document(place, month, words) { $0.panel(name, month) }
    }

    /// Every site with its figures.
    func sites(month: Month?, _ words: Words) async throws -> PanelDocument? {
        try await document(.programme, month, words) { $0.sitesPanel(month) }
    }

    private func document(
        _ place: Scope.Place, _ month: Month?, _ words: Words, _ panel: (PageWriter) -> Panel?
    ) async throws -> PanelDocument? {
        guard let counts = try await pageCounts(place, month) else { return nil }
        let writer = PageWriter(counts: counts, disclosure: disclosure, words: words, chart: chart)
        return panel(writer).map {
            PanelDocument(
                scope: writer.place, notices: writer.notices, dataCut: writer.cut, panel: $0,
                month: month ?? counts.usualMonth)
        }
    }

    /// Whether there is such a place within the reader's scope.
    func knows(_ place: Scope.Place) async throws -> Bool {
        let counts = counts
        return try await reader.read { try counts.scope(place, $0) != nil }
    }

    /// Why there is nothing of a panel to show.
    func lacks(_ panel: PanelName?, _ place: Scope.Place) async throws -> Lack {
        guard try await knows(place) else { return .place }
        return panel?.isOfFollowUp == true ? .records : .panel
    }

    private func isKnown(_ indicator: String) async throws -> Bool {
        let counts = counts
        return try await reader.read { try counts.definitions($0).contains { $0.indicator == indicator } }
    }

    /// The receipts, of one site's files or of all.
    func receipts(site code: String?, _ words: Words) async throws -> ReceiptPages.List? {
        let counts = counts
        return try await reader.read { connection in
            let place = code.map { Scope.Place.site(code: $0) } ?? .programme
            guard let scope = try counts.scope(place, connection) else { return nil }
            return try ReceiptPages(sql: counts.sql, words: words)
                .list(scope, cut: counts.dataCut(scope, connection), connection)
        }
    }

    func receipt(_ number: Int, _ words: Words) async throws -> ReceiptPages.Single? {
        let counts = counts
        return try await reader.read { connection in
            try ReceiptPages(sql: counts.sql, words: words)
                .single(number, cut: counts.dataCut(.programme, connection), connection)
        }
    }

    /// How far the data of a place can be trusted.
    func quality(_ place: Scope.Place, month: Month?, _ words: Words) async throws -> QualityPage? {
        let (counts, disclosure) = (counts, disclosure)
        let read = try await reader.read { try QualityCounts(place, month: month, counts, disclosure, $0) }
        return read.map { QualityWriter(counts: $0, disclosure: disclosure, words: words).page() }
    }

    func definitions(_ words: Words) async throws -> DefinitionCards {
        let counts = counts
        return try await reader.read {
            DefinitionCards(try counts.definitions($0), try counts.definitionVersions($0), words)
        }
    }

    /// How far the data reach: what caches and ETags carry.
    func dataCut() async throws -> DataCut {
        let counts = counts
        return try await reader.read { try counts.dataCut(.programme, $0) }
    }

    /// Reads into what is kept. What was known in the past is laid out anew by each transaction, and not worth it.
    private func keep(
        _ read: @escaping @Sendable (RegionCounts, borrowing Connection) throws -> Void
    ) async throws {
        guard reader.past == nil else { return }
        let counts = counts
        try await reader.read { connection in
            try read(RegionCounts(counts.dataCut(.programme, connection), counts, connection), connection)
        }
    }

    private func pageCounts(_ place: Scope.Place, _ month: Month?) async throws -> PageCounts? {
        let (counts, disclosure) = (counts, disclosure)
        // What takes longest is read side by side and kept; the page's own transaction reads again what has changed since.
        async let series: Void = keep { _ = try $0.series(.programme, $1) }
        async let reports: Void = keep { _ = try $0.reports(.programme, $1) }
        async let sites: Void = keep { if place == .programme { _ = try $0.siteSeries(.programme, $1) } }
        _ = try await (series, reports, sites)
        return try await reader.read { connection in
            guard var read = try PageCounts(place, counts, disclosure, connection) else { return nil }
            if let month, !read.months.contains(month) { throw MonthWithoutData(month: month) }
            guard let shown = month ?? read.usualMonth else { return read }
            read.targets = try counts.targets(shown, connection)
            if !read.scope.isSite {
                read.compared = try ComparedMonth(PageCounts.comparedFirst, shown, counts, disclosure, connection)
            }
            return read
        }
    }
}

/// Nothing was reported on this month, or on any month around it.
struct MonthWithoutData: Error {
    let month: Month
}

/// No stay is worked out under a rule of this name.
struct UnknownRule: Error {
    let rule: String
}

/// What is not there.
enum Lack: String, Sendable {
    /// No such place, or not within the reader's scope.
    case place
    /// No such panel of such a place.
    case panel
    /// No client records of the place that the panel could be made from.
    case records
}

/// Panels of a place beside its indicators.
enum PanelName: String, Sendable, CaseIterable {
    case received, trends, flow, exits, versions, flags
    case retention
    case exitIncidence = "exit_incidence"
    case occupancy, rules, dropouts, tests, behaviour, service

    /// Those made from client records, in the order of the page.
    static let ofFollowUp: [PanelName] = [
        .retention, .exitIncidence, .occupancy, .dropouts, .rules, .tests, .behaviour, .service,
    ]

    var isOfFollowUp: Bool { Self.ofFollowUp.contains(self) }

    /// Whether the panel is another one under another rule of what a dropout is.
    var takesRule: Bool { isOfFollowUp }
}
