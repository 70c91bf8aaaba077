import Dispatch

extension Array where Element: Sendable {
    /// The elements transformed, in the same order, on all processors: for work that takes much longer than its start.
    func concurrentMap<Transformed: Sendable>(_ transform: @Sendable (Element) -> Transformed) -> [Transformed] {
        [Transformed](unsafeUninitializedCapacity: count) { buffer, filled in
            // Each iteration writes a place of its own.
            nonisolated(unsafe) let places = buffer
            DispatchQueue.concurrentPerform(iterations: count) { index in
                places.initializeElement(at: index, to: transform(self[index]))
            }
            filled = count
        }
    }
}
