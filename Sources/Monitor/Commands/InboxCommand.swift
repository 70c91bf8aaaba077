import ArgumentParser
import Foundation
import Ingest
import Postgres
import Words

struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: "Load the files that lie in a folder, once (for cron, systemd) or as a service; nothing is moved.",
        discussion: """
            Files of the kinds csv, xlsx, xlsm, txt and json, at the top of the folder and in its subfolders, whose names \
            are the sources. The receipts are written beside them: NAME.receipt.txt and NAME.receipt.json; where \
            rows were refused, NAME.checked.xlsx (the sender's rows, bad cells coloured) and NAME.refused.xlsx (the refused rows alone: put right and saved, it is loaded). A file whose \
            bytes have a receipt already is left alone; one that was refused whole is tried anew after the site registry \
            has changed. Every run is kept in the history (mmt jobs).

            Exit status as of mmt load: 0 all accepted or known already, 3 some rows refused, 2 a whole file refused, 1 the \
            machinery failed; and 75: another run is under way, on this machine or another.
            """)

    @Argument(help: "The folder.")
    var folder: String

    @Flag(help: "Go on until stopped, a run every so often.")
    var watch = false

    @Option(help: "Seconds from the beginning of one run to that of the next, with --watch.")
    var every = 900.0

    @Option(help: "Seconds for which a file must have been left alone: it may still be on its way in.")
    var settle = 60.0

    @Option(help: "Pattern of the names of site registries, which go first; may be repeated.")
    var registries = InboxFolder.registries

    @OptionGroup var languages: LanguageOption

    /// sysexits.h: try again later.
    private static let busy: Int32 = 75

    func validate() throws {
        guard every >= 1, settle >= 0 else { throw ValidationError("--every is 1 second or more, --settle 0 or more.") }
    }

    func run() async throws {
        try await withBackend { backend in
            try backend.requireMigrated(backend.ingest)
            if watch { return self.goOn(backend, .listen()) }
            let tally: InboxTally
            do {
                tally = try job(backend) { false }.run()
            } catch let busy as JobLedger.Busy {
                printToTerminal("mmt inbox: \(busy)")
                throw ExitCode(Self.busy)
            }
            if let sentence = tally.sentence { Inbox.print(sentence) }
            if tally.status != .accepted { throw ExitCode(tally.status.rawValue) }
        }
    }

    /// A run that fails is told of, and the next one comes all the same: a server restarts, a share is mounted again.
    private func goOn(_ backend: Backend, _ stop: StopSignal) {
        while !stop.isRung {
            let next = Date() + every
            do {
                let tally = try job(backend) { stop.isRung }.run()
                if let sentence = tally.sentence { Inbox.print(sentence) }
            } catch {
                printToTerminal("mmt inbox: \(error)")
            }
            stop.wait(seconds: next.timeIntervalSinceNow)
        }
    }

    private func job(_ backend: Backend, isStopped: @escaping () -> Bool) throws -> InboxRun {
        let words = backend.catalogues[languages.language]
        return InboxRun(
            backend: backend,
            inbox: Inbox(
                folder: BytePath(folder), sql: backend.sql, delivery: Delivery(loader: backend.loader), words: words,
                returned: backend.returnedFiles(words), settle: settle, registries: registries, isStopped: isStopped))
    }
}
