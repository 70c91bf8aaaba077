import ArgumentParser
import Foundation
import Ingest
import Metrics
import Postgres
import Words

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a panel as the pages show it: an indicator, received, compare:INDICATOR, funnel:INDICATOR, …"
    )

    @Argument(
        help:
            "An indicator such as dropout_rate (or series:exits); received; sites; trends; compare:dropout_rate, funnel:dropout_rate or months:dropout_rate for the clinics beside one another; of client records: retention, exit_incidence, occupancy, dropouts, rules, tests, behaviour, service; of a site: flow, exits, versions, flags."
    )
    var panel: String

    @Option(help: "Code of a site.")
    var site: String?

    @Option(help: "Code of a region.")
    var region: String?

    @Option(
        help: "The month, as in 2026-08 (default: the newest that most clinics have reported).", transform: namedMonth)
    var month: Month?

    @Option(
        help: "What was known at the end of this day, as in 2026-08-15: for an indicator, compare: and sites.",
        transform: namedDay)
    var asOf: Day?

    @Option(
        help:
            "What ends a stay: reported (the clinics' own episodes), missed_7, missed_14 or missed_30 (so many days in a row without a dose)."
    )
    var rule: String?

    @Option(help: "How an indicator is watched: shewhart, ewma (weighted averages) or cusum (cumulative sums).")
    var chart = ChartMethod.shewhart

    @Option(help: "table, json or csv.")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    func validate() throws {
        if rule != nil, PanelName(rawValue: panel)?.takesRule != true {
            throw ValidationError("--rule is for panels of client records: retention, dropouts, …")
        }
        if site != nil, region != nil { throw ValidationError("Give a site or a region, not both.") }
        if asOf != nil, PanelName(rawValue: panel) != nil {
            throw ValidationError(
                "\(panel) is shown as known today only; --as-of is for indicators, compare: and sites.")
        }
    }

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.web)
            let words = backend.catalogues[languages.language]
            let database = Database(backend.web, threads: 1)
            defer { database.close() }
            let dashboard = Dashboard(database: database, sql: backend.sql, asOf: asOf).charting(chart)
            guard let document = try await reading(words, { try await self.document(dashboard, words) }) else {
                throw refused(try await nothing(dashboard, words))
            }
            switch format {
            case .table: print(PanelText(document: document).text)
            case .csv: print(document.fileText, terminator: "")
            case .json: print(String(decoding: try Document.json(document, tag: nil).bytes, as: UTF8.self))
            }
        }
    }

    private var place: Scope.Place {
        site.map { .site(code: $0) } ?? region.map { .region(code: $0) } ?? .programme
    }

    private func nothing(_ dashboard: Dashboard, _ words: Words) async throws -> String {
        let lack = try await dashboard.lacks(PanelName(rawValue: panel), place)
        return words("show.no_\(lack.rawValue)", ["panel": panel, "code": site ?? region ?? ""])
    }

    private func document(_ dashboard: Dashboard, _ words: Words) async throws -> PanelDocument? {
        if panel == "sites" { return try await dashboard.sites(month: month, words) }
        for (prefix, part) in [("compare:", ComparePart.sites), ("funnel:", .funnel), ("months:", .months)]
        where panel.hasPrefix(prefix) {
            return try await dashboard.comparison(
                String(panel.dropFirst(prefix.count)), part, place, month: month, words)
        }
        if let name = PanelName(rawValue: panel) {
            return try await dashboard.panel(name, place, month: month, rule: rule, words)
        }
        let indicator = panel.hasPrefix("series:") ? String(panel.dropFirst(7)) : panel
        return try await dashboard.series(indicator, place, month: month, words)
    }
}
