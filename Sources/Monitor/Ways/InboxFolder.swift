import CFileState
import Foundation
import Ingest

/// A file that lies in the inbox.
struct InboxFile: Sendable, Equatable {
    let path: BytePath
    /// The subfolder's name; the usual source for what lies at the top.
    let source: String
    let isRegistry: Bool

    /// As lines to the operator name it.
    var label: String { source == Policy.defaultSource ? path.nameText : "\(source)/\(path.nameText)" }
}

/// What lies in the inbox: the files at its top and one folder below, in the order in which they are loaded.
struct InboxFolder {
    static let endings: Set<String> = ["csv", "xlsx", "xlsm", "txt", "json"]
    /// Reports name clinics, and clinics come from registries: what is named so goes first.
    static let registries = ["sites*", "registry*", "*登记*"]

    private(set) var files: [InboxFile] = []
    /// Subfolders that this account may not read.
    private(set) var unreadable: [String] = []

    struct Unreadable: Error, CustomStringConvertible {
        let path: BytePath
        var description: String { "The folder \(BytePath.text(path.bytes)) cannot be read." }
    }

    /// - Parameter registries: patterns of file names, in any case.
    init(_ folder: BytePath, registries: [String] = Self.registries) throws {
        guard let names = Self.names(in: folder) else { throw Unreadable(path: folder) }
        for name in names where !Self.isHidden(name) {
            let path = folder.appending(name)
            add(path, Policy.defaultSource, registries)
            guard Self.state(of: path).is_folder != 0 else { continue }
            let source = BytePath.text(name)
            guard let inside = Self.names(in: path) else {
                unreadable.append(source)
                continue
            }
            for name in inside { add(path.appending(name), source, registries) }
        }
        files.sort { a, b in
            if a.isRegistry != b.isRegistry { return a.isRegistry }
            return (a.path.nameText, a.source) < (b.path.nameText, b.source)
        }
    }

    private mutating func add(_ path: BytePath, _ source: String, _ registries: [String]) {
        let name = path.nameText
        let state = Self.state(of: path)
        guard !Self.isHidden(path.name), state.is_file != 0,
            !Sidecar.isOurs(name, modified: Int(state.modified_seconds))
        else { return }
        guard Self.endings.contains((name as NSString).pathExtension.lowercased()) else { return }
        let isRegistry = registries.contains { fnmatch($0.lowercased(), name.lowercased(), 0) == 0 }
        files.append(InboxFile(path: path, source: source, isRegistry: isRegistry))
    }

    /// Hidden files, and the locks that Excel leaves while a workbook is open.
    private static func isHidden(_ name: [UInt8]) -> Bool {
        name.first == UInt8(ascii: ".") || name.starts(with: Array("~$".utf8))
    }

    /// Links are not followed: one could lead to a file that its maker may not read.
    private static func state(of path: BytePath) -> file_state {
        var state = file_state()
        return path.withCPath { file_state_of_path($0, &state) } == 0 ? state : file_state()
    }

    /// Nil where the folder cannot be read.
    private static func names(in folder: BytePath) -> [[UInt8]]? {
        guard let directory = folder.withCPath({ opendir($0) }) else { return nil }
        defer { closedir(directory) }
        var names: [[UInt8]] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
        }
        return names
    }
}
