import CArchive
import Foundation

/// A received file as libarchive reads it: where it stands, and the piece that it was lent last.
final class ArchivedBytes {
    /// After a jump few bytes are wanted, as a rule: of each entry its header alone.
    private static let blocks = (first: 1 << 12, most: 1 << 16)

    private let file: ReceivedFile
    private var position = 0
    private var piece: [UInt8] = []
    private var block = blocks.first

    init(_ file: ReceivedFile) {
        self.file = file
    }

    /// - Returns: libarchive's status. The archive must not outlive this object.
    func open(_ archive: OpaquePointer) -> Int32 {
        archive_read_set_callback_data(archive, Unmanaged.passUnretained(self).toOpaque())
        archive_read_set_read_callback(archive) { _, data, out in ArchivedBytes.from(data).read(out) }
        archive_read_set_seek_callback(archive) { _, data, offset, whence in
            ArchivedBytes.from(data).seek(Int(offset), whence)
        }
        archive_read_set_skip_callback(archive) { _, data, count in ArchivedBytes.from(data).skip(Int(count)) }
        return archive_read_open1(archive)
    }

    private func read(_ out: UnsafeMutablePointer<UnsafeRawPointer?>?) -> la_ssize_t {
        guard let read = try? file.bytes(from: position, atMost: block) else { return -1 }
        block = Self.blocks.most
        piece = read
        position += read.count
        // The array stays as it is until the next call, which is as long as libarchive looks at it.
        out?.pointee = piece.withUnsafeBytes { $0.baseAddress }
        return la_ssize_t(read.count)
    }

    private func seek(_ offset: Int, _ whence: Int32) -> la_int64_t {
        let start =
            switch whence {
            case SEEK_CUR: position
            case SEEK_END: file.byteCount
            default: 0
            }
        position = min(max(0, start + offset), file.byteCount)
        block = Self.blocks.first
        return la_int64_t(position)
    }

    private func skip(_ count: Int) -> la_int64_t {
        let skipped = min(max(0, count), file.byteCount - position)
        position += skipped
        return la_int64_t(skipped)
    }

    private static func from(_ data: UnsafeMutableRawPointer?) -> ArchivedBytes {
        guard let data else { preconditionFailure("libarchive gives back what it was given") }
        return Unmanaged<ArchivedBytes>.fromOpaque(data).takeUnretainedValue()
    }
}
