import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Trace a number back: what it means, the SQL that counts for it, the counts, the files and lines.",
        discussion: """
            The address is one of a page with the figure's name behind #, or one of the API:
              mmt explain "http://127.0.0.1:8080/sites/QS-001?month=2026-08#dropout_rate"
              mmt explain "/api/v1/programme/retention?rule=missed_14"
            """)

    @Argument(help: "An address of the dashboard.")
    var url: String

    @Option(help: "table or json.")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    func validate() throws {
        if format == .csv { throw ValidationError("--format is table or json.") }
    }

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.web)
            let words = backend.catalogues[languages.language]
            guard let address = FigureAddress(url) else { throw refused(words("explain.no_figure", ["url": url])) }
            let database = Database(backend.web, threads: 1)
            defer { database.close() }
            let dashboard = Dashboard(database: database, sql: backend.sql)
            guard let explained = try await reading(words, { try await explanation(address, dashboard, words) }) else {
                throw refused(words("explain.nothing", ["url": url]))
            }
            switch format {
            case .json: print(String(decoding: try Document.json(explained, tag: nil).bytes, as: UTF8.self))
            default: print(ExplanationText(explanation: explained, words: words).text)
            }
        }
    }

    private func explanation(
        _ address: FigureAddress, _ dashboard: Dashboard, _ words: Words
    ) async throws -> Explanation? {
        switch address.name {
        case .series(let indicator, let place), .comparison(let indicator, let place):
            try await dashboard.explanation(indicator: indicator, place, month: address.month, words)
        case .panel(let name, let place):
            try await dashboard.explanation(
                panel: name, place, month: address.month, rule: address.rule, words)
        default: nil
        }
    }
}

/// Which figure an address of the dashboard points at.
struct FigureAddress {
    let name: APIResource.Name
    let month: Month?
    let rule: String?

    init?(_ text: String) {
        guard let parts = URLComponents(string: text) else { return nil }
        let query = Dictionary(
            (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        var path = parts.path.split(separator: "/").map(String.init)
        if path.starts(with: ["api", "v1"]) { path = Array(path.dropFirst(2)) }
        if path.isEmpty { path = ["programme"] }
        if let figure = parts.fragment.map(Self.panelName), !figure.isEmpty {
            path += PanelName(rawValue: figure) == nil ? ["series", figure] : [figure]
        }
        guard let resource = APIResource(path: path.joined(separator: "/")) else { return nil }
        if case .page = resource.name { return nil }
        (name, month, rule) = (resource.name, query["month"].flatMap { Month($0) }, query["rule"])
    }

    /// Figures are named on pages as the API names them, but for one.
    private static func panelName(_ fragment: String) -> String {
        fragment == "exits_by_reason" ? PanelName.exits.rawValue : fragment
    }
}
