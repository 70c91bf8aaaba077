import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load reports from files; print a receipt for each.",
        discussion: """
            The kind of report is read off the file's header. Exit status: 0 every row accepted (or known already), \
            3 some rows refused, 2 a whole file refused, 1 the machinery failed. The worst file counts.
            """)

    @Argument(help: "CSV files in UTF-8, UTF-16 or GB18030, with English or Chinese headers.")
    var files: [String]

    @Flag(help: "Go through everything, print the receipt, store nothing.")
    var dryRun = false

    @Flag(help: "The reports arrived earlier through another system: their submitted_at counts for timeliness.")
    var history = false

    @Option(help: "table or json.")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let words = backend.catalogues[languages.language]
            let connection = try backend.ingest.connect()
            var status = LoadStatus.accepted
            try backend.resumeInterrupted(words)
            for file in NamedFile.all(files) {
                let receipt: Receipt
                do {
                    receipt = try backend.loader.load(
                        file.open(), .init(dryRun: dryRun, history: history), connection)
                } catch let unreadable as NamedFile.Unreadable {
                    let reason = words("load.reason.\(unreadable.rawValue)")
                    printToTerminal(words("load.unreadable", ["file": file.argument, "reason": reason]))
                    status = status.worse(.failed)
                    continue
                }
                print(try ReceiptText(receipt: receipt, words: words).text(format))
                status = status.worse(receipt.status)
            }
            if status != .accepted { throw ExitCode(status.rawValue) }
        }
    }
}

extension Receipt {
    var status: LoadStatus {
        switch outcome {
        case .loaded, .repeated: .accepted
        case .partlyLoaded: .rowsRefused
        case .refused: .fileRefused
        }
    }
}
