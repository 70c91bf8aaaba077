import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Words

/// POST /api/v1/trials/{code}/unmasking with a reason. Its body has to be JSON by name, which no page of another site can send
/// without asking first: a form of theirs uncovers nothing.
struct UnmaskingRequest: Sendable {
    private static let largest = 10_000

    private struct Wanted: Decodable {
        let reason: String
    }
    private struct Answer: Encodable {
        let trial, until: String
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
        return try Document.json(Answer(trial: trial, until: until), tag: nil).response(to: request, status: .created)
    }
}
