import Crypto
import Foundation

/// The files of `web/`, read once: only what was there at the start can be asked for, so no address leads outside.
struct StaticSite: Sendable {
    private let documents: [String: Document]

    private static let types = [
        "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "css": "text/css; charset=utf-8", "json": "application/json; charset=utf-8", "svg": "image/svg+xml",
    ]

    /// The charts' library changes with a version of the program; the rest may change while somebody looks.
    private static let (day, fiveMinutes) = (86400, 300)

    init(_ folder: URL) throws {
        var documents: [String: Document] = [:]
        let root = folder.resolvingSymlinksInPath().path
        let files = FileManager.default.enumerator(atPath: root)
        while let path = files?.nextObject() as? String {
            guard let type = Self.types[(path as NSString).pathExtension] else { continue }
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: root).appending(path: path)))
            let tag = Document.tag(of: [path, Data(SHA256.hash(data: bytes)).base64EncodedString()])
            documents["/" + path] = Document(
                bytes, contentType: type, tag: tag, fresh: path.hasPrefix("vendor/") ? Self.day : Self.fiveMinutes)
        }
        self.documents = documents
    }

    /// The shell of a page, or a file; nil where there is none.
    func document(_ path: String) -> Document? {
        shell(path).flatMap { documents[$0] } ?? documents[path]
    }

    /// What a wrong address shows.
    var missing: Document? { documents["/missing.html"] }

    private func shell(_ path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        return switch (parts.first, parts.count) {
        case ("", 1): "/programme.html"
        case ("regions", 2): "/programme.html"
        case ("sites", 2): "/site.html"
        case ("compare", 2): "/compare.html"
        case ("data", 1): "/data.html"
        case ("data", 3) where parts[1] == "receipts": "/receipt.html"
        case ("quality", 1), ("quality", 3): "/quality.html"
        case ("trials", 1), ("rollouts", 1): "/trials.html"
        case ("trials", 2): "/trial.html"
        case ("rollouts", 2): "/rollout.html"
        case ("definitions", 1): "/definitions.html"
        case ("formats", 1): "/formats.html"
        default: nil
        }
    }
}
