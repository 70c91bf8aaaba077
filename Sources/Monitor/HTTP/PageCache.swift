import Synchronization

/// Answers of the current data, so that a page that many open is computed once. Keyed by tag, which names the data's
/// version, the day, the language, the address and whose eyes read it.
final class PageCache: Sendable {
    private let documents = Mutex<[String: Document]>([:])
    /// Pages are up to half a megabyte; past this many everything goes, and those in use come back at once.
    private static let most = 64

    func document(_ tag: String, make: () async throws -> Document) async throws -> Document {
        if let known = documents.withLock({ $0[tag] }) { return known }
        let document = try await make()
        documents.withLock { documents in
            if documents.count >= Self.most { documents.removeAll() }
            documents[tag] = document
        }
        return document
    }
}
