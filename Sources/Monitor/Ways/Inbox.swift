import Foundation
import Ingest
import Postgres
import Words

/// One run over the inbox: every file that is new, or worth another try, is loaded and told of. Nothing is moved,
/// nothing is deleted: what has been done is known by the files' content.
struct Inbox {
    let folder: BytePath
    let sql: SQLFolder
    let delivery: Delivery
    let words: Words
    /// What goes back to the senders besides their receipts.
    let returned: ReturnedFiles
    /// Seconds for which a file must have been left alone: it may still be on its way in.
    var settle = 60.0
    var registries = InboxFolder.registries
    /// Asked before each file: whether to leave the rest for another time.
    var isStopped: () -> Bool = { false }
    var say: (String) -> Void = Inbox.print

    /// At once: a journal shows each line when it happens.
    static func print(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    /// A server that fails three files running will fail the fourth.
    private static let mostFailures = 3

    func run(_ tally: inout InboxTally, _ connection: borrowing Connection) throws {
        let found = try InboxFolder(folder, registries: registries)
        for name in found.unreadable { tally.fail("a subfolder cannot be read", "\(name)/ cannot be read", say) }
        var failures = 0
        for file in found.files {
            guard !isStopped() else {
                tally.isStopped = true
                return
            }
            do {
                try take(file, &tally, connection)
                failures = 0
            } catch {
                tally.fail(Self.reason(error), "\(file.label): \(error)", say)
                // Receipts that cannot be written are no reason to let reports wait.
                failures += error is Sidecar.Unwritable ? 0 : 1
                guard connection.isUsable, failures < Self.mostFailures else { return }
            }
        }
    }

    private func take(_ file: InboxFile, _ tally: inout InboxTally, _ connection: borrowing Connection) throws {
        guard let handle = InboxHandle(file.path) else {
            return tally.fail("a file cannot be read", "\(file.label) cannot be read", say)
        }
        guard handle.secondsLeftAlone(at: Date()) >= settle else { return tally.wait() }
        let known = try delivery.loader.known(handle.sha256(), connection)
        if known?.isUnderWay == true { return tally.wait() }
        if let known, !known.isWorthAnotherTry { return try tell(of: known, file, &tally, connection) }

        guard let received = try handle.received(as: file.path.nameText) else { return tally.wait() }
        var delivery = delivery
        delivery.source = file.source
        let delivered = try delivery.load(received, connection)
        tally.count(delivered)
        say("\(file.label): \(words("outcome.\(delivered.outcome.rawValue)"))")
        let sidecar = Sidecar(path: file.path)
        try sidecar.write(delivered.receipts.filter { $0.counts.rejected > 0 }.compactMap(\.id), returned)
        try sidecar.write(text: delivered.text(words), json: delivered.json(words))
    }

    private func tell(
        of known: KnownFile, _ file: InboxFile, _ tally: inout InboxTally, _ connection: borrowing Connection
    ) throws {
        let sidecar = Sidecar(path: file.path)
        guard !sidecar.tells(of: known.receipts) else { return tally.pass() }
        let stored = try StoredReceipts(known, sql: sql, words, connection)
        tally.tell(stored.status)
        say("\(file.label): \(words("outcome.\(stored.outcome.rawValue)")) (receipt \(known.receipts.last ?? 0))")
        try sidecar.write(text: stored.text, json: stored.json)
    }

    /// For the history of runs, which more people read than this folder: nothing of the file but what went wrong.
    static func reason(_ error: any Error) -> String {
        switch error {
        case is InboxFolder.Unreadable: "the folder cannot be read"
        case let error as PostgresError: "\(error)"
        case is Sidecar.Unwritable: "receipts cannot be written beside their files"
        default: "a file could not be read or copied"
        }
    }
}
