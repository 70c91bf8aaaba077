import CFileState
import Foundation
import Ingest

/// An open file of the inbox, watched for a sender who is still writing.
struct InboxHandle {
    private struct State: Equatable {
        let file: UInt64
        let size, seconds, nanoseconds: Int64
    }

    private let handle: FileHandle
    private let opened: State

    /// Nil where this account may not read the file, or it is gone.
    init?(_ path: BytePath) {
        let descriptor = path.withCPath { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) }
        guard descriptor >= 0 else { return nil }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let state = Self.state(descriptor) else { return nil }
        opened = state
    }

    /// Seconds for which nobody has touched it. Of a file's times this is the one that no sender can set.
    func secondsLeftAlone(at now: Date) -> Double {
        now.timeIntervalSince1970 - Double(opened.seconds) - Double(opened.nanoseconds) / 1e9
    }

    func sha256() throws -> String { try KnownFile.sha256(of: handle) }

    /// Nil where somebody wrote while it was read.
    func received(as name: String) throws -> ReceivedFile? {
        let file = try ReceivedFile(handle, name: name)
        return Self.state(handle.fileDescriptor) == opened ? file : nil
    }

    private static func state(_ descriptor: Int32) -> State? {
        var state = file_state()
        guard file_state_of_descriptor(descriptor, &state) == 0, state.is_file != 0 else { return nil }
        return State(
            file: state.file, size: state.size, seconds: state.changed_seconds, nanoseconds: state.changed_nanoseconds)
    }
}
