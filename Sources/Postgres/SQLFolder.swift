public import Foundation

/// The folder `sql/`: statements live there, one a file, and are read by their path in it.
public struct SQLFolder: Sendable {
    public let url: URL

    public init(_ url: URL) {
        self.url = url
    }

    /// The text of one file, such as "counts/series.sql".
    public func text(_ path: String) throws -> String {
        try String(contentsOf: url.appending(path: path), encoding: .utf8)
    }

    /// The `.sql` files of one folder in order of their names, as (name without extension, text).
    public func files(in folder: String) throws -> [(name: String, text: String)] {
        try FileManager.default.contentsOfDirectory(at: url.appending(path: folder), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { ($0.deletingPathExtension().lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }
}
