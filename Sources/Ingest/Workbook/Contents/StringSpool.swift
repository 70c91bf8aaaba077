import Foundation

/// Strings by number, kept in a file without a name: memory holds where each ends, the system's page cache the rest.
final class StringSpool {
    private static let chunk = 1 << 18

    private let limit: Int
    private let file: ScratchFile
    private var pending: [UInt8] = []
    private var written = 0
    private var ends: [UInt32] = []
    private var mapped: UnsafeMutableRawPointer?

    init(limit: Int) throws {
        self.limit = limit
        file = try ScratchFile()
    }

    deinit {
        if let mapped { munmap(mapped, written) }
    }

    func append(_ string: [UInt8]) throws {
        pending.append(contentsOf: string)
        guard ends.count < limit, let end = UInt32(exactly: written + pending.count) else {
            throw FileRefusal.tooLarge("shared_strings", limit)
        }
        ends.append(end)
        if pending.count >= Self.chunk { try flush() }
    }

    /// Ends the writing: from now on strings can be read.
    func seal() throws {
        try flush()
        if written == 0 { return }
        mapped = try file.map(written)
    }

    /// The bytes of a string, as long as the spool lives; nil for a number that no string has.
    subscript(index: Int) -> UnsafeRawBufferPointer? {
        guard ends.indices.contains(index) else { return nil }
        let start = index == 0 ? 0 : Int(ends[index - 1])
        guard let mapped else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: mapped + start, count: Int(ends[index]) - start)
    }

    private func flush() throws {
        try file.write(pending)
        written += pending.count
        pending.removeAll(keepingCapacity: true)
    }
}
