import CArchive

/// Goes through a zip archive and inflates the entry it stands at. Only the central directory is believed, so that a
/// cut archive is refused; checksums are compared.
final class PartReader {
    private static let longestName = 255

    private let archive: OpaquePointer
    private let bytes: ArchivedBytes
    private var entry: OpaquePointer?
    private let budget: Budget
    /// Name of the entry, as it is written.
    private(set) var name = ""

    init(_ file: ReceivedFile, _ budget: Budget) throws {
        guard let archive = archive_read_new() else { throw FileRefusal.damaged("zip", part: "") }
        self.archive = archive
        self.budget = budget
        bytes = ArchivedBytes(file)
        archive_read_support_format_zip_seekable(archive)
        guard bytes.open(archive) == ARCHIVE_OK else { throw FileRefusal.damaged("zip", part: "") }
    }

    deinit { archive_read_free(archive) }

    /// Goes to the next entry; false after the last one.
    func advance() throws -> Bool {
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return false }
        // A warning is about a name in a strange encoding: no part of ours has one.
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw FileRefusal.damaged("zip", part: name) }
        name = archive_entry_pathname_utf8(entry).map { String(cString: $0) } ?? ""
        if name.utf8.count > Self.longestName { throw FileRefusal.tooLarge("name_bytes", Self.longestName) }
        return true
    }

    /// The entry's next bytes, as many as the buffer holds; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if archive_entry_is_encrypted(entry) != 0 { throw FileRefusal("workbook_encrypted") }
        guard isPlain else { throw FileRefusal.damaged("method", part: name) }
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw FileRefusal.damaged("zip", part: name) }
        try budget.spend(count)
        return count
    }

    /// Office stores and deflates (ECMA-376-2, B.4). Other methods, such as LZMA, ask for dictionaries of gigabytes.
    private lazy var isPlain: Bool = {
        let format = archive_format_name(archive).map { String(cString: $0) } ?? ""
        return format.hasSuffix("(deflation)") || format.hasSuffix("(uncompressed)")
    }()
}
