import Crypto
public import Foundation

/// A file as it arrived: its name for people, its content's hash, and a copy of its bytes that nobody else can change,
/// so that what is hashed, archived and read is one and the same.
public struct ReceivedFile: Sendable {
    static let chunk = 1 << 18

    /// The name it was sent under, without folders.
    public let name: String
    /// SHA-256 of the bytes, in hexadecimal.
    public let sha256: String
    public let byteCount: Int
    private let copy: ScratchFile

    public init(_ url: URL) throws {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        try self.init(handle, name: url.lastPathComponent)
    }

    /// Reads the handle to its end.
    public init(_ handle: FileHandle, name: String) throws {
        try self.init(name: name) { try handle.read(upToCount: Self.chunk) }
    }

    /// - Parameter next: the next bytes; nil or none at the end.
    init(name: String, next: () throws -> Data?) throws {
        self.name = name
        copy = try ScratchFile()
        var hash = SHA256()
        var count = 0
        while let data = try next(), !data.isEmpty {
            try copy.write(data)
            hash.update(data: data)
            count += data.count
        }
        sha256 = hash.finalize().hex()
        byteCount = count
    }

    /// The bytes from an offset on; none at the end.
    func bytes(from offset: Int, atMost count: Int = chunk) throws -> [UInt8] {
        try copy.bytes(from: offset, atMost: count)
    }

    func forEachChunk(of size: Int = chunk, _ body: ([UInt8]) throws -> Void) throws {
        try copy.forEachChunk(of: size, body)
    }
}
