import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Ingest

/// A body ready to be sent, plain and compressed, with the tag that tells whether a client has it already.
struct Document: Sendable {
    let bytes: [UInt8]
    let gzip: [UInt8]?
    let contentType: String
    /// Names the content; nil where the answer must not be kept.
    let tag: String?
    /// Seconds for which a client need not ask again.
    let fresh: Int

    init(_ bytes: [UInt8], contentType: String, tag: String?, fresh: Int = 0) {
        self.bytes = bytes
        self.contentType = contentType
        self.tag = tag
        self.fresh = fresh
        // What stays the same for a while is worth the smallest form.
        gzip = Gzip.compressed(bytes, level: fresh > 0 ? 9 : 8)
    }

    static func json(_ value: some Encodable, tag: String?) throws -> Document {
        let encoder = JSONEncoder()
        // Sorted: the same data give the same bytes on every run.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Document([UInt8](try encoder.encode(value)), contentType: "application/json; charset=utf-8", tag: tag)
    }

    static func csv(_ text: String, tag: String?) -> Document {
        Document([UInt8](text.utf8), contentType: "text/csv; charset=utf-8", tag: tag)
    }

    /// A tag of things that together decide an answer.
    static func tag(of parts: [String]) -> String {
        let digest = SHA256.hash(data: Data(parts.joined(separator: "\u{0}").utf8))
        return "\"" + digest.prefix(12).hex() + "\""
    }

    /// The answer to a request: 304 where the client has it, compressed where it can read that.
    func response(to request: Request, status: HTTPResponse.Status = .ok) -> Response {
        var headers = HTTPFields()
        headers[.vary] = "Accept-Encoding, Accept-Language"
        // Only an answer to what was asked is kept.
        let tag = status == .ok ? tag : nil
        headers[.cacheControl] = tag == nil ? "no-store" : fresh > 0 ? "max-age=\(fresh)" : "no-cache"
        let compressed = Self.acceptsGzip(request.headers[.acceptEncoding]) ? gzip : nil
        if let tag {
            // A strong tag names bytes, and the compressed ones are others (RFC 9110, 8.8.3.3).
            let own = compressed == nil ? tag : "\(tag.dropLast())-gzip\""
            headers[.eTag] = own
            if Self.matches(request.headers[.ifNoneMatch], own) {
                return Response(status: .notModified, headers: headers)
            }
        }
        headers[.contentType] = contentType
        if compressed != nil { headers[.contentEncoding] = "gzip" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: compressed ?? bytes)))
    }

    private static func acceptsGzip(_ header: String?) -> Bool {
        let codings = (header ?? "").lowercased().filter { $0 != " " }.split(separator: ",")
        return codings.contains { coding in
            coding == "gzip" || coding.hasPrefix("gzip;q=") && (Double(coding.dropFirst(7)) ?? 0) > 0
        }
    }

    private static func matches(_ header: String?, _ tag: String) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { candidate in
            let plain = candidate.trimmingCharacters(in: .whitespaces)
            return plain == "*" || plain == tag || plain == "W/\(tag)"
        }
    }
}
