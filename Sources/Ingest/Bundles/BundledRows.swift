/// A dose or a test on its way into its bundle: 16 bytes, so that ten million of them wait in 160 MB of disk.
struct BundledRow: Equatable {
    let client: Int32
    /// Days since 1970.
    let day: Int32
    /// Tenths of a milligram, or substance, result and schedule in one number.
    let content: Int32
    let line: Int32
}

/// Rows that many are stored in one of: they wait in files, each of which holds all rows of its bundles. So every bundle
/// is put together whole, in whatever order the rows came, and memory holds one file at a time.
final class BundledRows {
    private static let fileCount = 64
    private let files: [SpoolFile]

    init() throws {
        files = try (0..<Self.fileCount).map { _ in try SpoolFile() }
    }

    /// - Parameter sheet: any number that rows of one bundle share.
    func add(_ row: BundledRow, bundle: Int) throws {
        try withUnsafeBytes(of: row) { try files[bundle & (Self.fileCount - 1)].write($0) }
    }

    /// File by file, its rows.
    func forEachFile(_ body: ([BundledRow]) throws -> Void) throws {
        for file in files where !file.isEmpty {
            var rows: [BundledRow] = []
            rows.reserveCapacity(file.byteCount / MemoryLayout<BundledRow>.stride)
            try file.forEachChunk { chunk in
                chunk.withUnsafeBytes { rows.append(contentsOf: $0.bindMemory(to: BundledRow.self)) }
            }
            try body(rows)
        }
    }
}
