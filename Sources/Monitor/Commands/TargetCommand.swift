import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct TargetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target", abstract: "Set what the programme means to reach on an indicator, or list the targets.",
        discussion: "A target is never changed: another one is another version, and pages show the newest in force.")

    @Argument(help: "An indicator such as dropout_rate (default: list all targets).")
    var indicator: String?

    @Argument(help: "In the unit of the indicator, such as per cent; none takes the target back.")
    var value: String?

    @Option(name: .customLong("from"), help: "Day from which it is in force, as in 2026-01-01.", transform: namedDay)
    var inForceFrom: Day?

    @Option(help: "Who set it, and where it is written.")
    var source: String?

    @OptionGroup var languages: LanguageOption

    func validate() throws {
        guard let value else { return }
        guard inForceFrom != nil, let source, !isBlank(source) else {
            throw ValidationError("Say with --from and --source since when it is in force, and where it is written.")
        }
        guard value == "none" || Double(value).map({ $0 >= 0 && $0.isFinite }) == true else {
            throw ValidationError("\"\(value)\" is no target: give a number from 0, or none.")
        }
    }

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let words = backend.catalogues[languages.language]
            let connection = try backend.ingest.connect()
            if let indicator, let value {
                let added = try connection.query(
                    """
                    insert into target (indicator, version, definition_version, value, in_force_from, source)
                    select d.indicator, 1 + (select count(*) from target t where t.indicator = d.indicator), d.version,
                           $2::numeric, $3::date, $4
                    from definition d
                    where d.indicator = $1 and d.is_current and d.kind in ('rate', 'proportion')
                    """, [indicator, value == "none" ? nil : value, inForceFrom?.description, source])
                guard added.affected == 1 else { throw refused(words("target.unknown", ["indicator": indicator])) }
            }
            let rows = try connection.query(
                """
                select indicator, version, coalesce(value::text, '–') as value, in_force_from::text as day, source
                from target where coalesce(indicator = $1, true) order by indicator, version
                """, [indicator])
            if rows.count == 0 { print(words("target.none")) }
            for line in try rows.map({ row in
                try ["indicator", "version", "value", "day", "source"].map { try row.string($0) }
                    .joined(separator: "  ")
            }) { print(line.printable) }
        }
    }
}
