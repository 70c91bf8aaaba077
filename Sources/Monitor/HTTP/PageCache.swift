import Synchronization

/// Answers of the current data, so that a page that many open is computed once, also while it is being computed. Keyed
/// by tag, which names the data's version, the day, the language, the address and whose eyes read it.
final class PageCache: Sendable {
    private let documents = Mutex<[String: Task<Document, any Error>]>([:])
    /// Pages are up to half a megabyte; past this many everything goes, and those in use come back at once.
    private static let most = 64

    func document(_ tag: String, make: @escaping @Sendable () async throws -> Document) async throws -> Document {
        let task = documents.withLock { documents in
            if let known = documents[tag] { return known }
            if documents.count >= Self.most { documents.removeAll() }
            // A task of its own: who asked first may hang up, and the others still wait for it.
            let task = Task { try await make() }
            documents[tag] = task
            return task
        }
        do {
            return try await task.value
        } catch {
            // A failure is not kept; a newer try under the same tag stays.
            documents.withLock { if $0[tag] == task { $0[tag] = nil } }
            throw error
        }
    }
}
