/// Rows that wait to be sent: a scratch file, written through a buffer.
final class SpoolFile {
    private let file: ScratchFile
    private var buffer: [UInt8] = []
    private(set) var byteCount = 0
    private static let chunk = 1 << 16

    init() throws {
        file = try ScratchFile()
    }

    var isEmpty: Bool { byteCount == 0 }

    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        buffer.append(contentsOf: bytes)
        byteCount += bytes.count
        if buffer.count >= Self.chunk { try flush() }
    }

    func forEachChunk(_ body: ([UInt8]) throws -> Void) throws {
        try flush()
        try file.forEachChunk(of: Self.chunk, body)
    }

    private func flush() throws {
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
