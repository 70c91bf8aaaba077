import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: "Refused rows that nothing has settled yet: list, load again, close.",
        subcommands: [ListOpenRows.self, Redrive.self, CloseRows.self], defaultSubcommand: ListOpenRows.self)

    struct ListOpenRows: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Print the open rows with what is wrong and what to do.")

        @Option(help: "Only those of this receipt.")
        var receipt: Int?

        @Option(help: "Only those of this clinic.")
        var site: String?

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let words = backend.catalogues[languages.language]
                let connection = try backend.ingest.connect()
                if let receipt { try requireReceipt(receipt, words, connection) }
                let site = try site.map { try namedSite($0, words, connection).code }
                let rows = try connection.query(
                    backend.sql.text("counts/open_rows.sql"), [receipt.map(String.init), site])
                if rows.count == 0 { return print(words("quarantine.none")) }
                var last = 0
                for row in try rows.map(OpenRow.init) {
                    if row.receipt != last { print(words("quarantine.receipt", row.values(words))) }
                    last = row.receipt
                    for line in row.lines(words) { print("  " + line) }
                }
            }
        }
    }

    struct Redrive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load refused rows once more, after a fix of the registry, of an alias or of a rule.",
            discussion: "The file is read again as it arrived; rows that were accepted stay as they are.")

        @Argument(help: "Receipts (default: every one with open rows).")
        var receipts: [Int] = []

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let words = backend.catalogues[languages.language]
                let connection = try backend.ingest.connect()
                for number in receipts { try requireReceipt(number, words, connection) }
                let open = try receipts.isEmpty ? open(connection) : receipts
                if open.isEmpty { print(words("quarantine.none")) }
                var status = LoadStatus.accepted
                for number in open {
                    guard let loaded = try backend.loader.redrive(number, connection) else {
                        throw refused(words("problem.unknown_receipt"))
                    }
                    for receipt in loaded {
                        print(try ReceiptText(receipt: receipt, words: words).text(.table))
                        status = status.worse(receipt.status)
                    }
                }
                if status != .accepted { throw ExitCode(status.rawValue) }
            }
        }

        /// The newest receipt of each file that has open rows.
        private func open(_ connection: borrowing Connection) throws -> [Int] {
            try connection.query(
                """
                select max(receipt_id) as receipt_id from rejected_row q join receipt c using (receipt_id)
                where q.superseded_by is null and q.closed_at is null
                group by c.file_id order by 1
                """
            ).map { try $0.integer("receipt_id") }
        }
    }

    struct CloseRows: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close", abstract: "Close open rows by hand, with a reason; they stay readable.")

        @Argument(help: "The receipt.")
        var receipt: Int

        @Argument(help: "Lines (default: all open ones).")
        var lines: [Int] = []

        @Option(help: "Why they need no answer.")
        var reason: String

        @Option(help: "Who closes them.")
        var by = NSUserName()

        @OptionGroup var languages: LanguageOption

        func run() async throws {
            try await withBackend { backend in
                try backend.requireMigrated(backend.ingest)
                let words = backend.catalogues[languages.language]
                let connection = try backend.ingest.connect()
                try requireReceipt(receipt, words, connection)
                guard !isBlank(reason), !isBlank(by) else { throw refused(words("command.text_blank")) }
                let closed = try connection.query(
                    """
                    update rejected_row set closed_at = clock_timestamp(), closed_by = $2, closed_because = $3
                    where receipt_id = $1 and superseded_by is null and closed_at is null
                      and ($4 = '{}' or line = any ($4::int[]))
                    returning line
                    """, ["\(receipt)", by, reason, "{\(lines.map(String.init).joined(separator: ","))}"]
                ).map { try $0.integer("line") }
                guard !closed.isEmpty else { throw refused(words.counted("quarantine.closed", 0)) }
                print(words.counted("quarantine.closed", closed.count))
                let left = Set(lines).subtracting(closed).sorted()
                guard !left.isEmpty else { return }
                printToTerminal(words("quarantine.not_open", ["lines": words.list(left.map(String.init))]))
                throw ExitCode(LoadStatus.rowsRefused.rawValue)
            }
        }
    }
}

/// A fault of an open row, to be told in a language.
private struct OpenRow {
    let receipt: Int
    private let file, code: String
    private let kind, sheet, site, column, value, expected: String?
    private let line: Int

    init(_ row: borrowing Row) throws {
        receipt = try row.integer("receipt_id")
        line = try row.integer("line")
        (file, code) = (try row.string("file_name"), try row.string("code"))
        (kind, sheet, site) = (try row.text("kind"), try row.text("sheet"), try row.text("site"))
        (column, value, expected) = (
            try row.text("column_name"), try row.text("value"), try row.text("expected")
        )
    }

    func values(_ words: Words) -> [String: String] {
        [
            "number": "\(receipt)", "file": file, "line": "\(line)", "value": value ?? "", "expected": expected ?? "",
            "column": words.column(column, of: kind) ?? "",
        ]
    }

    func lines(_ words: Words) -> [String] {
        let values = values(words)
        let place = words.place([sheet, words("receipt.line", values), site, words.column(column, of: kind)])
        return [
            "\(words.said(place, words("defect.\(code)", values))) [\(code)]",
            "  → \(words("defect.\(code).remedy", values))",
        ]
    }
}
