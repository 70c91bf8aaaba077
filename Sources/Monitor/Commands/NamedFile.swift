import Foundation
import Ingest

/// A file that a command line names. A name need not be UTF-8: archives made in Chinese Windows unpack with GBK names.
struct NamedFile {
    let argument: String

    func open() throws -> ReceivedFile {
        guard let bytes = rawArgument else { return try ReceivedFile(URL(filePath: argument)) }
        let descriptor = bytes.withUnsafeBufferPointer { path in
            path.baseAddress.map { Foundation.open($0, O_RDONLY | O_CLOEXEC) } ?? -1
        }
        guard descriptor >= 0 else {
            throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: argument])
        }
        let name = bytes.dropLast().map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: "/")).last ?? []
        return try ReceivedFile(
            FileHandle(fileDescriptor: descriptor, closeOnDealloc: true),
            name: TextEncoding.gb18030.text(of: name) ?? String(decoding: name, as: UTF8.self))
    }

    /// The argument's own bytes with their zero, where they are not UTF-8 (then the text shows "�" in their place).
    private var rawArgument: [CChar]? {
        guard argument.contains("\u{FFFD}") else { return nil }
        return (0..<Int(CommandLine.argc)).lazy.compactMap { CommandLine.unsafeArgv[$0] }
            .first { String(cString: $0) == argument }
            .map { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
    }
}
