import Foundation
import Ingest

/// A file that a command line names. A name need not be UTF-8: archives made in Chinese Windows unpack with GBK names.
struct NamedFile {
    let argument: String
    /// The path's own bytes with their zero; where they are not UTF-8, the text shows "�" in their place.
    private let path: [CChar]

    /// Why it cannot be read. The words are in the catalogues under `load.reason.<reason>`.
    enum Unreadable: String, Error, CaseIterable {
        case missing, forbidden, folder, other
    }

    /// The files of a command's arguments, in their order. Two names of other bytes may show the same text, so each
    /// takes the next that the process was given.
    static func all(_ arguments: [String]) -> [NamedFile] {
        var given = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
            .map { Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1)) }
        return arguments.map { argument in
            let index = argument.contains("\u{FFFD}") ? given.firstIndex { text(of: $0) == argument } : nil
            return NamedFile(
                argument: argument, path: index.map { given.remove(at: $0) } ?? Array(argument.utf8CString))
        }
    }

    func open() throws -> ReceivedFile {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT, ENOTDIR: throw Unreadable.missing
            case EACCES, EPERM: throw Unreadable.forbidden
            default: throw Unreadable.other
            }
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // Reading nothing tells what cannot be read at all.
        guard read(descriptor, nil, 0) == 0 else { throw errno == EISDIR ? Unreadable.folder : .other }
        return try ReceivedFile(handle, name: name)
    }

    private var name: String {
        guard Self.text(of: path).contains("\u{FFFD}") else { return (argument as NSString).lastPathComponent }
        let bytes = Self.unsigned(path).split(separator: UInt8(ascii: "/")).last ?? []
        return TextEncoding.gb18030.text(of: bytes) ?? String(decoding: bytes, as: UTF8.self)
    }

    private static func text(of path: [CChar]) -> String { String(decoding: unsigned(path), as: UTF8.self) }
    private static func unsigned(_ path: [CChar]) -> [UInt8] { path.dropLast().map { UInt8(bitPattern: $0) } }
}
