import Foundation
import Ingest
import Postgres

/// A run of the inbox as a job: alone, and written down from beginning to end.
struct InboxRun {
    static let job = "inbox"

    let backend: Backend
    let inbox: Inbox

    /// - Throws: `JobLedger.Busy` where another run goes on, on whichever machine.
    func run() throws -> InboxTally {
        let connection = try backend.ingest.connect()
        let run = try JobLedger.begin(Self.job, host: Self.host, connection)
        do {
            var tally = InboxTally()
            resume(&tally)
            try inbox.run(&tally, connection)
            try JobLedger.finish(run, tally.end, connection)
            return tally
        } catch {
            _ = try? JobLedger.finish(run, JobEnd(.failed, error: Inbox.reason(error)), connection)
            throw error
        }
    }

    /// A load that cannot be finished must not keep the files that came after it waiting.
    private func resume(_ tally: inout InboxTally) {
        do {
            try backend.resumeInterrupted(inbox.words)
        } catch {
            tally.fail(Inbox.reason(error), "A load that had been interrupted cannot be finished: \(error)", inbox.say)
        }
    }

    /// As the machine calls itself; asking a name server may take long.
    static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
