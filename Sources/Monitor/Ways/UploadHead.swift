import Foundation
import HTTPTypes
import Hummingbird

/// What a sender says of a file before its first byte.
struct UploadHead: Sendable, Equatable {
    /// As on the receipt; never a path.
    let name: String
    let dryRun: Bool
    /// Nil where it is not known beforehand (sent in chunks).
    let length: Int?

    private static let parameters = ["name", "dry_run", "lang"]
    private static let longestName = 200

    init(_ request: Request, largest: Int) throws {
        let query = request.uri.queryParameters
        // A slip in "dry_run" would load in earnest.
        if let unknown = query.first(where: { !Self.parameters.contains(String($0.key)) }) {
            throw Problem.unreadableParameter.with(["name": String(unknown.key)])
        }
        guard let dryRun = [nil: false, "true": true, "false": false][query["dry_run"].map(String.init)] else {
            throw Problem.unreadableParameter.with(["name": "dry_run"])
        }
        self.dryRun = dryRun
        guard !Self.isWrapped(request.headers) else { throw Problem.notTheFileItself }
        length = request.headers[.contentLength].flatMap { Int($0) }
        guard length ?? 0 <= largest else { throw Self.tooLarge(largest) }
        let given = query["name"].map(String.init) ?? Self.fileName(request.headers[.contentDisposition] ?? "")
        guard let name = given.flatMap(Self.plain) else { throw Problem.nameMissing }
        self.name = name
    }

    static func tooLarge(_ largest: Int) -> Problem {
        Problem.fileTooLarge.with(["most": "\(largest / 1_000_000)"])
    }

    /// A form's envelope, or a compressed body: not the bytes of the file.
    private static func isWrapped(_ headers: HTTPFields) -> Bool {
        let isForm = headers[.contentType]?.lowercased().hasPrefix("multipart/") == true
        let coding = headers[.contentEncoding]?.lowercased() ?? "identity"
        return isForm || coding != "identity"
    }

    /// `filename*` of RFC 8187 before `filename`.
    static func fileName(_ disposition: String) -> String? {
        if let match = disposition.firstMatch(of: /filename\*\s*=\s*[uU][tT][fF]-8'[^']*'([^;\s]+)/) {
            return String(match.output.1).removingPercentEncoding
        }
        if let match = disposition.firstMatch(of: /filename\s*=\s*"((?:[^"\\]|\\.)*)"/) {
            return String(match.output.1.replacing(/\\(.)/) { String($0.output.1) })
        }
        return disposition.firstMatch(of: /filename\s*=\s*([^;\s"]+)/).map { String($0.output.1) }
    }

    /// The last part of what may be a path of Unix or Windows; nil where nothing is left.
    private static func plain(_ name: String) -> String? {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let text = last.filter { !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
            .trimmingCharacters(in: .whitespaces)
        return text.allSatisfy { $0 == "." } ? nil : String(text.prefix(longestName))
    }
}
