import ArgumentParser
import Foundation
import Ingest
import Words

struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load reports from files; print a receipt for each.",
        discussion: """
            The kind of report is read off the header. Exit status: 0 every row accepted (or known already), \
            3 some rows refused, 2 a whole file refused, 1 the machinery failed. The worst file counts.
            """)

    @Argument(
        help: """
            Workbooks (.xlsx), CSV files in UTF-8, UTF-16 or GB18030, or DHIS2 data value sets; headers in English or \
            Chinese.
            """)
    var files: [String]

    @Flag(help: "Go through everything, print the receipt, store nothing.")
    var dryRun = false

    @Flag(help: "The reports arrived earlier through another system: their submitted_at counts for timeliness.")
    var history = false

    @Option(help: "Who sent the files: the policy for them is this source's (table source).")
    var source = Policy.defaultSource

    @Option(
        name: .customLong("return"),
        help: ArgumentHelp(
            "For each file with refused rows, write into this folder the sender's own rows as a workbook, bad cells "
                + "coloured, and a file of the refused rows alone.", valueName: "folder"))
    var returnFolder: String?

    @Option(help: "table or json.")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            let words = backend.catalogues[languages.language]
            var status = LoadStatus.accepted
            try backend.resumeInterrupted(words)
            for file in NamedFile.all(files) {
                status = status.worse(try load(file, backend, words))
            }
            if status != .accepted { throw ExitCode(status.rawValue) }
        }
    }

    private func load(_ file: NamedFile, _ backend: Backend, _ words: Words) throws -> LoadStatus {
        let received: ReceivedFile
        do {
            received = try file.open()
        } catch let unreadable as NamedFile.Unreadable {
            let reason = words("load.reason.\(unreadable.rawValue)")
            printToTerminal(words("load.unreadable", ["file": file.argument, "reason": reason]))
            return .failed
        }
        let progress = ProgressLine(file: received.name, words: words)
        let receipts = try Submission(backend: backend, words: words).load(
            received, .init(dryRun: dryRun, history: history, source: source), progress.show)
        progress.clear()
        for receipt in receipts {
            print(try ReceiptText(receipt: receipt, words: words).text(format))
            try sendBack(receipt, backend, words)
        }
        return receipts.map(\.status).reduce(.accepted) { $0.worse($1) }
    }

    private func sendBack(_ receipt: Receipt, _ backend: Backend, _ words: Words) throws {
        guard let returnFolder, let number = receipt.id, receipt.counts.rejected > 0 else { return }
        for file in try backend.returnedFiles(words).write(number, into: URL(filePath: returnFolder)) {
            printToTerminal(file)
        }
    }
}
