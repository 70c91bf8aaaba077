import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a month's reports as a DHIS2 data value set.",
        discussion: """
            Data elements and organisation units bear the names of our columns and the codes of our clinics; a cell \
            that was not reported is left out. `mmt load` reads the same form.
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case json, csv
    }

    @Argument(help: "The month, as in 2026-10.", transform: namedMonth)
    var month: Month

    @Option(help: "Only this clinic.")
    var site: String?

    @Option(help: "json or csv.")
    var format: Form = .json

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let words = backend.catalogues[languages.language]
            let connection = try backend.ingest.connect()
            let site = try site.map { try namedSite($0, words, connection).code }
            let values = try connection.query(
                backend.sql.text("counts/data_values.sql"), [month.firstDay, site]
            ).map(ExportedValue.init)
            guard !values.isEmpty else {
                throw refused(words("export.nothing", ["month": "\(month)"]))
            }
            switch format {
            case .json: print(try ExportedValue.json(values))
            case .csv: print(ExportedValue.csv(values), terminator: "")
            }
        }
    }
}

/// A data value as DHIS2 names its parts.
struct ExportedValue: Encodable {
    let dataElement, period, orgUnit, value, lastUpdated: String

    init(_ row: borrowing Row) throws {
        dataElement = try row.string("data_element")
        period = try row.string("period")
        orgUnit = try row.string("org_unit")
        value = try row.string("value")
        lastUpdated = try row.string("last_updated")
    }

    static func json(_ values: [ExportedValue]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(["dataValues": values]), as: UTF8.self)
    }

    /// Codes, periods and numbers: nothing in them needs a quote.
    static func csv(_ values: [ExportedValue]) -> String {
        (["dataelement,period,orgunit,value,lastupdated"]
            + values.map { [$0.dataElement, $0.period, $0.orgUnit, $0.value, $0.lastUpdated].joined(separator: ",") })
            .joined(separator: "\n") + "\n"
    }
}
