import Dispatch
import Synchronization

/// Loads one after the other on a thread of their own: a load blocks, and two at once would only wait for each other's
/// rows. Who comes when the queue is full is told so at once.
final class UploadQueue: Sendable {
    private let places: Int
    private let taken = Mutex(0)
    private let loads = DispatchQueue(label: "loads")
    private let looks = DispatchQueue(label: "tokens")

    /// - Parameter places: how many may be sending, waiting and loading together.
    init(places: Int = 8) {
        self.places = places
    }

    /// - Throws: `Problem.loadsBusy` where there is no place.
    func withPlace<T>(_ body: () async throws -> T) async throws -> T {
        let isFree = taken.withLock { taken in
            guard taken < places else { return false }
            taken += 1
            return true
        }
        guard isFree else { throw Problem.loadsBusy }
        defer { taken.withLock { $0 -= 1 } }
        return try await body()
    }

    /// A load, in its turn.
    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await Self.run(on: loads, work)
    }

    /// A question to the database that need not wait for a load.
    func look<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await Self.run(on: looks, work)
    }

    private static func run<T: Sendable>(
        on queue: DispatchQueue, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
