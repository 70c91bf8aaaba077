import Foundation
import Ingest

/// A path as the bytes that it is: archives made in Chinese Windows unpack with GBK names, which no text holds.
struct BytePath: Sendable, Hashable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
    init(_ text: String) { bytes = Array(text.utf8) }

    var name: [UInt8] { Array(bytes.split(separator: UInt8(ascii: "/")).last ?? []) }
    /// The last part of the path, as its reader wrote it.
    var nameText: String { Self.text(name) }

    func appending(_ name: [UInt8]) -> BytePath { BytePath(bytes + [UInt8(ascii: "/")] + name) }
    /// The same folder, another name.
    func sibling(_ name: [UInt8]) -> BytePath { BytePath(bytes.dropLast(self.name.count) + name) }

    func withCPath<T>(_ body: (UnsafePointer<CChar>) -> T) -> T {
        (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array with a byte has a start") }
            return body(start)
        }
    }

    static func text(_ name: [UInt8]) -> String {
        String(validating: name, as: UTF8.self) ?? TextEncoding.gb18030.text(of: name[...])
            ?? String(decoding: name, as: UTF8.self)
    }
}
