import Foundation
import Ingest

/// A file that a command line names. A name need not be UTF-8: archives made in Chinese Windows unpack with GBK names.
struct NamedFile {
    let argument: String
    /// The argument's own bytes with their zero, where they are not UTF-8: the text shows "�" in their place.
    private let bytes: [CChar]?

    /// The files of a command's arguments, in their order. Two names of other bytes may show the same text, so each
    /// takes the next that the process was given.
    static func all(_ arguments: [String]) -> [NamedFile] {
        var given = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
            .map { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
        return arguments.map { argument in
            let index = argument.contains("\u{FFFD}") ? given.firstIndex { text(of: $0) == argument } : nil
            return NamedFile(argument: argument, bytes: index.map { given.remove(at: $0) })
        }
    }

    func open() throws -> ReceivedFile {
        guard let bytes else { return try ReceivedFile(URL(filePath: argument)) }
        let descriptor = bytes.withUnsafeBufferPointer { path in
            path.baseAddress.map { Foundation.open($0, O_RDONLY | O_CLOEXEC) } ?? -1
        }
        guard descriptor >= 0 else {
            throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: argument])
        }
        let name = Self.unsigned(bytes).split(separator: UInt8(ascii: "/")).last ?? []
        return try ReceivedFile(
            FileHandle(fileDescriptor: descriptor, closeOnDealloc: true),
            name: TextEncoding.gb18030.text(of: name) ?? String(decoding: name, as: UTF8.self))
    }

    private static func text(of bytes: [CChar]) -> String { String(decoding: unsigned(bytes), as: UTF8.self) }
    private static func unsigned(_ bytes: [CChar]) -> [UInt8] { bytes.dropLast().map { UInt8(bitPattern: $0) } }
}
