import Foundation

/// A lock on a file, let go by the kernel when its process ends in whatever way.
final class FileLock: Sendable {
    private let descriptor: Int32

    init(_ file: URL) throws {
        descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ClusterError.cannotWrite(file.path) }
    }

    deinit { close(descriptor) }

    /// Waits until nobody else holds it alone, and holds it with others.
    func share() throws { try take(LOCK_SH) }

    /// Waits until nobody else holds it, and holds it alone.
    func claim() throws { try take(LOCK_EX) }

    /// Holds it alone if nobody else holds it at all.
    func claimAlone() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    func release() { _ = flock(descriptor, LOCK_UN) }

    private func take(_ mode: Int32) throws {
        while flock(descriptor, mode) != 0 {
            guard errno == EINTR else { throw ClusterError.cannotLock(String(cString: strerror(errno))) }
        }
    }
}
