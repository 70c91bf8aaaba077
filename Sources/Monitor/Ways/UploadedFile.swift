import Foundation
import Hummingbird
import Ingest

/// A body as it comes in, in a file without a name: never whole in memory, and gone with its request.
final class UploadedFile: Sendable {
    private let descriptor: Int32

    /// Reads the body to its end.
    init(_ body: RequestBody, _ head: UploadHead, largest: Int) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "mmt-upload-\(UUID().uuidString)").path
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path]) }
        unlink(path)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        var count = 0
        do {
            for try await part in body {
                count += part.readableBytes
                guard count <= largest else { throw UploadHead.tooLarge(largest) }
                try handle.write(contentsOf: Data(part.readableBytesView))
            }
        } catch let error where !(error is Problem || error is CocoaError) {
            throw Problem.uploadIncomplete
        }
        guard head.length ?? count == count else { throw Problem.uploadIncomplete }
    }

    deinit { close(descriptor) }

    func received(as name: String) throws -> ReceivedFile {
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        try handle.seek(toOffset: 0)
        return try ReceivedFile(handle, name: name)
    }
}
