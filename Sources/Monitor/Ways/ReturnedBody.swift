import Foundation
import Hummingbird

/// A file on its way out: it has no name any more, and is gone with its answer.
final class ReturnedBody: Sendable {
    private static let chunk = 1 << 18

    private let descriptor: Int32
    /// In bytes.
    let length: Int

    /// Opens what the body writes; nil where it writes nothing.
    init?(_ write: (URL) throws -> Bool) throws {
        let opened: Int32? = try withPrivateFolder { folder in
            let file = folder.appending(path: "returned")
            guard try write(file) else { return nil }
            let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown, userInfo: [NSFilePathErrorKey: file.path]) }
            return descriptor
        }
        guard let opened else { return nil }
        descriptor = opened
        length = Int(lseek(opened, 0, SEEK_END))
    }

    deinit { close(descriptor) }

    var body: ResponseBody {
        ResponseBody(contentLength: length) { writer in
            var offset = 0
            while case let piece = self.bytes(from: offset), !piece.isEmpty {
                try await writer.write(ByteBuffer(bytes: piece))
                offset += piece.count
            }
            try await writer.finish(nil)
        }
    }

    private func bytes(from offset: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, Self.chunk, off_t(offset)))
        }
    }
}
