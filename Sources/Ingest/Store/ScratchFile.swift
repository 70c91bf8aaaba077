import Foundation

/// A file without a name: written once, read as often as need be, and gone with its owner, however that ends.
final class ScratchFile: Sendable {
    private let descriptor: Int32

    init() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "mmt-\(UUID().uuidString)").path
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        unlink(path)
    }

    deinit { close(descriptor) }

    /// Appends the bytes.
    func write(_ bytes: some ContiguousBytes) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard written > 0 else { throw Self.failure() }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// The bytes from an offset on, at most so many; none at the end.
    func bytes(from offset: Int, atMost count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let read = pread(descriptor, buffer.baseAddress, count, off_t(offset))
            guard read >= 0 else { throw Self.failure() }
            filled = read
        }
    }

    /// The first so many bytes as memory; the caller gives them back by `munmap`.
    func map(_ count: Int) throws -> UnsafeMutableRawPointer? {
        let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard address != MAP_FAILED else { throw Self.failure() }
        return address
    }

    /// All bytes in order, in pieces of at most so many.
    func forEachChunk(of size: Int, _ body: ([UInt8]) throws -> Void) throws {
        var offset = 0
        while case let piece = try bytes(from: offset, atMost: size), !piece.isEmpty {
            try body(piece)
            offset += piece.count
        }
    }

    /// The place is in `NSFilePathErrorKey`; a full disk says so.
    private static func failure(_ path: String = FileManager.default.temporaryDirectory.path) -> CocoaError {
        let code: CocoaError.Code = errno == ENOSPC ? .fileWriteOutOfSpace : .fileWriteNoPermission
        return CocoaError(code, userInfo: [NSFilePathErrorKey: path])
    }
}
