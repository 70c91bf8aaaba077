import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct AliasCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias", abstract: "Give a clinic another code under which its reports may arrive.",
        discussion: "Rows that were refused for it load by `mmt quarantine redrive`.")

    @Argument(help: "The other code, as it stands in files.")
    var alias: String

    @Argument(help: "The clinic's code.")
    var site: String

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let words = backend.catalogues[languages.language]
            let connection = try backend.ingest.connect()
            let site = try namedSite(site, words, connection)
            guard !isBlank(alias) else { throw refused(words("alias.blank")) }
            if let holder = try RegisteredSite.find(alias, connection) {
                throw refused(words("alias.taken", ["alias": alias, "site": holder.code]))
            }
            try connection.query("insert into site_alias (alias, site_id) values ($1, $2)", [alias, "\(site.id)"])
            print("\(alias) → \(site.code)")
        }
    }
}

struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source", abstract: "Set the policy for the files of a sender, or list the policies.")

    enum Takes: String, ExpressibleByArgument, CaseIterable {
        case goodRows = "good-rows"
        case wholeFile = "whole-file"
    }

    enum ChangedHeader: String, ExpressibleByArgument, CaseIterable {
        case report, refuse
    }

    @Argument(help: "The sender: as in mmt load --source, the inbox's subfolder, or a token's (default: list all).")
    var source: String?

    @Option(help: "Store the good rows of a file, or all of them or none.")
    var takes: Takes?

    @Option(help: "Where a file's columns differ from those of the last one: say so, or refuse the file.")
    var onChangedHeader: ChangedHeader?

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let words = backend.catalogues[languages.language]
            let connection = try backend.ingest.connect()
            if let source, isBlank(source) { throw refused(words("source.blank")) }
            if let source, takes != nil || onChangedHeader != nil {
                try connection.query(
                    """
                    insert into source (source, takes, on_changed_header)
                    select $1, coalesce($2, d.takes), coalesce($3, d.on_changed_header) from source d where d.source = 'default'
                    on conflict (source) do update set
                        takes = coalesce($2, source.takes), on_changed_header = coalesce($3, source.on_changed_header)
                    """, [source, takes?.rawValue.replacing("-", with: "_"), onChangedHeader?.rawValue])
                let isKnown = try connection.query("select from receipt where source = $1 limit 1", [source]).count > 0
                if !isKnown, source != Policy.defaultSource {
                    printToTerminal(words("source.no_file", ["source": source]))
                }
            }
            let rows = try connection.query(
                "select source, takes, on_changed_header from source where coalesce(source = $1, true) order by source",
                [source])
            if let source, rows.count == 0 { throw refused(words("source.none", ["source": source])) }
            for line in try rows.map({ row in
                words(
                    "source.policy",
                    [
                        "source": try row.string("source"),
                        "takes": words("source.takes.\(try row.string("takes"))"),
                        "header": words("source.header.\(try row.string("on_changed_header"))"),
                    ])
            }) { print(line) }
        }
    }
}
