import Crypto
public import Foundation

/// A file as it arrived: its name for people, its bytes on disk, its content's hash.
public struct ReceivedFile: Sendable {
    static let chunk = 1 << 18

    /// The name it was sent under, without folders.
    public let name: String
    /// Where its bytes are.
    public let url: URL
    /// SHA-256 of the bytes, in hexadecimal.
    public let sha256: String
    public let byteCount: Int

    public init(_ url: URL, name: String? = nil) throws {
        self.url = url
        self.name = name ?? url.lastPathComponent
        var hash = SHA256()
        var count = 0
        try Self.forEachChunk(of: url) { bytes in
            hash.update(data: bytes)
            count += bytes.count
        }
        sha256 = hash.finalize().hex()
        byteCount = count
    }

    func open() throws -> FileHandle { try FileHandle(forReadingFrom: url) }

    /// The first bytes.
    func head(_ count: Int) throws -> [UInt8] {
        let handle = try open()
        defer { try? handle.close() }
        return [UInt8](try handle.read(upToCount: count) ?? Data())
    }

    func forEachChunk(_ body: ([UInt8]) throws -> Void) throws {
        try Self.forEachChunk(of: url, body)
    }

    private static func forEachChunk(of url: URL, _ body: ([UInt8]) throws -> Void) throws {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        while let data = try handle.read(upToCount: chunk), !data.isEmpty { try body([UInt8](data)) }
    }
}
