/// Rows that wait to be sent: a scratch file, written through a buffer.
final class SpoolFile {
    private let file: ScratchFile
    private var buffer: [UInt8] = []
    private static let chunk = 1 << 16

    init() throws {
        file = try ScratchFile()
    }

    func write(_ bytes: [UInt8]) throws {
        buffer += bytes
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
