import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Compare two submissions of monthly reports, field by field.",
        discussion: "Ends with 0 where they say the same, 3 where they differ, 2 where one of them brought none.")

    @Argument(help: "The earlier receipt.")
    var first: Int

    @Argument(help: "The later receipt.")
    var second: Int

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let words = backend.catalogues[languages.language]
            let connection = try backend.ingest.connect()
            for receipt in [first, second] {
                let brought = try connection.query(
                    "select from monthly_report where receipt_id = $1 limit 1", ["\(receipt)"])
                guard brought.count == 1 else {
                    throw refused(words("diff.nothing", ["receipt": "\(receipt)"]))
                }
            }
            let rows = try connection.query(
                backend.sql.text("counts/submission_changes.sql"), ["\(first)", "\(second)"])
            print(words.counted("diff.title", rows.count, ["first": "\(first)", "second": "\(second)"]))
            for line in try rows.map({ try sentence($0, words) }) { print("  " + line) }
            if rows.count > 0 { throw ExitCode(LoadStatus.rowsRefused.rawValue) }
        }
    }

    private func sentence(_ row: borrowing Row, _ words: Words) throws -> String {
        let place = words.place([try row.string("site"), try row.string("month")])
        if let only = try row.text("only_in") {
            return words.said(place, words("diff.only", ["receipt": only == "first" ? "\(first)" : "\(second)"]))
        }
        let blank = words("state.not_reported")
        let field = words.column(try row.text("field"), of: "monthly") ?? ""
        return words.said(
            words.place([place, field]), "\(try row.text("was") ?? blank) → \(try row.text("is_now") ?? blank)")
    }
}
