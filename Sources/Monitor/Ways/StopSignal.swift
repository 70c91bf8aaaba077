import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and a service manager's stop, heard between two files: a load under way is finished first.
final class StopSignal: Sendable {
    private let stopped = Mutex(false)
    private let bell = DispatchSemaphore(value: 0)

    /// Listens as long as the program runs.
    static func listen() -> StopSignal {
        let stop = StopSignal()
        for number in [SIGTERM, SIGINT] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                stop.ring()
                withExtendedLifetime(source) {}
            }
            source.activate()
        }
        return stop
    }

    var isRung: Bool { stopped.withLock { $0 } }

    func ring() {
        stopped.withLock { $0 = true }
        bell.signal()
    }

    /// Waits so many seconds, or until it rings.
    func wait(seconds: Double) {
        guard !isRung else { return }
        _ = bell.wait(timeout: .now() + max(0, seconds))
    }
}
