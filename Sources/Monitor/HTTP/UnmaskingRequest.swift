import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Words

/// POST /api/v1/trials/{code}/unmasking with a reason, and DELETE of the same, which hides the arms again. The body has to be JSON
/// by name, and neither can be sent by a page of another site without asking first: a form of theirs uncovers nothing.
struct UnmaskingRequest: Sendable {
    private static let largest = 10_000

    private struct Wanted: Decodable {
        let reason: String
    }
    private struct Uncovered: Encodable {
        let trial, until: String
    }
    private struct Hidden: Encodable {
        let trial: String
        let looksEnded: Int
    }

    let trial: String

    /// nil for another address.
    init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map {
            $0.removingPercentEncoding ?? ""
        }
        guard parts.count == 6, Array(parts[1...3]) == ["api", "v1", "trials"], parts[5] == "unmasking" else {
            return nil
        }
        trial = parts[4]
    }

    func take(_ request: Request, _ dashboard: Dashboard) async throws -> Response {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw Problem.jsonOnly
        }
        guard let body = try? await request.body.collect(upTo: Self.largest) else { throw Problem.reasonMissing }
        guard let wanted = try? JSONDecoder().decode(Wanted.self, from: Data(body.readableBytesView)) else {
            throw Problem.jsonOnly
        }
        let until = try await dashboard.unmask(trial, reason: wanted.reason)
        return try Document.json(Uncovered(trial: trial, until: until), tag: nil)
            .response(to: request, status: .created)
    }

    /// Hiding what is hidden already is no error: nothing is left to do.
    func end(_ request: Request, _ dashboard: Dashboard) async throws -> Response {
        let ended = try await dashboard.mask(trial)
        return try Document.json(Hidden(trial: trial, looksEnded: ended), tag: nil).response(to: request)
    }
}
