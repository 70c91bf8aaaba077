import Ingest

/// What a run came to.
struct InboxTally {
    /// Files loaded, and those of them that were refused whole or in rows.
    private(set) var files = 0
    private(set) var refused = 0
    private(set) var known = 0
    private(set) var told = 0
    private(set) var waiting = 0
    private(set) var failed = 0
    private(set) var status = LoadStatus.accepted
    var isStopped = false
    /// The first failure, for the history.
    private(set) var error: String?

    mutating func count(_ delivered: Delivered) {
        files += 1
        if delivered.status != .accepted { refused += 1 }
        status = status.worse(delivered.status)
    }

    /// Known already and told of in the past.
    mutating func pass() { known += 1 }

    /// Known already, and nobody had been told.
    mutating func tell(_ status: LoadStatus) {
        told += 1
        self.status = self.status.worse(status)
    }

    /// Not this time: not left alone for long enough yet, or being loaded by somebody else.
    mutating func wait() { waiting += 1 }

    mutating func fail(_ reason: String, _ line: String, _ say: (String) -> Void) {
        say(line)
        failed += 1
        status = .failed
        error = error ?? reason
    }

    var end: JobEnd {
        JobEnd(
            failed > 0 ? .failed : isStopped ? .interrupted : .completed, files: files, filesRefused: refused,
            error: error)
    }

    /// A sentence for the operator; nil where there is nothing to tell, so that cron sends no mail.
    var sentence: String? {
        guard files + told + failed > 0 || isStopped else { return nil }
        return "Run \(end.outcome.rawValue): \(files) loaded, \(refused) of them with refusals; \(known + told) known "
            + "already; \(waiting) waiting; \(failed) failed."
    }
}
